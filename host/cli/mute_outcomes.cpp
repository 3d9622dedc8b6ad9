#include "cli/mute_outcomes.hpp"

#include <algorithm>
#include <chrono>

#include "base/plain_text.hpp"
#include "cli/output.hpp"

namespace cardmute::cli {

using nlohmann::json;
using store::Entry;
using store::EntryKind;

namespace {

constexpr std::size_t kMaxOutcome_bytes = 100;
constexpr const char* kLookUp =
    ": run cardmute-host ledger and cardmute-host doctor as this person";

UtcTime end_of(const Entry& exposure) {
  const std::chrono::duration<double, std::milli> lasted(exposure.duration_ms.value_or(0));
  return exposure.at + std::chrono::round<std::chrono::milliseconds>(lasted);
}

}  // namespace

void MuteOutcomes::add(const Entry& entry) {
  if (entry.kind == EntryKind::request && entry.command == "mute") {
    add_mute(entry);
  } else if (entry.kind == EntryKind::exposure && entry.outcome == store::kToTheEnd) {
    ended_exposed_at_ = std::max(ended_exposed_at_, std::optional(end_of(entry)));
  }
}

void MuteOutcomes::add_mute(const Entry& entry) {
  const UtcTime at = entry.last_at.value_or(entry.at);
  if (entry.outcome == store::kAcknowledged) {
    acknowledged_at_ = std::max(acknowledged_at_, std::optional(at));
    first_acknowledged_at_ = std::max(first_acknowledged_at_, std::optional(entry.at));
  } else if (!failed_ || failed_->at <= at) {
    failed_ = Failed{at, entry.outcome, entry.http_status};
  }
}

std::optional<json> MuteOutcomes::reason() const {
  if (failed_ && (!acknowledged_at_ || *acknowledged_at_ < failed_->at)) {
    const std::string outcome = plain_text(failed_->outcome, kMaxOutcome_bytes);
    const bool is_known = outcome != store::kOutcomeUnknown;
    std::string how = is_known ? outcome : "its process died before the answer came";
    if (failed_->http_status.value_or(200) != 200) {
      how += ", HTTP " + std::to_string(*failed_->http_status);
    }
    const std::string message = "mutes: the newest mute, of " + format_utc(failed_->at) +
                                ", was not acknowledged (" + how + ')' + kLookUp;
    return is_known ? json{{"code", outcome}, {"message", message}}
                    : error_json(ErrorCode::verification_failed, message);
  }
  // Only a new mute counts: a repetition may have been in flight when the form closed, and says
  // nothing about the next form.
  if (ended_exposed_at_ && first_acknowledged_at_.value_or(UtcTime{}) <= *ended_exposed_at_) {
    return error_json(ErrorCode::verification_failed,
                      "mutes: at " + format_utc(*ended_exposed_at_) +
                          " a form closed while the call was not known to be muted, and no "
                          "mute was acknowledged since" +
                          kLookUp);
  }
  return std::nullopt;
}

}  // namespace cardmute::cli
