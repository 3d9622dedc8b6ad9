// Handles what the other processes of the user do to one target; see mute_target.hpp.
#include "engine/mute_target.hpp"

namespace cardmute::engine {

using std::chrono::milliseconds;

void MuteTarget::set_outstanding(Moment now) {
  found_outstanding(now);
  outstanding_.take_over();
}

void MuteTarget::found_outstanding(Moment now) {
  outstanding_.found(now.steady);
  if (wanted()) return;
  on(MuteEvent::found);
  outstanding_.want_unmute(now.steady);
}

// Forgets a mute of another process without ending it, because that process may have opened a form
// again by now. The mute is ended by that process, or by one that finds the mute in the store.
void MuteTarget::alone(Moment now) {
  outstanding_.others_unmute(false);
  if (wanted() || in_flight_ || !outstanding_.stands() || outstanding_.own()) return;
  outstanding_.settle();
  acknowledgement_.forget();
  on(MuteEvent::settled);
  if (!told_to_wait(now)) start_over();
}

void MuteTarget::on_shared(const OutstandingMute* outstanding, const Terms& terms, Moment now) {
  const bool was_overtaken =
      outstanding_.others_unmute(outstanding != nullptr && outstanding->unmute_in_flight);
  const bool overtaken =
      outstanding_.others_unmute() || (outstanding != nullptr && outstanding->own_mute_overtaken);
  if (overtaken && in_flight_ && in_flight_->command == Command::mute) {
    in_flight_->overtaken = true;
  }
  if (!in_flight_) on_outstanding_mute(outstanding != nullptr, terms, now);
  if (outstanding == nullptr) {
    // Another process has found the call to be over, and has removed the outstanding mute although
    // a mute was in flight here.
    if (in_flight_ && acknowledgement_.at()) uncovered(now);
    return;
  }
  if (outstanding->unmute_unknown_at) outstanding_.unmute_unknown(*outstanding->unmute_unknown_at);
  on_shared_acknowledgement(outstanding->acknowledged_at, terms, now);
  // A mute wins over an unmute. The other process's unmute has ended, so a mute that is sent now
  // takes effect after it.
  if (was_overtaken && !outstanding_.others_unmute() && wanted() && !held(terms, now) &&
      !told_to_wait(now)) {
    schedule_.at_once();
  }
}

// Adopts what the store says about the outstanding mute, because any process may send or end one.
void MuteTarget::on_outstanding_mute(bool outstanding, const Terms& terms, Moment now) {
  if (outstanding && !outstanding_.stands()) {
    found_outstanding(now);
    // The feed's list may be older than the other process's mute, and lack the call that was muted.
    outstanding_.found(now.steady + milliseconds(terms.list_lag_ms));
    // If the outcome of a mute is unknown, the process that sent it keeps it outstanding although
    // the unmute was acknowledged. This process must not repeat that unmute immediately.
    if (!wanted() && last_sent_at_) schedule_.at(*last_sent_at_ + milliseconds(kUnknownRepeat_ms));
  } else if (!outstanding && outstanding_.stands()) {
    outstanding_.settle();
    acknowledgement_.forget();
    on(wanted() ? MuteEvent::voided : MuteEvent::settled);
    if (!told_to_wait(now)) start_over();
  }
}

void MuteTarget::on_shared_acknowledgement(const std::optional<Moment>& sent_at, const Terms& terms,
                                           Moment now) {
  if (command_in_flight() == Command::unmute || terms.settings == nullptr) return;
  if (!sent_at) {
    if (acknowledgement_.at()) uncovered(now);  // a process has sent an unmute since that mute
    return;
  }
  // The store keeps the last acknowledgement however old it is. An old one must not reset the
  // back-off that began with newer failures.
  const auto& known = acknowledgement_.at();
  const bool is_newer = acknowledgement_.is_newer_than_void(sent_at->steady) &&
                        Acknowledgement::counts(*sent_at, terms.reassert_ms, now) &&
                        (!known || sent_at->steady > known->steady);
  if (!is_newer) return;
  acknowledgement_.give(*sent_at);
  outstanding_.confirm(sent_at->steady);
  if (wanted()) on(MuteEvent::acknowledged);
  if (told_to_wait(now)) return;
  start_over();
  const int intervals = by_others_ && !terms.settings->acts_for_others ? 2 : 1;
  schedule_.at(sent_at->steady + milliseconds(terms.reassert_ms * intervals));
}

}  // namespace cardmute::engine
