// The outstanding mute of one target: whether the target may be muted, by this process or another,
// and which requests without an answer may still be carried out.
#pragma once

#include <algorithm>
#include <optional>
#include <utility>

#include "engine/bounds.hpp"
#include "engine/moment.hpp"

namespace cardmute::engine {

class Outstanding {
 public:
  [[nodiscard]] bool stands() const { return stands_; }
  // Whether a mute was acknowledged, no unmute was acknowledged after it, and the call is not known
  // to be over.
  [[nodiscard]] bool confirmed() const { return confirmed_; }
  // When the newest mute was sent. For a mute of another process: when it was found in the store,
  // plus Terms::list_lag_ms, or when it was sent, if that is later.
  [[nodiscard]] Steady known_at() const { return known_at_; }

  // Whether this process has to end the mute even while the store fails: it has muted for its own
  // browser, or has begun to end the mute.
  [[nodiscard]] bool own() const { return own_; }

  void found(Steady now) {
    stands_ = true;
    known_at_ = now;
  }
  void take_over() { own_ = true; }
  void confirm() { confirmed_ = true; }
  void confirm(Steady sent_at) {
    confirmed_ = true;
    known_at_ = std::max(known_at_, sent_at);
  }
  void doubt() { confirmed_ = false; }
  // The last mute was certainly not carried out. `stood_before`: whether a mute was outstanding
  // before it.
  void restore(bool stood_before) {
    stands_ = stood_before;
    own_ = own_ && stands_;
  }
  void settle() {
    stands_ = false;
    confirmed_ = false;
    own_ = false;
    unmute_wanted_since_.reset();
  }

  // --- The unmute

  void want_unmute(Steady now) {
    own_ = own_ && stands_;
    if (!unmute_wanted_since_) unmute_wanted_since_ = now;
  }
  void want_no_unmute() { unmute_wanted_since_.reset(); }
  [[nodiscard]] const std::optional<Steady>& unmute_wanted_since() const {
    return unmute_wanted_since_;
  }
  [[nodiscard]] bool unmute_wanted_for(int ms, Moment now) const {
    return unmute_wanted_since_ &&
           now.steady - *unmute_wanted_since_ >= std::chrono::milliseconds(ms);
  }

  // --- Requests without an answer, which may still be carried out

  void mute_unknown(Steady now) { mute_unknown_at_ = now; }
  void unmute_unknown(Steady at) {
    unmute_unknown_at_ = std::max(unmute_unknown_at_.value_or(Steady::min()), at);
  }
  [[nodiscard]] bool mute_may_arrive(Moment now) const { return recent(mute_unknown_at_, now); }
  [[nodiscard]] bool unmute_may_arrive(Moment now) const { return recent(unmute_unknown_at_, now); }

  // Sets whether an unmute of another process is in flight. Returns whether one was before.
  bool others_unmute(bool in_flight) { return std::exchange(others_unmute_, in_flight); }
  [[nodiscard]] bool others_unmute() const { return others_unmute_; }

 private:
  static bool recent(const std::optional<Steady>& at, Moment now) {
    return at && now.steady - *at < std::chrono::milliseconds(kUnknownOutcome_ms);
  }

  bool stands_ = false;
  bool confirmed_ = false;
  bool own_ = false;
  Steady known_at_{Steady::min()};
  std::optional<Steady> unmute_wanted_since_;
  std::optional<Steady> mute_unknown_at_;  // when the last mute with an unknown outcome ended
  // when the last unmute with an unknown outcome ended here, or was sent by another process
  std::optional<Steady> unmute_unknown_at_;
  bool others_unmute_ = false;
};

}  // namespace cardmute::engine
