#include "cli/ledger_summary.hpp"

#include <algorithm>
#include <iomanip>
#include <sstream>

#include "cli/declared_forms.hpp"

namespace cardmute::cli {

using nlohmann::json;
using store::Entry;

namespace {

// Whether the entry is about an early mute, which is a mute that was requested before its form
// appeared. tests/contract/protocol.md, "surface.open", defines the IDs of early mutes.
bool is_early(const Entry& entry) { return entry.surface.starts_with("early-"); }

}  // namespace

std::string ms_text(double ms) {
  std::ostringstream text;
  text << std::fixed << std::setprecision(1) << ms << " ms";
  return text.str();
}

bool is_waiting(const Entry& entry) {
  return entry.kind == store::EntryKind::form_exposure ||
         entry.kind == store::EntryKind::keystroke_exposure;
}

void LedgerSummary::add(const Entry& entry) {
  if (entry.kind == store::EntryKind::surface_open) {
    // A form that another host takes over has a second entry with the same ID.
    std::int64_t& forms = is_early(entry) ? early_ : surfaces_;
    if (open_.insert(entry.surface).second) ++forms;
    if (is_declared_form(entry)) declared_ += 1 + entry.repeats;
    forms += entry.repeats;
  } else if (entry.kind == store::EntryKind::surface_close ||
             entry.kind == store::EntryKind::surface_settled) {
    open_.erase(entry.surface);
  } else if (entry.kind == store::EntryKind::request) {
    requests_ += 1 + entry.repeats;
    if (entry.outcome != store::kAcknowledged) failures_ += 1 + entry.repeats;
  } else if (entry.kind == store::EntryKind::exposure) {
    ++exposures_;
    longest_ms_ = std::max(longest_ms_, entry.duration_ms.value_or(0));
    total_ms_ += entry.duration_ms.value_or(0);
  } else if (is_waiting(entry)) {
    Waited& waited = entry.kind == store::EntryKind::form_exposure ? forms_ : keystrokes_;
    waited.durations.add(entry.duration_ms.value_or(0));
    if (entry.outcome != store::kAcknowledged) waited.never_acknowledged += 1 + entry.repeats;
  } else if (entry.kind == store::EntryKind::continued) {
    continued_ += 1 + entry.repeats;
  } else if (entry.kind == store::EntryKind::banner_not_seen ||
             entry.kind == store::EntryKind::overlay_failed) {
    unseen_banners_ += 1 + entry.repeats;
  }
}

std::optional<double> Durations::median_ms() const {
  if (all_ms_.empty()) return std::nullopt;
  auto sorted = all_ms_;
  std::ranges::sort(sorted);
  const std::size_t middle = sorted.size() / 2;
  if (sorted.size() % 2 == 1) return sorted[middle];
  return (sorted[middle - 1] + sorted[middle]) / 2;
}

std::optional<double> Durations::longest_ms() const {
  if (all_ms_.empty()) return std::nullopt;
  return *std::ranges::max_element(all_ms_);
}

std::string LedgerSummary::text_of(const Waited& waited, const char* what) {
  std::ostringstream text;
  text << what << ": " << waited.durations.count();
  if (waited.durations.count() > 0) {
    text << ", the median " << ms_text(*waited.durations.median_ms()) << ", the longest "
         << ms_text(*waited.durations.longest_ms()) << ", never acknowledged "
         << waited.never_acknowledged;
  }
  text << '\n';
  return text.str();
}

json LedgerSummary::json_of(const Waited& waited) {
  return {{"count", waited.durations.count()},
          {"median_ms", or_null(waited.durations.median_ms())},
          {"longest_ms", or_null(waited.durations.longest_ms())},
          {"never_acknowledged", waited.never_acknowledged}};
}

std::string LedgerSummary::text() const {
  std::ostringstream text;
  text << "Forms: " << surfaces_ << ", without an end so far: " << open_.size() << '\n'
       << "Early mutes, before a form was there: " << early_ << '\n'
       << "Requests to the telephone provider: " << requests_ << ", not acknowledged: " << failures_
       << '\n'
       << "Exposures (a mute was wanted and not held): " << exposures_;
  if (exposures_ > 0) {
    text << ", the longest " << ms_text(longest_ms_) << ", together " << ms_text(total_ms_);
  }
  text << '\n'
       << text_of(forms_, "Forms from visible to acknowledged")
       << text_of(keystrokes_, "First keys in card fields until acknowledged");
  if (declared_ > 0) text << "Forms that the page declared itself: " << declared_ << '\n';
  if (continued_ > 0) {
    text << "The agent chose to go on although the mute was not held: " << continued_ << '\n';
  }
  if (unseen_banners_ > 0) {
    text << "Forms whose banner was not seen: " << unseen_banners_ << '\n';
  }
  return text.str();
}

json LedgerSummary::as_json() const {
  return {{"surfaces", surfaces_},
          {"early", early_},
          {"declared", declared_},
          {"requests", requests_},
          {"failures", failures_},
          {"exposures", exposures_},
          {"longest_exposure_ms", longest_ms_},
          {"total_exposure_ms", total_ms_},
          {"form_exposure", json_of(forms_)},
          {"keystroke_exposure", json_of(keystrokes_)},
          {"continued", continued_},
          {"unseen_banners", unseen_banners_},
          {"unended_surfaces", open_.size()}};
}

}  // namespace cardmute::cli
