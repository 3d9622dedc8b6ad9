// What the administrator's rules have found, for each rule and origin: counts, and no page's
// content. run/ writes it through store.hpp, cli/ reads it here.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "protocol/rule_event.hpp"
#include "protocol/status.hpp"

namespace cardmute::store {

// A rule that once matched on an origin has drifted when its page went by so often without it.
inline constexpr int kPassesBeforeDrift = 20;
// Or when so many payment forms were seen without it. One is none: a page may have an ordinary form
// besides what the rule is for. A match in between starts both counts anew.
inline constexpr int kMissesBeforeDrift = 3;
// Rows of rules and origins; those of which nothing was heard for longest go first.
inline constexpr int kMaxRuleOrigins = 1000;
// The same of origins on which forms were seen that no rule covers.
inline constexpr int kMaxUnruledOrigins = 200;
// Reports that wait to be written; the oldest are dropped for newer ones.
inline constexpr std::size_t kMaxWaitingReports = 256;

// One report of the extension, of a rule that the configuration has.
struct RuleReport {
  protocol::RuleEvent event = protocol::RuleEvent::passed;
  std::string rule;        // empty for RuleEvent::unruled
  std::string definition;  // the digest of the rule as it is now; for unruled of all rules
  std::string origin;
  protocol::UtcTime at{};
};

// What is known of a rule on an origin.
struct RuleRecord {
  std::string rule;
  std::string origin;
  std::optional<protocol::UtcTime> matched_at;  // the last time
  // Since the last match.
  std::int64_t passes = 0;
  std::int64_t misses = 0;
  std::optional<protocol::UtcTime> failing_since;  // the first of them
  std::optional<protocol::UtcTime> drifted_at;     // nothing: it has not
  // The definition that a browser last refused, and when.
  std::string invalid_definition;
  std::optional<protocol::UtcTime> invalid_at;
};

// Payment forms on pages that no rule covers, where there are rules for others.
struct UnruledForms {
  std::string origin;
  std::string definition;  // of all rules at that time
  std::int64_t forms = 0;
  protocol::UtcTime since{};
  protocol::UtcTime last_at{};
};

struct RuleBook {
  std::vector<RuleRecord> rules;
  std::vector<UnruledForms> unruled;
};

// Nothing: it was read (and is empty where there is no store); else why not, one line with the
// file's name.
std::optional<std::string> read_rules(const std::filesystem::path& file, RuleBook& book);

}  // namespace cardmute::store
