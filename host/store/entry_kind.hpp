// The kinds of the ledger's entries. cli/ledger_lines.cpp has words for each of them.
#pragma once

#include <string_view>

namespace cardmute::store {

enum class EntryKind {
  surface_open,
  surface_close,
  surface_lost,     // its browser or host has gone
  surface_settled,  // its browser did not come back, so the mute ended
  request,
  override_mode,
  state,
  exposure,            // a mute was wanted and not held
  form_exposure,       // how long a form waited for the mute
  keystroke_exposure,  // how long its first key waited
  recording_over_form,
  continued,  // the agent went on at "Continue anyway"
  idle,       // a form was forgotten
  form_mute_long,
  unmute_delayed,
  left_muted,
  banner_not_seen,
  overlay_failed,
  rule_drift,
  correction,
  form_call,  // a call was on while a form was open
  proof,
  store_mended,
  other,  // of a newer version, whose name Entry::other_kind has
};

// As in the store's file and in `ledger --json`. Empty for `other`.
std::string_view name_of(EntryKind kind);
// `other` if there is no such name.
EntryKind entry_kind_of(std::string_view name);

}  // namespace cardmute::store
