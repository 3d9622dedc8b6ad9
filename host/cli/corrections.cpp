#include "cli/corrections.hpp"

#include "base/correction.hpp"
#include "base/plain_text.hpp"

namespace cardmute::cli {

namespace {

// More than the longest rule that protocol::parse_request() accepts.
constexpr std::size_t kMaxRule_bytes = std::size_t{64} * 1024;

bool has_change(const store::Entry& entry, CorrectionChange change) {
  return entry.outcome == name_in(kCorrectionChanges, change);
}

}  // namespace

std::string rule_text_of(const store::Entry& entry) {
  return plain_text(entry.detail, kMaxRule_bytes);
}

nlohmann::json rule_json_of(const store::Entry& entry) {
  if (entry.kind != store::EntryKind::correction) return nullptr;
  const auto rule = nlohmann::json::parse(rule_text_of(entry), nullptr, false);
  return rule.is_object() ? rule : nlohmann::json(nullptr);
}

const char* said_of_form(const store::Entry& entry) {
  const bool mutes = entry.command == name_in(kCorrectionDirections, CorrectionDirection::mute);
  return mutes ? "is a payment form" : "is not a payment form";
}

std::string correction_words(const store::Entry& entry) {
  std::string words = "an agent said that this form ";
  if (has_change(entry, CorrectionChange::taken_back)) {
    words = "an agent took back that this form ";
  } else if (has_change(entry, CorrectionChange::dropped)) {
    words = "forgotten, since there are newer ones: that this form ";
  }
  return words + said_of_form(entry) + ", rule " + rule_text_of(entry);
}

}  // namespace cardmute::cli
