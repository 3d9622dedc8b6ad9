// See config_reload.hpp.
#include "agent/config_reload.hpp"

#include <algorithm>
#include <chrono>
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

ConfigReload::ConfigReload(log::Log& log, Session& session, Provider& provider, Polarity& polarity)
    : log_(log),
      session_(session),
      provider_(provider),
      polarity_(polarity),
      configuration_(config::default_sources()) {}

void ConfigReload::start(Moment now) {
  take_over(now);
  // A file with a mistake may be half written.
  const bool is_sound = configuration_.problem().empty();
  next_look_ = is_sound ? next_multiple(now.steady, milliseconds(kConfigurationCheck_ms))
                        : now.steady + milliseconds(config::kHalfWritten_ms);
}

bool ConfigReload::look(Moment now) {
  if (now.steady < next_look_) return false;
  const auto found = configuration_.look();
  next_look_ = found == Configuration::Look::half
                   ? now.steady + milliseconds(config::kHalfWritten_ms)
                   : next_multiple(now.steady, milliseconds(kConfigurationCheck_ms));
  if (found == Configuration::Look::changed) due_ = true;
  if (!due_ || !may_be_taken_over()) return false;
  due_ = false;
  return take_over(now);
}

// While a mute is wanted or outstanding, only the connection to the provider may change, not which
// calls are muted or how.
bool ConfigReload::may_be_taken_over() const {
  if (session_.engine().may_be_configured()) return true;
  const auto& config = current();
  return !session_.engine().in_flight() && config && applied_ &&
         telephony::same_mutes(*applied_->account, *config->account);
}

bool ConfigReload::take_over(Moment now) {
  for (const auto& warning : configuration_.warnings()) log_.config(warning.text());
  if (!configuration_.problem().empty()) log_.config(configuration_.problem());
  const auto& config = current();
  // If a file has become invalid, the last valid configuration stays in force.
  if (applied_ && !configuration_.problem().empty()) return false;
  provider_.configure(config ? &*config : nullptr);
  applied_ = config;
  if (!config) {
    session_.no_configuration(configuration_.problem(), now);
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
  return Error{ErrorCode::config_invalid, configuration_.problem()};
}

bool ConfigReload::resume_when_browser_gone() const {
  return applied_ && applied_->policy.on_browser_gone == config::OnBrowserGone::resume;
}

std::optional<Error> ConfigReload::set_extension(const std::string& extension) {
  auto error = configuration_.set_extension(extension);
  if (!error) log_.config("the agent has chosen the extension " + extension);
  due_ = due_ || !error;
  next_look_ = {};
  return error;
}

bool ConfigReload::others_can_read_it() {
  configuration_.read_now();
  return configuration_.problem().empty();
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
