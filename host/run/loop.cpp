// One thread that decides; see loop.hpp. The order inside a turn is: what came in, what follows,
// what goes out. Before a request goes out nothing is written but its intention (session.hpp); the
// log and the presence file wait until there is nothing else to do.
#include "run/loop.hpp"

#include <algorithm>
#include <chrono>
#include <iostream>
#include <random>
#include <utility>
#include <variant>

#include "platform/paths.hpp"
#include "platform/process.hpp"
#include "protocol/reply.hpp"
#include "protocol/request.hpp"
#include "protocol/seen_ids.hpp"
#include "run/adoption.hpp"
#include "run/caller.hpp"
#include "run/caretaker.hpp"
#include "run/clock.hpp"
#include "run/log.hpp"
#include "run/log_line.hpp"
#include "run/polarity.hpp"
#include "run/presence.hpp"
#include "run/provider.hpp"
#include "run/session.hpp"
#include "version.hpp"

namespace cardmute::run {

using nlohmann::json;
using std::chrono::milliseconds;

namespace {

// A status that people read in a file may be this old; so a burst of changes is one write.
constexpr int kPresenceDelay_ms = 200;

class Loop {
 public:
  Loop(std::string caller, native_messaging::Descriptors descriptors)
      : caller_(std::move(caller)),
        state_directory_(platform::state_directory()),
        log_(state_directory_),
        session_(std::random_device{}(), store_settings(state_directory_, caller_), now()),
        started_at_(now().utc),
        channel_(descriptors, [this] { wake(); }) {}

  ~Loop() { remove_presence(state_directory_, platform::process_id()); }
  Loop(const Loop&) = delete;
  Loop& operator=(const Loop&) = delete;

  int run() {
    log_.started(kVersion, caller_);
    adoption_.start(now());
    if (!caller_is_allowed()) return exit_code_of(ErrorCode::caller_not_allowed);
    // Where it starts is no change: the browser hears it when it says hello.
    published_ = status();
    presence_due_ = now().steady + milliseconds(kPresenceDelay_ms);
    for (;;) {
      for (auto& incoming : channel_.take()) {
        if (ended_) break;
        std::visit([this](auto& item) { take(item); }, incoming);
        publish();  // every change is told, however many frames came at once
      }
      if (adoption_.look(now()) && said_hello_) {
        policy_changed_ = true;
        warm_up();
      }
      session_.tick(now());
      act();
      publish();
      if (session_.engine().done(now())) break;
      const auto landed = provider_.wait(resting_due_ ? 0 : wait_ms());
      if (landed.empty() && !channel_.has_incoming()) rest();
      for (const auto& each : landed) {
        std::visit([this](const auto& item) { take(item); }, each);
        publish();
      }
    }
    if (session_.engine().leaves_work()) start_caretaker();
    session_.leave(now());
    log_.ended(exit_code_);
    return exit_code_;
  }

 private:
  // --- the browser

  bool caller_is_allowed() {
    if (is_allowed(caller_, adoption_.allowed_callers())) return true;
    const protocol::Error error{
        ErrorCode::caller_not_allowed,
        (caller_.empty() ? std::string("The browser did not say which extension is calling.")
                         : "\"" + caller_ + "\" may not use CardMute's host.") +
            " Expected: CardMute's own extension, or one that allowed_callers in the machine's "
            "configuration names."};
    send(protocol::reply(std::nullopt, error, status()));
    log_.ended(exit_code_of(error.code));
    return false;
  }

  void take(native_messaging::End& end) {
    ended_ = true;
    if (end.inside_frame) exit_code_ = exit_code_of(ErrorCode::bad_frame);
    browser_gone();
  }

  void take(native_messaging::BadFrame& bad) {
    const protocol::Error error{ErrorCode::bad_frame, bad.message};
    log_.refused(error);
    send(protocol::reply(std::nullopt, error, status()));
    if (!bad.fatal) return;
    ended_ = true;
    exit_code_ = exit_code_of(ErrorCode::bad_frame);
    browser_gone();
  }

  // The browser may kill this process from now on, and its worker may be back in a moment: the
  // leases live on, and somebody who is not killed looks after them.
  void browser_gone() {
    log_.hold();
    log_.browser_gone();
    const bool leaves_leases = session_.browser_gone(now());
    // Without one the leases end at once, except where the call is to stay muted anyway. One that
    // could not read the configuration is none: this process still has the last that was valid.
    const bool can_read_it = adoption_.others_can_read_it();
    const bool cared_for = leaves_leases && can_read_it && start_caretaker();
    if (leaves_leases && !cared_for && adoption_.resume_when_browser_gone()) {
      session_.give_up_leases(now());
    }
    act();
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
    send(protocol::reply(id, error, status()));
  }

  void take(std::uint64_t id, const protocol::Hello& hello) {
    log_.hello(hello.extension_version, hello.browser);
    said_hello_ = true;
    warm_up();
    auto error = protocol::protocol_error(hello.protocol);
    if (!error) error = adoption_.error();
    std::optional<json> policy;
    if (adoption_.current()) policy = config::to_json(adoption_.current()->policy);
    send(protocol::hello_reply(id, error, status(), policy, kVersion));
  }

  void take(std::uint64_t id, const protocol::SurfaceOpen& open) {
    log_.hold();
    log_.surface_open(open.surface, open.origin, open.reason);
    session_.open(
        id,
        {open.surface, protocol::origin_of(open.origin), without_long_numbers(open.reason), false},
        now());
    act();
    // Only now that the request is on its way.
    if (open.visible_ms_ago) session_.visible(open.surface, *open.visible_ms_ago, now());
  }

  void take(std::uint64_t id, const protocol::SurfaceClose& close) {
    log_.hold();
    log_.surface_close(close.surface, close.reason);
    session_.close(id, close.surface, without_long_numbers(close.reason), now());
    act();
  }

  void take(std::uint64_t id, const protocol::SurfaceActive& active) {
    session_.active(active.surface, now());
    act();
    if (active.card) session_.typed_card(active.surface, active.ms_ago, now());
    answer(id);
  }

  void take(std::uint64_t id, const protocol::SurfaceContinue& wish) {
    log_.hold();
    log_.continued(wish.surface, session_.status().state);
    session_.continued(wish.surface, now());
    answer(id);
  }

  void take(std::uint64_t id, const protocol::RuleReport& report) {
    if (auto known = adoption_.known_rule(report, now().utc)) session_.report(std::move(*known));
    answer(id);
  }

  void take(std::uint64_t id, const protocol::Override& wish) {
    log_.hold();
    log_.override_with(wish.mode);
    session_.override_with(id, wish.mode, now());
    act();
  }

  void take(std::uint64_t id, const protocol::StatusQuery&) { answer(id); }

  // At once; what there is to be written is written afterwards.
  void answer(std::uint64_t id) {
    send(protocol::reply(id, adoption_.error(), status()));
    resting_due_ = true;
  }

  void send(const json& message) { static_cast<void>(channel_.send(protocol::to_text(message))); }

  // --- the engine

  void act() {
    for (const auto& action : session_.take_actions()) {
      resting_due_ = true;
      std::visit([this](const auto& todo) { act(todo); }, action);
    }
  }

  void act(const engine::Send& todo) {
    provider_.carry(todo);
    log_.hold();
    log_.asked(todo.command, todo.target.value);
  }

  void act(const engine::Ask& todo) { provider_.carry(todo); }
  void act(const engine::Cancel& todo) { provider_.carry(todo); }

  void act(const engine::Answer& todo) { send(protocol::reply(todo.ticket, todo.error, status())); }

  // Session does these itself.
  void act(const engine::Owe&) {}
  void act(const engine::WriteOff&) {}

  void take(const MuteLanded& landed) {
    log_.hold();
    log_.answered(landed.send.command, landed.outcome);
    session_.finished(landed.send.attempt, landed.outcome, now());
    act();
  }

  void take(const CallsListed& landed) {
    session_.listed(landed.attempt, landed.list, now());
    act();
  }

  // --- what is told and written

  protocol::Status status() const {
    auto status = session_.status();
    if (const auto notice = polarity_.notice()) status.notices.push_back(*notice);
    return status;
  }

  void publish() {
    const auto status = this->status();
    const bool changed = status != published_;
    if (changed || policy_changed_) {
      std::optional<json> policy;
      if (policy_changed_) policy = config::to_json(adoption_.current()->policy);
      policy_changed_ = false;
      send(protocol::unasked_status(status, policy));
    }
    if (changed) {
      resting_due_ = true;
      if (status.state != published_.state) {
        log_.state(published_.state, status.state, status.problem);
      }
      published_ = status;
      if (!presence_due_) presence_due_ = now().steady + milliseconds(kPresenceDelay_ms);
    }
    if (presence_due_ && now().steady >= *presence_due_) {
      presence_due_.reset();
      write_presence(state_directory_, {platform::this_process(), caller_,
                                        protocol::format_utc(started_at_), to_json(status)});
    }
  }

  // Nothing else is to be done: now files may be written.
  void rest() {
    resting_due_ = false;
    // The disk may take its time, and an answer that is due must not wait for it.
    if (!session_.engine().in_flight()) session_.rest(now());
    if (said_hello_) polarity_.look(now().steady);
    if (session_.store_failure() != told_store_failure_) {
      told_store_failure_ = session_.store_failure();
      log_.store(told_store_failure_.empty() ? "it works again" : told_store_failure_);
    }
    log_.write_down();
    if (!log_.problem().empty() && !told_log_problem_) {
      told_log_problem_ = true;
      std::cerr << "cardmute-host: " << log_.problem() << '\n';
    }
  }

  int wait_ms() {
    auto until = std::min(adoption_.next_look(), session_.next_deadline(now()));
    if (presence_due_) until = std::min(until, *presence_due_);
    const auto left = std::chrono::ceil<milliseconds>(until - now().steady).count();
    return static_cast<int>(std::max<std::int64_t>(left, 0));
  }

  void warm_up() {
    if (adoption_.current()) provider_.warm_up();
  }

  // Called on the channel's threads.
  void wake() { provider_.wake(); }

  std::string caller_;
  std::filesystem::path state_directory_;
  Log log_;
  Session session_;
  Polarity polarity_{store_file(state_directory_)};
  protocol::UtcTime started_at_;
  protocol::SeenIds seen_ids_;
  protocol::Status published_;
  bool policy_changed_ = false;
  bool said_hello_ = false;
  bool told_log_problem_ = false;
  std::string told_store_failure_;
  bool resting_due_ = false;  // something has happened since rest()
  bool ended_ = false;
  int exit_code_ = 0;
  std::optional<engine::Steady> presence_due_;
  Provider provider_;
  Adoption adoption_{log_, session_, provider_, polarity_};
  // Last, so that its threads end before anything they could wake.
  native_messaging::Channel channel_;
};

}  // namespace

int serve_browser(const std::string& caller, native_messaging::Descriptors descriptors) {
  return Loop(caller, descriptors).run();
}

}  // namespace cardmute::run
