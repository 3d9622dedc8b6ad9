// Makes ledger entries from the events of a session.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "agent/form_calls.hpp"
#include "engine/engine.hpp"
#include "store/store.hpp"

namespace cardmute::agent {

// `origin`: the page's origin as the store keeps it; empty if unknown.
store::Entry exposure_entry(engine::Exposure measured, std::string origin);
// An entry of `kind` about one form, while the mute was in `state`.
store::Entry surface_entry(store::EntryKind kind, const std::string& surface, std::string origin,
                           engine::State state, engine::Moment now);
// Returns the entry which says that the call was active while the form was open.
store::Entry form_call_entry(const FormCalls::Change& change, std::string origin,
                             engine::Moment now);
// `status` is the status after the override was requested. The engine may have refused `mode`.
store::Entry override_entry(engine::OverrideMode mode, const engine::Status& status,
                            engine::Moment now);

// Returns the entry which says that unmutes are delayed from `now` on.
store::Entry unmute_delay_entry(engine::Moment now);

// Makes the entries about status changes: one for each new state, one each time the notice
// form_idle or form_mute_long appears, and one at the end of each exposure. An exposure is a time
// in which this process wants a mute, and the state is not `muted`.
class StatusEntries {
 public:
  explicit StatusEntries(engine::State state) : state_(state) {}

  // `wants_mute`: see LeaseRecords::want_mute().
  std::vector<store::Entry> on_status(const engine::Status& status, bool wants_mute,
                                      engine::Moment now);

 private:
  engine::State state_;
  void on_notice(engine::NoticeCode code, store::EntryKind kind, const engine::Status& status,
                 engine::Moment now, std::vector<store::Entry>& entries);

  std::set<engine::NoticeCode> noticed_;
  std::optional<engine::Moment> exposed_since_;
  // whether the state has been `unprotected` since exposed_since_, while there may have been a call
  bool was_unprotected_ = false;
};

}  // namespace cardmute::agent
