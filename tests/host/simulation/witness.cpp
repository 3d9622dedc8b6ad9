#include "witness.hpp"

#include <algorithm>

#include "engine/mute_target.hpp"

namespace cardmute::simulation {

using engine::Command;

namespace {

// A process without forms checks the store only at intervals. For this long, another process's
// unmute may be unknown to it.
constexpr Time kStandby = ms(agent::kRefreshSoon_ms + 60);
constexpr std::size_t kMaxUnmutes = 200;

std::string key_of(const engine::Target& target) {
  return std::string(name_of(target.by)) + " " + target.value;
}

}  // namespace

void Witness::sent(const std::shared_ptr<Message>& message) {
  if (message->command != Command::unmute) return;
  auto& unmutes = targets_[key_of(message->target)].unmutes;
  unmutes.push_back(message);
  if (unmutes.size() > kMaxUnmutes) unmutes.erase(unmutes.begin());
}

void Witness::acknowledged(const Message& message, Time now) {
  if (message.command != Command::mute) return;
  auto& mutes = targets_[key_of(message.target)].mutes;
  const Time limit = ms(plan_.longest_reassert_ms() * engine::kAcknowledged_intervals) + kTimer;
  std::erase_if(mutes, [&](const Mute& mute) { return now - mute.acknowledged_at > limit; });
  mutes.push_back({message.sent_at, now, message.process});
}

bool Witness::stands(const Seen& seen, const Process& process, bool wanted_here, Time now) const {
  const Time limit = ms(plan_.longest_reassert_ms() * engine::kAcknowledged_intervals) + kTimer;
  return std::ranges::any_of(seen.mutes, [&](const Mute& mute) {
    const bool own = mute.process == process.serial;
    if (plan_.store_may_fail() && !own) return true;  // an unmute may be unknown to the process
    if (now - (own ? mute.acknowledged_at : mute.sent_at) > limit) return false;
    return std::ranges::none_of(seen.unmutes, [&](const auto& unmute) {
      const bool other = unmute->process != process.serial;
      if (other && plan_.store_may_fail()) return false;
      // The unmute of a single call is sent in spite of a lease, because that call may have left
      // the extension.
      const bool may_be_late = !wanted_here || plan_.by_call();
      if (other && may_be_late && now - unmute->sent_at < kStandby) return false;
      return unmute->sent_at >= mute.sent_at;
    });
  });
}

void Witness::publishes(const Process& process, bool wanted_here, Time now) const {
  if (process.session->status().state != engine::State::muted) return;
  if (!plan_.by_call()) {
    const auto seen = targets_.find(key_of(plan_.settings.target));
    if (seen != targets_.end() && stands(seen->second, process, wanted_here, now)) return;
  } else if (std::ranges::any_of(targets_, [&](const auto& each) {
               return stands(each.second, process, wanted_here, now);
             })) {
    return;
  }
  throw Broken("I3", process.name() +
                         " says muted without a recent acknowledged mute, or although an "
                         "unmute was sent after it");
}

}  // namespace cardmute::simulation
