#include "store/entry_limit.hpp"

#include "store/entries.hpp"
#include "store/minutes.hpp"

namespace cardmute::store {

namespace {

bool ends_form(EntryKind kind) {
  return kind == EntryKind::surface_close || kind == EntryKind::surface_settled;
}

}  // namespace

bool is_limited(EntryKind kind) {
  switch (kind) {
    case EntryKind::surface_open:
    case EntryKind::surface_close:
    case EntryKind::surface_lost:
    case EntryKind::surface_settled:
    case EntryKind::form_exposure:
    case EntryKind::keystroke_exposure:
    case EntryKind::continued:
    case EntryKind::idle:
    case EntryKind::form_mute_long:
    case EntryKind::unmute_delayed:
    case EntryKind::banner_not_seen:
    case EntryKind::overlay_failed:
    case EntryKind::rule_drift:
    case EntryKind::correction:
    case EntryKind::form_call:
      return true;
    case EntryKind::request:
    case EntryKind::override_mode:
    case EntryKind::state:
    case EntryKind::exposure:
    case EntryKind::recording_over_form:
    case EntryKind::left_muted:
    case EntryKind::proof:
    case EntryKind::store_mended:
    case EntryKind::other:
      break;
  }
  return false;
}

bool EntryLimit::is_over(const Entry& entry, const Alike& alike) const {
  if (ends_form(entry.kind) && !unwritten_forms_.contains(entry.surface)) return false;
  return alike.count >= kMaxAlike_per_minute;
}

void EntryLimit::write(Database& database, const Entry& entry) {
  if (!is_limited(entry.kind)) {
    write_entry(database, entry);
    return;
  }
  Alike& alike = alike_[{entry.kind, entry.outcome}];
  const std::chrono::minutes minute = minute_of(entry.at);
  if (alike.minute != minute) alike = {.minute = minute};
  const bool only_counted = is_over(entry, alike) && count_entry(database, alike.last_id, entry);
  if (!only_counted) {
    alike.last_id = write_entry(database, entry);
    ++alike.count;
  }
  if (entry.kind == EntryKind::surface_open && only_counted) {
    unwritten_forms_.insert(entry.surface);
  } else if (entry.kind == EntryKind::surface_open || ends_form(entry.kind)) {
    unwritten_forms_.erase(entry.surface);
  }
}

}  // namespace cardmute::store
