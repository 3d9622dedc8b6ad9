// How well each of the administrator's rules matches on each origin. Counts, times and the digests
// of rules are kept, but no content of pages.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/rule_event.hpp"
#include "base/utc_time.hpp"

namespace cardmute::store {

// A rule counts as drifted if it has matched on an origin before, and then did not match on this
// many of the origin's pages in a row.
inline constexpr int kPassesBeforeDrift = 20;
// A rule also counts as drifted if it has matched on an origin before, and has missed this many
// payment forms there since. A smaller number may be other forms on the same page. A match resets
// both counts.
inline constexpr int kMissesBeforeDrift = 3;
// At most this many rows are kept; those that were not reported for the longest time are deleted.
inline constexpr int kMaxRuleOrigins = 1000;
// At most this many rows are kept about origins with forms that no rule covers.
inline constexpr int kMaxUnruledOrigins = 200;
// At most this many reports wait to be written; the oldest are dropped.
inline constexpr std::size_t kMaxWaitingReports = 256;

// A report of the extension about a rule of the configuration.
struct RuleReport {
  RuleEvent event = RuleEvent::passed;
  std::string rule;        // empty for RuleEvent::unruled
  std::string definition;  // the digest of the current rule; for unruled, of all rules
  std::string origin;
  UtcTime at{};
};

// What is known about a rule on an origin.
struct RuleRecord {
  std::string rule;
  std::string origin;
  std::optional<UtcTime> matched_at;  // when the rule last matched
  // The numbers of RuleEvent::passed and RuleEvent::missed since the last match.
  std::int64_t passes = 0;
  std::int64_t misses = 0;
  std::optional<UtcTime> failing_since;  // when the rule first failed after the last match
  std::optional<UtcTime> drifted_at;     // nullopt: the rule has not drifted
  // The digest of the rule that a browser last rejected, and when.
  std::string invalid_definition;
  std::optional<UtcTime> invalid_at;
};

// Payment forms that no rule covers, on an origin that has rules.
struct UnruledForms {
  std::string origin;
  std::string definition;  // the digest of all rules at that time
  std::int64_t forms = 0;
  UtcTime since{};
  UtcTime last_at{};
};

struct RuleBook {
  std::vector<RuleRecord> rules;
  std::vector<UnruledForms> unruled;
};

// Reads everything into `book`; nothing if there is no store. Returns nullopt, or one line that
// says why the store could not be read, with the file's name.
std::optional<std::string> read_rules(const std::filesystem::path& file, RuleBook& book);

}  // namespace cardmute::store
