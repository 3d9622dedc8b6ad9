#include "voicenter.hpp"

#include <algorithm>

namespace cardmute::simulation {

using engine::Command;

Call& Voicenter::start() {
  Call call;
  call.call_id = "ivr" + std::to_string(++last_);
  return calls_.emplace_back(std::move(call));
}

void Voicenter::end(const std::string& call_id) {
  std::erase_if(calls_, [&](const Call& call) { return call.call_id == call_id; });
}

Call* Voicenter::find(const std::string& call_id) {
  const auto found = std::ranges::find(calls_, call_id, &Call::call_id);
  return found == calls_.end() ? nullptr : &*found;
}

void Voicenter::set(Call& call, bool mute, Time now, bool lie) {
  if (lie) {
    call.excused = call.excused || !mute;
    return;
  }
  call.muted = mute;
  if (mute) call.muted_at = now;
  if (!mute) call.excused = false;
}

std::optional<ErrorCode> Voicenter::apply(Command command, const engine::Target& target, Time now,
                                          bool lie) {
  const bool mute = command == Command::mute;
  if (target.by == TargetBy::call) {
    Call* call = find(target.value);
    if (call == nullptr || !call->answered) return ErrorCode::call_not_found;
    set(*call, mute, now, lie);
    return std::nullopt;
  }
  bool any = false;
  for (Call& call : calls_) {
    if (!call.on_extension || !call.answered) continue;
    any = true;
    set(call, mute, now, lie);
  }
  if (!any && denies_without_call_) return ErrorCode::extension_not_found;
  return std::nullopt;
}

engine::CallList Voicenter::list(bool tells_muted) const {
  engine::CallList list;
  list.complete = true;
  for (const Call& call : calls_) {
    if (!call.on_extension) continue;
    list.calls.push_back(
        {call.call_id, call.answered, tells_muted ? std::optional(call.muted) : std::nullopt});
  }
  return list;
}

}  // namespace cardmute::simulation
