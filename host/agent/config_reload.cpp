#include "agent/config_reload.hpp"

#include <algorithm>
#include <chrono>
#include <exception>
#include <iterator>

#include "agent/clock.hpp"
#include "agent/from_config.hpp"
#include "agent/polarity.hpp"
#include "agent/provider.hpp"
#include "agent/session.hpp"
#include "log/log.hpp"

namespace cardmute::agent {

using engine::Moment;
using std::chrono::milliseconds;

namespace {

// How long the start waits for the files, so that the first reply has the policy.
constexpr milliseconds kFirstReading{1000};
// How long the files are waited for after the browser has gone. It is short: the browser may kill
// this process soon.
constexpr milliseconds kLastReading{300};

constexpr const char* kNotReadYet =
    "the configuration has not been read yet: the disk of a file that it needs does not answer";

Error not_read_yet() { return {ErrorCode::config_invalid, kNotReadYet}; }

}  // namespace

ConfigReload::ConfigReload(log::Log& log, Session& session, Provider& provider, Polarity& polarity)
    : log_(log), session_(session), provider_(provider), polarity_(polarity), thread_([&provider] {
        provider.wake();
      }) {
  reading_.problem = kNotReadYet;
}

void ConfigReload::start(Moment now) {
  start_looking(now);
  static_cast<void>(thread_.wait(kFirstReading));
  thread_.deliver();
  due_ = false;
  take_over(now);
}

void ConfigReload::run(Read read, std::function<void(const std::string&)> failed) {
  thread_.run([files = files_, read = std::move(read),
               failed = std::move(failed)]() -> FileThread::Delivery {
    try {
      return read(*files);
    } catch (const std::exception& error) {
      return [failed, reason = std::string(error.what())] { failed(reason); };
    }
  });
}

void ConfigReload::start_looking(Moment now) {
  looking_since_ = now.steady;
  run(
      [this](std::optional<Configuration>& files) -> FileThread::Delivery {
        auto found = Configuration::Look::changed;
        if (files) {
          found = files->look();
        } else {
          files.emplace(config::default_sources());
        }
        return [this, found, reading = files->reading()] { looked(found, reading); };
      },
      [this](const std::string& reason) { not_read(reason); });
}

void ConfigReload::not_read(const std::string& reason) {
  Reading reading = reading_;
  reading.problem = "the configuration could not be read: " + reason;
  looked(reading.problem == reading_.problem ? Configuration::Look::same
                                             : Configuration::Look::changed,
         std::move(reading));
}

void ConfigReload::looked(Configuration::Look found, Reading reading) {
  using Look = Configuration::Look;
  const bool is_first = reading_.problem == kNotReadYet;
  // A file that has just changed, or that has a mistake at the first reading, may be half written.
  // So the next look comes soon.
  const bool soon = found == Look::half || (is_first && !reading.problem.empty());
  pause_ms_ = soon ? config::kHalfWritten_ms : kConfigurationCheck_ms;
  looking_since_.reset();
  if (slow_) {
    log_.config("the configuration's files answer again", platform::Severity::informational);
  }
  slow_ = false;
  if (found != Look::changed) return;
  reading_ = std::move(reading);
  due_ = true;
}

bool ConfigReload::look(Moment now) {
  thread_.deliver();
  if (looking_since_) {
    report_slow_files(now);
  } else if (pause_ms_ > 0) {
    next_look_ = pause_ms_ == kConfigurationCheck_ms
                     ? next_multiple(now.steady, milliseconds(kConfigurationCheck_ms))
                     : now.steady + milliseconds(pause_ms_);
    pause_ms_ = 0;
  } else if (now.steady >= next_look_) {
    start_looking(now);
  }
  if (!due_ || !may_be_taken_over()) return false;
  due_ = false;
  return take_over(now);
}

engine::Steady ConfigReload::next_look() const {
  if (!looking_since_) return next_look_;
  return slow_ ? engine::Steady::max() : *looking_since_ + milliseconds(kSlowFiles_ms);
}

void ConfigReload::report_slow_files(Moment now) {
  if (slow_ || now.steady < *looking_since_ + milliseconds(kSlowFiles_ms)) return;
  slow_ = true;
  log_.config("the disk of a file that the configuration needs does not answer");
}

std::vector<engine::Notice> ConfigReload::notices() const {
  auto notices = reading_.notices();
  if (slow_ && current()) {
    notices.push_back({engine::NoticeCode::configuration_not_used,
                       "The disk of a file that the configuration needs does not answer. What was "
                       "read last is still in force; changes are not seen."});
  }
  return notices;
}

// While a request is in flight, nothing may change. While an acknowledged mute is outstanding,
// everything may change except which calls are muted, and how.
bool ConfigReload::may_be_taken_over() const {
  if (session_.engine().may_be_configured()) return true;
  const auto& config = current();
  return !session_.engine().in_flight() && config && applied_ &&
         telephony::same_mutes(*applied_->account, *config->account);
}

bool ConfigReload::take_over(Moment now) {
  if (current()) log_.write_to(current()->log);
  for (const auto& warning : reading_.warnings) log_.config(warning.text());
  if (!reading_.problem.empty()) log_.config(reading_.problem);
  const auto& config = current();
  // If a file has become invalid, the last valid configuration stays in force.
  if (applied_ && !reading_.problem.empty()) return false;
  provider_.configure(config ? &*config : nullptr);
  applied_ = config;
  if (!config) {
    session_.no_configuration(reading_.problem, now);
    return false;
  }
  polarity_.configure(*config);
  session_.configure(engine_settings(*config), absence_of(*config), now);
  std::vector<std::string> names;
  std::ranges::transform(config->policy.rules, std::back_inserter(names), &config::Rule::name);
  session_.keep_only_rules(std::move(names));
  return true;
}

std::optional<Error> ConfigReload::error() const {
  if (current()) return std::nullopt;
  return Error{ErrorCode::config_invalid, reading_.problem};
}

bool ConfigReload::resume_when_browser_gone() const {
  return applied_ && applied_->policy.on_browser_gone == config::OnBrowserGone::resume;
}

void ConfigReload::account_with(const std::string& extension,
                                const std::function<void(const AccountOrError&)>& found) {
  run(
      [extension, found](std::optional<Configuration>& files) -> FileThread::Delivery {
        return [found, account = files ? files->account_with(extension) : not_read_yet()] {
          found(account);
        };
      },
      [found](const std::string& reason) {
        found(Error{ErrorCode::config_invalid, reason});
      });
}

void ConfigReload::set_extension(const std::string& extension, const Kept& kept) {
  run(
      [this, extension, kept](std::optional<Configuration>& files) -> FileThread::Delivery {
        if (!files) return [kept] { kept(not_read_yet()); };
        auto error = files->set_extension(extension);
        return [this, extension, kept, error = std::move(error), reading = files->reading()] {
          if (!error) {
            log_.config("the agent has chosen the extension " + extension,
                        platform::Severity::informational);
            reading_ = reading;
            due_ = true;
          }
          kept(error);
        };
      },
      [kept](const std::string& reason) {
        kept(Error{ErrorCode::config_invalid, reason});
      });
}

bool ConfigReload::others_can_read_it() {
  run(
      [this](std::optional<Configuration>& files) -> FileThread::Delivery {
        if (!files) return [] {};
        files->read_now();
        return [this, reading = files->reading()] { reading_ = reading; };
      },
      [this](const std::string& reason) { not_read(reason); });
  const bool in_time = thread_.wait(kLastReading);
  thread_.deliver();
  return in_time && reading_.problem.empty();
}

std::optional<store::RuleReport> ConfigReload::known_rule(const protocol::RuleReport& report,
                                                          UtcTime at) const {
  if (!applied_) return std::nullopt;
  const auto& rules = applied_->policy.rules;
  if (report.event == RuleEvent::unruled) {
    return store::RuleReport{report.event, "", config::digest_of(rules), report.origin, at};
  }
  const auto rule = std::ranges::find(rules, report.rule, &config::Rule::name);
  if (rule == rules.end()) return std::nullopt;
  return store::RuleReport{report.event, rule->name, config::digest_of(*rule), report.origin, at};
}

}  // namespace cardmute::agent
