// See ledger_lines.hpp.
#include "cli/ledger_lines.hpp"

#include <algorithm>
#include <array>
#include <iomanip>
#include <sstream>
#include <string_view>
#include <utility>

#include "base/plain_text.hpp"
#include "cli/corrections.hpp"
#include "cli/ledger_summary.hpp"
#include "log/log_line.hpp"

namespace cardmute::cli {

using nlohmann::json;
using store::Entry;

namespace {

// Widths of columns. A longer text moves the rest of its line to the right.
constexpr int kWhat_columns = 21;
constexpr int kWhere_columns = 36;
constexpr std::size_t kMaxShown_bytes = 200;

constexpr std::array<std::pair<std::string_view, const char*>, 20> kWords{{
    {"surface_open", "form opened"},
    {"surface_close", "form closed"},
    {"surface_lost", "form lost"},
    {"surface_settled", "form given up"},
    {"override", "by hand"},
    {"exposure", "EXPOSED"},
    {"left_muted", "LEFT MUTED"},
    {"proof", "test call"},
    {"store_mended", "store mended"},
    {"recording_over_form", "RECORDING OVER FORM"},
    {"idle", "form forgotten"},
    {"form_exposure", "form waited"},
    {"keystroke_exposure", "first key waited"},
    {"continued", "CONTINUED ANYWAY"},
    {"rule_drift", "RULE DRIFT"},
    {"banner_not_seen", "BANNER NOT SEEN"},
    {"overlay_failed", "OVERLAY FAILED"},
    {"unmute_delayed", "unmutes delayed"},
    {"form_mute_long", "MUTED FOR LONG"},
    {kCorrection, "form corrected"},
}};

constexpr std::array<std::pair<std::string_view, const char*>, 12> kMeanings{{
    {"surface_lost", "its browser or host has gone"},
    {"surface_settled", "its browser did not come back"},
    {"left_muted", "the policy keeps this call muted to its end"},
    {"recording_over_form", "the agent records although a form is open"},
    {"exposure", "a mute was wanted and not held"},
    {"store_mended", "the store works again"},
    {"continued", "the agent went on at this state of the mute"},
    {"rule_drift", "a rule finds no form any more"},
    {"banner_not_seen", "the page hides or covers the banner, at this state of the mute"},
    {"overlay_failed", "the banner cannot be put into the page, at this state of the mute"},
    {"form_mute_long", "forms have kept the call muted for policy.form_mute_minutes"},
    {"unmute_delayed", "at most, each from now on, since forms open and close again and again"},
}};

template <typename Table>
const char* word_for(const Table& table, std::string_view kind) {
  const auto found = std::ranges::find(table, kind, &Table::value_type::first);
  return found == table.end() ? nullptr : found->second;
}

std::string shown(std::string_view text) { return plain_text(text, kMaxShown_bytes); }

// The detail may come from a page, so it is shown without long numbers, as in the log.
std::string detail_shown(const Entry& entry) {
  return shown(log::without_long_numbers(entry.detail));
}

std::string spaced(std::string words) {
  std::ranges::replace(words, '_', ' ');
  return words;
}

std::string what_of(const Entry& entry) {
  if (entry.kind == "request") return shown(entry.command);
  const char* word = word_for(kWords, entry.kind);
  return word == nullptr ? spaced(shown(entry.kind)) : word;
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
  } else if (entry.outcome == "unknown") {
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

// The time until the mute was acknowledged, or until the form was closed.
std::string waited_words(const Entry& entry) {
  std::string words = ms_text(entry.duration_ms.value_or(0));
  if (entry.outcome == store::kAcknowledged) {
    words += " until the mute was acknowledged";
  } else {
    words += ", NEVER ACKNOWLEDGED";
  }
  return words + ", form " + shown(entry.surface);
}

// The outcome, or the reason.
std::string words_of(const Entry& entry) {
  if (entry.kind == "request") return request_words(entry);
  if (is_waiting(entry)) return waited_words(entry);
  if (entry.kind == kCorrection) return correction_words(entry);
  std::string words;
  const auto add = [&words](const std::string& more) {
    if (!more.empty()) words += (words.empty() ? "" : ", ") + more;
  };
  if (entry.duration_ms) add(ms_text(*entry.duration_ms));
  if (const char* meaning = word_for(kMeanings, entry.kind)) add(meaning);
  // The name of a rule may contain underscores.
  add(entry.kind == "rule_drift" ? detail_shown(entry) : spaced(detail_shown(entry)));
  if (entry.kind == "continued" && !entry.outcome.empty()) {
    add(entry.outcome == store::kSeen ? "the banner was seen" : "the banner was NOT SEEN");
  } else {
    add(spaced(shown(entry.outcome)));
  }
  if (!entry.surface.empty()) add("form " + shown(entry.surface));
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
          {"kind", shown(entry.kind)},
          {"surface", text_or_null(shown(entry.surface))},
          {"origin", text_or_null(shown(entry.origin))},
          {"request", text_or_null(shown(entry.command))},
          {"target", std::move(target)},
          {"outcome", text_or_null(shown(entry.outcome))},
          {"http_status", or_null(entry.http_status)},
          {"error_code", or_null(entry.error_code)},
          {"latency_ms", or_null(entry.latency_ms)},
          {"duration_ms", or_null(entry.duration_ms)},
          {"detail", text_or_null(entry.kind == kCorrection ? "" : detail_shown(entry))},
          {"rule", rule_json_of(entry)},
          {"repeats", entry.repeats},
          {"last_at", entry.last_at ? json(format_utc(*entry.last_at)) : json(nullptr)}};
}

}  // namespace cardmute::cli
