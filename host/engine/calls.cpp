#include "engine/calls.hpp"

#include <algorithm>
#include <utility>

namespace cardmute::engine {

namespace {

const ListedCall* find(const CallList& list, const std::string& call_id) {
  const auto found = std::ranges::find(list.calls, call_id, &ListedCall::call_id);
  return found == list.calls.end() ? nullptr : &*found;
}

}  // namespace

Calls::Verdict Calls::compare(const CallList& list, bool held_when_asked) {
  if (!list.usable()) return Verdict::nothing;
  bool any_muted = false;
  bool any_new = false;
  bool any_failed = false;
  bool any_unknown = false;
  std::set<std::string> now_known;
  for (const ListedCall& call : list.calls) {
    if (!call.answered) continue;
    now_known.insert(call.call_id);
    if (!call.muted) {
      any_unknown = true;
    } else if (*call.muted) {
      any_muted = true;
    } else if (known_ && !known_->contains(call.call_id)) {
      any_new = true;
    } else {
      any_failed = true;
    }
    if (held_when_asked && call.muted.value_or(true)) covered_.insert(call.call_id);
  }
  if (!held_when_asked) return Verdict::nothing;
  known_ = std::move(now_known);
  if (any_failed) return Verdict::failed;
  if (any_new) return Verdict::new_call;
  return any_muted && !any_unknown ? Verdict::confirmed : Verdict::nothing;
}

std::vector<std::string> Calls::take_left(const CallList& list) {
  std::vector<std::string> left;
  if (!list.usable()) return left;
  std::erase_if(covered_, [&](const std::string& call_id) {
    if (find(list, call_id) != nullptr) return false;
    left.push_back(call_id);
    return true;
  });
  return left;
}

std::vector<std::string> Calls::take_unsettled(const CallList& list) {
  std::vector<std::string> unsettled = take_left(list);
  for (const auto& call_id : std::exchange(covered_, {})) {
    const ListedCall* call = find(list, call_id);
    if (call != nullptr && call->muted.value_or(false)) unsettled.push_back(call_id);
  }
  return unsettled;
}

std::vector<std::string> Calls::take_all() {
  std::vector<std::string> all(covered_.begin(), covered_.end());
  covered_.clear();
  return all;
}

}  // namespace cardmute::engine
