// The test call with Active Calls, which say whether the call is muted. See test_call_parts.hpp.
#include <algorithm>
#include <chrono>
#include <cstdint>
#include <utility>

#include "agent/settler.hpp"
#include "cli/list_calls.hpp"
#include "cli/test_call_parts.hpp"
#include "engine/calls.hpp"
#include "store/store.hpp"

namespace cardmute::cli {

using engine::Command;

namespace {

// The list may lag behind, so a request counts as failed only if this many lists in a row say so.
constexpr int kLooks = 2;
constexpr int kRestore_attempts = 3;

struct Look {
  std::optional<Error> error;
  bool muted = false;  // only valid without an error
};

Command other(Command command) {
  return command == Command::mute ? Command::unmute : Command::mute;
}

class ReadBack {
 public:
  explicit ReadBack(TestCall& call)
      : call_(call), store_(agent::store_settings(call.context().state_directory, "test call")) {}

  TestCallResult run() {
    if (auto error = find_call()) return {.error = std::move(error)};
    const auto mute = call_.send(Command::mute, target_);
    if (mute.error) {
      if (mute.outcome_unknown) restore(Command::unmute, false);
      return result(Error{*mute.error, mute.reason});
    }
    const Look look = look_for(true);
    if (look.error) return failed(*look.error);
    return look.muted ? try_the_unmute() : try_the_other_state();
  }

 private:
  TestCallResult result(std::optional<Error> error, bool concluded = false) const {
    return {.error = std::move(error), .concluded = concluded, .left = left_};
  }

  TestCallResult failed(const Error& error, bool concluded = false) {
    restore(Command::unmute, false);
    return result(error, concluded);
  }

  TestCallResult try_the_unmute() {
    call_.say("Active Calls says: muted.");
    restore(Command::unmute, true);
    if (left_ == Left::recorded || left_ == Left::ended) return result(std::nullopt, true);
    return result(Error{ErrorCode::verification_failed,
                        "The mute works, but the unmute was not seen to work."});
  }

  TestCallResult try_the_other_state() {
    call_.say(
        "Active Calls says: NOT muted, although the mute was acknowledged. Trying the other "
        "request.");
    const auto outcome = call_.send(Command::unmute, target_);
    if (outcome.error) return failed({*outcome.error, outcome.reason});
    const Look look = look_for(true);
    if (look.error) return failed(*look.error);
    if (!look.muted) {
      return failed(
          {ErrorCode::verification_failed,
           "Both requests were acknowledged, and Active Calls says that neither mutes the "
           "call. Is this extension recorded at all?"},
          true);
    }
    call_.say("Active Calls says: muted.");
    restore(Command::mute, true);
    auto reversed =
        result(Error{ErrorCode::verification_failed, "This account is reversed."}, true);
    reversed.reversed = true;
    return reversed;
  }

  // Tries to unmute the call, and sets left_. `sure`: whether `command` is known to unmute. If it
  // is not, each acknowledged command that leaves the call muted is followed by the other one.
  void restore(Command command, bool sure) {
    for (int attempt = 0; attempt < kRestore_attempts; ++attempt) {
      const bool acknowledged = call_.send(command, target_).acknowledged();
      const Look look = look_for(false);
      if (look.error) {
        // Without a list, the other command must not be tried, because it could mute the call.
        left_ = look.error->code == ErrorCode::no_active_call ? Left::ended : Left::unknown;
        return;
      }
      left_ = look.muted ? Left::muted : Left::recorded;
      if (!look.muted) return;
      if (acknowledged && !sure) command = other(command);
    }
  }

  std::optional<Error> find_call() {
    const engine::CallList list = ask();
    if (list.error) return list.error;
    const auto fit = std::ranges::find_if(
        list.calls, [](const auto& each) { return each.answered && !each.muted.value_or(true); });
    if (fit != list.calls.end()) {
      call_id_ = fit->call_id;
      const auto& settings = call_.account().settings;
      target_ = settings.by_call ? engine::Target{TargetBy::call, call_id_}
                                 : engine::Target{TargetBy::extension, settings.extension};
      return std::nullopt;
    }
    const bool muted = std::ranges::any_of(
        list.calls, [](const auto& each) { return each.answered && each.muted.value_or(false); });
    const bool answered =
        std::ranges::any_of(list.calls, [](const auto& each) { return each.answered; });
    const char* why =
        muted ? "has only calls that are muted already. Close every payment form, or hang up "
                "and make a new test call"
        : answered
            ? "has a call, but Active Calls does not say whether it is muted: is it recorded?"
            : "has no answered call. Call the extension, answer, and run this again";
    return Error{ErrorCode::no_active_call,
                 "Extension " + call_.account().settings.extension + ' ' + why + '.'};
  }

  Look look_for(bool wanted) {
    Look look;
    for (int i = 0; i < kLooks; ++i) {
      look = look_once();
      if (look.error || look.muted == wanted) break;
    }
    return look;
  }

  Look look_once() {
    const engine::CallList list = ask();
    if (list.error) return {list.error};
    const auto same = std::ranges::find(list.calls, call_id_, &engine::ListedCall::call_id);
    if (same == list.calls.end()) {
      return {Error{ErrorCode::no_active_call, "The test call ended before the test was done."}};
    }
    if (!same->muted) {
      return {
          Error{ErrorCode::bad_answer, "Active Calls does not say any more whether it is muted."}};
    }
    return {std::nullopt, *same->muted};
  }

  engine::CallList ask() {
    return list_calls_in_turn(call_.context(), call_.config(), store_).calls.list;
  }

  TestCall& call_;
  store::Store store_;
  engine::Target target_;
  std::string call_id_;
  Left left_ = Left::untouched;
};

}  // namespace

TestCallResult test_by_active_calls(TestCall& call) { return ReadBack(call).run(); }

}  // namespace cardmute::cli
