// One thread that decides; see loop.hpp. The order inside a turn is: what came in, what follows,
// what goes out; a request to the provider goes out before anything is written down.
#include "run/loop.hpp"

#include <algorithm>
#include <chrono>
#include <iostream>
#include <memory>
#include <mutex>
#include <random>
#include <utility>
#include <variant>

#include "engine/engine.hpp"
#include "http/client.hpp"
#include "platform/paths.hpp"
#include "platform/process.hpp"
#include "protocol/reply.hpp"
#include "protocol/request.hpp"
#include "protocol/seen_ids.hpp"
#include "run/caller.hpp"
#include "run/configuration.hpp"
#include "run/log.hpp"
#include "run/presence.hpp"
#include "version.hpp"
#include "voicenter/mute_api.hpp"

namespace cardmute::run {

using nlohmann::json;
using std::chrono::duration_cast;
using std::chrono::milliseconds;

namespace {

// A status that people read in a file may be this old; so a burst of changes is one write.
constexpr int kPresenceDelay_ms = 200;

engine::Moment now() {
  return {duration_cast<engine::Steady>(std::chrono::steady_clock::now().time_since_epoch()),
          duration_cast<milliseconds>(std::chrono::system_clock::now().time_since_epoch())};
}

class Loop {
 public:
  Loop(std::string caller, native_messaging::Descriptors descriptors)
      : caller_(std::move(caller)),
        state_directory_(platform::state_directory()),
        log_(state_directory_),
        configuration_(config::default_sources()),
        engine_(std::random_device{}(), now()),
        started_at_(now().utc),
        channel_(descriptors, [this] { wake(); }) {}

  ~Loop() { remove_presence(state_directory_, platform::process_id()); }
  Loop(const Loop&) = delete;
  Loop& operator=(const Loop&) = delete;

  int run() {
    log_.started(kVersion, caller_);
    adopt_configuration();
    if (!caller_is_allowed()) return exit_code_of(ErrorCode::caller_not_allowed);
    next_configuration_check_ = now().steady + milliseconds(kConfigurationCheck_ms);
    // Where it starts is no change: the browser hears it when it says hello.
    published_ = engine_.status();
    presence_due_ = now().steady + milliseconds(kPresenceDelay_ms);
    for (;;) {
      for (auto& incoming : channel_.take()) {
        if (ended_) break;
        std::visit([this](auto& item) { take(item); }, incoming);
        publish();  // every change is told, however many frames came at once
      }
      look_at_configuration();
      engine_.tick(now());
      act();
      publish();
      if (engine_.done(now())) break;
      const auto completed = http_client_->wait(log_.holding() ? 0 : wait_ms());
      if (completed.empty()) write_log();
      for (const auto& each : completed) {
        take(each);
        publish();
      }
    }
    log_.ended(exit_code_);
    return exit_code_;
  }

 private:
  // --- the browser

  bool caller_is_allowed() {
    if (is_allowed(caller_, configuration_.allowed_callers())) return true;
    const protocol::Error error{
        ErrorCode::caller_not_allowed,
        (caller_.empty() ? std::string("The browser did not say which extension is calling.")
                         : "\"" + caller_ + "\" may not use CardMute's host.") +
            " Expected: CardMute's own extension, or one that allowed_callers in the machine's "
            "configuration names."};
    send(protocol::reply(std::nullopt, error, engine_.status()));
    log_.ended(exit_code_of(error.code));
    return false;
  }

  void take(native_messaging::End& end) {
    ended_ = true;
    if (end.inside_frame) exit_code_ = exit_code_of(ErrorCode::bad_frame);
    log_.browser_gone();
    engine_.browser_gone(now());
  }

  void take(native_messaging::BadFrame& bad) {
    const protocol::Error error{ErrorCode::bad_frame, bad.message};
    log_.refused(error);
    send(protocol::reply(std::nullopt, error, engine_.status()));
    if (!bad.fatal) return;
    ended_ = true;
    exit_code_ = exit_code_of(ErrorCode::bad_frame);
    engine_.browser_gone(now());
  }

  void take(native_messaging::Frame& frame) {
    const auto parsed = protocol::parse_request(frame.text);
    if (const auto* error = std::get_if<protocol::Error>(&parsed.content)) {
      if (parsed.id) static_cast<void>(seen_ids_.is_new(*parsed.id));
      refuse(parsed.id, *error);
    } else if (!seen_ids_.is_new(*parsed.id)) {
      refuse(parsed.id, {ErrorCode::bad_request, "The id " + std::to_string(*parsed.id) +
                                                     " was used before. Expected: a new one."});
    } else {
      std::visit([&](const auto& request) { take(*parsed.id, request); },
                 std::get<protocol::Request>(parsed.content));
    }
  }

  void refuse(std::optional<std::uint64_t> id, const protocol::Error& error) {
    log_.refused(error);
    send(protocol::reply(id, error, engine_.status()));
  }

  void take(std::uint64_t id, const protocol::Hello& hello) {
    log_.hello(hello.extension_version, hello.browser);
    said_hello_ = true;
    warm_up();
    auto error = protocol::protocol_error(hello.protocol);
    if (!error) error = config_error();
    std::optional<json> policy;
    if (configuration_.current()) policy = config::to_json(configuration_.current()->policy);
    send(protocol::hello_reply(id, error, engine_.status(), policy, kVersion));
  }

  void take(std::uint64_t id, const protocol::SurfaceOpen& open) {
    log_.hold();
    log_.surface_open(open.surface, open.origin, open.reason);
    engine_.open(id, open.surface, now());
    act();
  }

  void take(std::uint64_t id, const protocol::SurfaceClose& close) {
    log_.hold();
    log_.surface_close(close.surface, close.reason);
    engine_.close(id, close.surface, now());
    act();
  }

  void take(std::uint64_t id, const protocol::SurfaceActive&) {
    send(protocol::reply(id, config_error(), engine_.status()));
  }

  void take(std::uint64_t id, const protocol::Override& wish) {
    log_.hold();
    log_.override_with(wish.mode);
    engine_.override_with(id, wish.mode, now());
    act();
  }

  void take(std::uint64_t id, const protocol::StatusQuery&) {
    send(protocol::reply(id, config_error(), engine_.status()));
  }

  [[nodiscard]] std::optional<protocol::Error> config_error() const {
    if (configuration_.current()) return std::nullopt;
    return protocol::Error{ErrorCode::config_invalid, configuration_.problem()};
  }

  void send(const json& message) { static_cast<void>(channel_.send(protocol::to_text(message))); }

  // --- the engine

  void act() {
    for (const auto& action : engine_.take_actions()) {
      std::visit([this](const auto& todo) { act(todo); }, action);
    }
  }

  void act(const engine::Send& todo) {
    http_client_->start(todo.attempt, voicenter::build_request(api_, target_, todo.command),
                        todo.timeout_ms);
    asked_ = todo.command;
    log_.hold();
    log_.asked(todo.command, target_.value);
  }

  void act(const engine::Cancel& todo) { http_client_->cancel(todo.attempt); }

  void act(const engine::Answer& todo) {
    send(protocol::reply(todo.ticket, todo.error, engine_.status()));
  }

  void take(const http::Completed& completed) {
    const auto outcome = voicenter::interpret(completed.result);
    log_.hold();
    log_.answered(asked_, outcome);
    engine_.finished(completed.token, outcome, now());
    act();
  }

  // --- what is told and written

  void publish() {
    const auto& status = engine_.status();
    const bool changed = status != published_;
    if (changed || policy_changed_) {
      std::optional<json> policy;
      if (policy_changed_) policy = config::to_json(configuration_.current()->policy);
      policy_changed_ = false;
      send(protocol::unasked_status(status, policy));
    }
    if (changed) {
      if (status.state != published_.state) {
        log_.state(published_.state, status.state, status.problem);
      }
      published_ = status;
      if (!presence_due_) presence_due_ = now().steady + milliseconds(kPresenceDelay_ms);
    }
    if (presence_due_ && now().steady >= *presence_due_) {
      presence_due_.reset();
      write_presence(state_directory_, {platform::process_id(), caller_,
                                        protocol::format_utc(started_at_), to_json(status)});
    }
  }

  void write_log() {
    log_.write_down();
    if (!log_.problem().empty() && !told_log_problem_) {
      told_log_problem_ = true;
      std::cerr << "cardmute-host: " << log_.problem() << '\n';
    }
  }

  int wait_ms() {
    auto until = next_configuration_check_;
    if (const auto deadline = engine_.next_deadline()) until = std::min(until, *deadline);
    if (presence_due_) until = std::min(until, *presence_due_);
    const auto left = std::chrono::ceil<milliseconds>(until - now().steady).count();
    return static_cast<int>(std::max<std::int64_t>(left, 0));
  }

  // --- the configuration

  void look_at_configuration() {
    if (now().steady < next_configuration_check_) return;
    next_configuration_check_ = now().steady + milliseconds(kConfigurationCheck_ms);
    if (configuration_.read_if_changed()) adoption_due_ = true;
    if (!adoption_due_ || !(engine_.may_be_configured() || same_target())) return;
    adoption_due_ = false;
    adopt_configuration();
  }

  // While a mute is held or owed only the way to Voicenter may change, not what is muted or how.
  bool same_target() {
    const auto& config = configuration_.current();
    return !engine_.in_flight() && config && config->voicenter.extension == target_.value &&
           config->voicenter.mute_state == api_.mute_state;
  }

  void adopt_configuration() {
    for (const auto& warning : configuration_.warnings()) log_.config(warning.text());
    if (!configuration_.problem().empty()) log_.config(configuration_.problem());
    const auto& config = configuration_.current();
    // A file that became invalid takes nothing away: what was in force goes on.
    if (http_client_ && config && !configuration_.problem().empty()) return;
    const http::Settings http_settings =
        config ? http::Settings{config->voicenter.ca_file, config->voicenter.proxy}
               : http::Settings{};
    {
      const std::scoped_lock lock(wake_mutex_);
      http_client_ = std::make_unique<http::Client>(http_settings);
      // A frame that came in between woke the old one.
      http_client_->wake();
    }
    if (!config) {
      engine_.no_configuration(configuration_.problem(), now());
      return;
    }
    const auto& voicenter = config->voicenter;
    api_ = {voicenter.mute_url, voicenter.post, voicenter.mute_state};
    target_ = {voicenter::Target::By::extension, voicenter.extension};
    engine_.configure({{"extension", voicenter.extension},
                       voicenter.timeout_ms,
                       voicenter.reassert_ms,
                       config->policy.allow_record_override,
                       config->policy.on_browser_gone == config::OnBrowserGone::resume},
                      now());
    policy_changed_ = said_hello_;
    if (said_hello_) warm_up();
  }

  void warm_up() {
    if (configuration_.current()) http_client_->keep_warm(api_.url);
  }

  // Called on the channel's threads.
  void wake() {
    const std::scoped_lock lock(wake_mutex_);
    if (http_client_) http_client_->wake();
  }

  std::string caller_;
  std::filesystem::path state_directory_;
  Log log_;
  Configuration configuration_;
  engine::Engine engine_;
  protocol::UtcTime started_at_;
  voicenter::MuteApi api_;
  voicenter::Target target_;
  protocol::SeenIds seen_ids_;
  engine::Command asked_ = engine::Command::mute;  // the one request that is in flight
  protocol::Status published_;
  bool policy_changed_ = false;
  bool said_hello_ = false;
  bool adoption_due_ = false;
  bool told_log_problem_ = false;
  bool ended_ = false;
  int exit_code_ = 0;
  std::optional<engine::Steady> presence_due_;
  engine::Steady next_configuration_check_{};
  std::mutex wake_mutex_;
  std::unique_ptr<http::Client> http_client_;
  // Last, so that its threads end before anything they could wake.
  native_messaging::Channel channel_;
};

}  // namespace

int serve_browser(const std::string& caller, native_messaging::Descriptors descriptors) {
  return Loop(caller, descriptors).run();
}

}  // namespace cardmute::run
