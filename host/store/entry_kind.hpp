// The kinds of the ledger's entries. cli/ledger_lines.cpp has words for each of them.
#pragma once

#include <string_view>

namespace cardmute::store {

enum class EntryKind {
  surface_open,
  surface_close,
  surface_lost,     // the form's browser or host has gone
  surface_settled,  // the form's browser did not come back, so the mute ended
  request,
  override_mode,
  state,
  exposure,            // a mute was wanted but not held
  form_exposure,       // how long a form waited for the mute
  keystroke_exposure,  // how long the first key in a form waited for the mute
  recording_over_form,
  continued,  // the agent pressed "Continue anyway"
  idle,       // nobody has touched a form for long
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
  other,  // a kind of a newer version; Entry::other_kind has its name
};

// The kind's name in the store's file and in `ledger --json`. Empty for `other`.
std::string_view name_of(EntryKind kind);
// Returns `other` if no kind has this name.
EntryKind entry_kind_of(std::string_view name);

}  // namespace cardmute::store
