// The part of Session that reports: the status for the browser, and the entries of the ledger.
#include <utility>

#include "agent/session.hpp"

namespace cardmute::agent {

using engine::Moment;

void Session::record_exposures() {
  for (auto& measured : engine_.take_exposures()) {
    auto origin = leases_.origin_of(measured.surface);
    store_.add_entry(exposure_entry(std::move(measured), std::move(origin)));
  }
}

void Session::record_form_calls(Moment now) {
  for (auto& change : form_calls_.changes(engine_.leases(now), engine_.calls_now(now))) {
    store_.add_entry(form_call_entry(change, leases_.origin_of(change.surface), now));
  }
}

void Session::update_status(Moment now) {
  record_form_calls(now);
  status_ = engine_.status();
  if (!store_.failure().empty()) {
    status_.notices.push_back({engine::NoticeCode::store_failed, store_.failure()});
  }
  if (!store_.unsafe().empty()) {
    status_.notices.push_back({engine::NoticeCode::state_folder_unsafe, store_.unsafe()});
  }
  if (store_.is_shared()) {
    status_.notices.push_back({engine::NoticeCode::store_shared,
                               "Another machine or container uses the same state folder. What it "
                               "has muted is left alone."});
  }
  if (shared_.left_muted && status_.state != engine::State::muted) {
    status_.notices.push_back({engine::NoticeCode::left_muted,
                               "A browser went away in mid-payment, and the policy leaves the call "
                               "of that moment muted to its end."});
  }
  for (auto& entry : status_entries_.on_status(status_, leases_.want_mute(), now)) {
    store_.add_entry(std::move(entry));
  }
}

}  // namespace cardmute::agent
