// The kinds of the ledger's entries. cli/ledger_lines.cpp has words for each of them.
#pragma once

#include <string_view>

namespace cardmute::store {

enum class EntryKind {
  surface_open,
  surface_close,
  surface_lost,     // the form's browser or host has gone
  surface_settled,  // the form's browser did not come back in time, so its lease ended
  request,
  override_mode,
  state,
  exposure,  // a mute was wanted but not held
  // the time from when the form became visible to the acknowledgement, or to the form's end; once
  // per form
  form_exposure,
  // the time from the first key in a card field to the acknowledgement, or to the form's end; once
  // per form
  keystroke_exposure,
  recording_over_form,  // the agent chose to record although a form is open
  continued,            // the agent pressed "Continue anyway"
  idle,                 // nobody has typed into a form for long
  form_mute_long,       // forms have kept the call muted for policy.form_mute_minutes
  unmute_delayed,       // forms open and close repeatedly, so unmutes are delayed from now on
  left_muted,           // the policy leaves the call muted until the call ends
  banner_not_seen,      // the banner of a form is hidden; once per form
  overlay_failed,       // the overlay of a form cannot be shown; once per form
  rule_drift,           // a rule no longer matches where it matched before
  correction,           // an agent said that a form is, or is not, a payment form
  form_call,            // a call was on while a form was open
  proof,                // the result of a test call
  store_mended,
  other,  // a kind of a newer version; Entry::other_kind has its name
};

// The kind's name in the store's file and in `ledger --json`. Empty for `other`.
std::string_view name_of(EntryKind kind);
// Returns `other` if no kind has this name.
EntryKind entry_kind_of(std::string_view name);

}  // namespace cardmute::store
