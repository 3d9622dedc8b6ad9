// The test call without Active Calls: a person listens to the call's recording. See
// test_call_parts.hpp.
#include "cli/test_call_parts.hpp"

namespace cardmute::cli {

using engine::Command;

namespace {

TestCallResult given_up(Left left) {
  return {.error = Error{ErrorCode::no_active_call, "The test was given up."}, .left = left};
}

TestCallResult not_acknowledged(const engine::Outcome& outcome, Left left) {
  return {.error = Error{outcome.error.value_or(ErrorCode::internal), outcome.reason},
          .left = left};
}

TestCallResult not_muted(bool reversed) {
  return {
      .error = Error{ErrorCode::verification_failed,
                     reversed ? "This account is reversed."
                              : "The recording shows neither a mute nor a reversed one. Is this "
                                "extension recorded at all, and was this the call's recording?"},
      .reversed = reversed,
      .concluded = true,
      .left = Left::ended};
}

TestCallResult listen(TestCall& call) {
  if (!call.wait_for_enter("Now say \"three, three, three\" and hang up. Open the call's recording "
                           "in " +
                           std::string(call.account().names().recordings) +
                           ", listen to it, then press Enter.")) {
    return given_up(Left::acknowledged);
  }
  const auto missing = call.ask_yes_or_no(
      "Is the middle sentence (\"two\") missing from the recording, and are the others there?");
  if (!missing) return given_up(Left::ended);
  if (*missing) return {.error = std::nullopt, .concluded = true, .left = Left::ended};
  const auto only = call.ask_yes_or_no("Is ONLY the middle sentence (\"two\") in the recording?");
  return only ? not_muted(*only) : given_up(Left::ended);
}

}  // namespace

TestCallResult test_by_listening(TestCall& call) {
  const engine::Target target{TargetBy::extension, call.account().settings.extension};
  if (!call.wait_for_enter("Say \"one, one, one\" into the call, then press Enter.")) {
    return given_up(Left::untouched);
  }
  const auto mute = call.send(Command::mute, target);
  if (mute.error && !mute.outcome_unknown) return not_acknowledged(mute, Left::untouched);
  const bool goes_on =
      mute.acknowledged() && call.wait_for_enter("Now say \"two, two, two\", then press Enter.");
  // From here on, the call may be muted and must not stay so. So the unmute is sent in any case.
  const auto unmute = call.send(Command::unmute, target);
  const Left left = unmute.acknowledged() ? Left::acknowledged : Left::unknown;
  if (mute.error) return not_acknowledged(mute, left);
  if (unmute.error) return not_acknowledged(unmute, left);
  return goes_on ? listen(call) : given_up(left);
}

}  // namespace cardmute::cli
