#include "cli/ledger_lines.hpp"

#include <algorithm>
#include <iomanip>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>

#include "base/plain_text.hpp"
#include "cli/corrections.hpp"
#include "cli/ledger_summary.hpp"
#include "log/log_line.hpp"

namespace cardmute::cli {

using nlohmann::json;
using store::Entry;
using store::EntryKind;

namespace {

// Widths of columns. If a text is longer, the rest of its line moves to the right.
constexpr int kWhat_columns = 21;
constexpr int kWhere_columns = 36;
constexpr std::size_t kMaxShown_bytes = 200;

struct Words {
  const char* what = "";  // the text of the second column
  const char* meaning = "";
};

Words words_for(EntryKind kind) {
  switch (kind) {
    case EntryKind::surface_open:
      return {"form opened"};
    case EntryKind::surface_close:
      return {"form closed"};
    case EntryKind::surface_lost:
      return {"form lost", "its browser or host has gone"};
    case EntryKind::surface_settled:
      return {"form given up", "its browser did not come back"};
    case EntryKind::override_mode:
      return {"by hand"};
    case EntryKind::state:
      return {"state"};
    case EntryKind::exposure:
      return {"EXPOSED", "a mute was wanted and not held"};
    case EntryKind::form_exposure:
      return {"form waited"};
    case EntryKind::keystroke_exposure:
      return {"first key waited"};
    case EntryKind::recording_over_form:
      return {"RECORDING OVER FORM", "the agent records although a form is open"};
    case EntryKind::continued:
      return {"CONTINUED ANYWAY", "the agent went on at this state of the mute"};
    case EntryKind::idle:
      return {"form forgotten"};
    case EntryKind::form_mute_long:
      return {"MUTED FOR LONG", "forms have kept the call muted for policy.form_mute_minutes"};
    case EntryKind::unmute_delayed:
      return {"unmutes delayed",
              "at most, each from now on, since forms open and close again and again"};
    case EntryKind::left_muted:
      return {"LEFT MUTED", "the policy keeps this call muted to its end"};
    case EntryKind::banner_not_seen:
      return {"BANNER NOT SEEN", "the page hides or covers the banner, at this state of the mute"};
    case EntryKind::overlay_failed:
      return {"OVERLAY FAILED",
              "the banner cannot be put into the page, at this state of the mute"};
    case EntryKind::rule_drift:
      return {"RULE DRIFT", "a rule finds no form any more"};
    case EntryKind::correction:
      return {"form corrected"};
    case EntryKind::form_call:
      return {"call under form"};
    case EntryKind::proof:
      return {"test call"};
    case EntryKind::store_mended:
      return {"store mended", "the store works again"};
    case EntryKind::request:  // an entry of a request is shown as its command, with the outcome
    case EntryKind::other:    // an entry of another kind is shown by the kind's name
      break;
  }
  return {};
}

std::string shown(std::string_view text) { return plain_text(text, kMaxShown_bytes); }

// The detail may contain text of a page, so it is shown without long numbers (which could be those
// of cards), as in the log.
std::string detail_shown(const Entry& entry) {
  return shown(log::without_long_numbers(entry.detail));
}

std::string spaced(std::string words) {
  std::ranges::replace(words, '_', ' ');
  return words;
}

std::string kind_shown(const Entry& entry) {
  return entry.kind == EntryKind::other ? shown(entry.other_kind)
                                        : std::string(name_of(entry.kind));
}

std::string what_of(const Entry& entry) {
  if (entry.kind == EntryKind::request) return shown(entry.command);
  if (entry.kind == EntryKind::other) return spaced(kind_shown(entry));
  return words_for(entry.kind).what;
}

std::string where_of(const Entry& entry) {
  if (entry.target)
    return shown(std::string(name_of(entry.target->by)) + " " + entry.target->value);
  return shown(entry.origin);
}

std::string request_words(const Entry& entry) {
  std::string words;
  if (entry.outcome == store::kAcknowledged) {
    words = store::kAcknowledged;
  } else if (entry.outcome == store::kOutcomeUnknown) {
    words = "OUTCOME UNKNOWN: its process died";
  } else {
    words = "FAILED: " + spaced(shown(entry.outcome));
  }
  if (entry.error_code) words += ", ErrorCode " + std::to_string(*entry.error_code);
  if (entry.http_status && *entry.http_status != 200) {
    words += ", HTTP " + std::to_string(*entry.http_status);
  }
  if (entry.latency_ms) words += ", " + ms_text(*entry.latency_ms);
  if (entry.repeats > 0) words += "; repeated " + std::to_string(entry.repeats) + "x";
  if (entry.last_at) words += ", the last at " + format_utc(*entry.last_at);
  return words;
}

// Says how long it took until the mute was acknowledged or the form was closed.
std::string waited_words(const Entry& entry) {
  std::string words = ms_text(entry.duration_ms.value_or(0));
  if (entry.outcome == store::kAcknowledged) {
    words += " until the mute was acknowledged";
  } else {
    words += ", NEVER ACKNOWLEDGED";
  }
  return words + ", form " + shown(entry.surface);
}

std::string own_words_of(const Entry& entry) {
  if (is_waiting(entry)) return waited_words(entry);
  if (entry.kind == EntryKind::correction) return correction_words(entry);
  std::string words;
  const auto add = [&words](const std::string& more) {
    if (!more.empty()) words += (words.empty() ? "" : ", ") + more;
  };
  if (entry.duration_ms) add(ms_text(*entry.duration_ms));
  add(words_for(entry.kind).meaning);
  // A rule's name keeps its underscores; they are part of it.
  add(entry.kind == EntryKind::rule_drift ? detail_shown(entry) : spaced(detail_shown(entry)));
  if (entry.kind == EntryKind::continued && !entry.outcome.empty()) {
    add(entry.outcome == store::kSeen ? "the banner was seen" : "the banner was NOT SEEN");
  } else {
    add(spaced(shown(entry.outcome)));
  }
  if (!entry.surface.empty()) add("form " + shown(entry.surface));
  return words;
}

// The text of the last column: what happened, and how many entries like this one were only counted
// (store/entry_limit.hpp).
std::string words_of(const Entry& entry) {
  if (entry.kind == EntryKind::request) return request_words(entry);
  std::string words = own_words_of(entry);
  if (entry.repeats == 0) return words;
  words += (words.empty() ? "" : ", ") + std::string("AND ") + std::to_string(entry.repeats) +
           " MORE LIKE THIS";
  if (entry.last_at) words += ", the last at " + format_utc(*entry.last_at);
  return words;
}

json text_or_null(std::string text) { return text.empty() ? json(nullptr) : json(std::move(text)); }

}  // namespace

std::string ledger_line(const Entry& entry) {
  std::ostringstream line;
  line << format_utc(entry.at) << "  " << std::left << std::setw(kWhat_columns) << what_of(entry)
       << std::setw(kWhere_columns) << where_of(entry) << ' ' << words_of(entry);
  std::string text = line.str();
  text.erase(text.find_last_not_of(' ') + 1);
  return text;
}

json ledger_json(const Entry& entry) {
  json target = nullptr;
  if (entry.target) {
    target = {{"by", name_of(entry.target->by)}, {"value", shown(entry.target->value)}};
  }
  return {{"at", format_utc(entry.at)},
          {"kind", kind_shown(entry)},
          {"surface", text_or_null(shown(entry.surface))},
          {"origin", text_or_null(shown(entry.origin))},
          {"request", text_or_null(shown(entry.command))},
          {"target", std::move(target)},
          {"outcome", text_or_null(shown(entry.outcome))},
          {"http_status", or_null(entry.http_status)},
          {"error_code", or_null(entry.error_code)},
          {"latency_ms", or_null(entry.latency_ms)},
          {"duration_ms", or_null(entry.duration_ms)},
          {"detail", text_or_null(entry.kind == EntryKind::correction ? "" : detail_shown(entry))},
          {"rule", rule_json_of(entry)},
          {"repeats", entry.repeats},
          {"last_at", entry.last_at ? json(format_utc(*entry.last_at)) : json(nullptr)}};
}

}  // namespace cardmute::cli
