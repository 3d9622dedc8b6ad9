// Checks of the administrator's rules against what browsers have reported; see check.hpp.
#include <algorithm>

#include "base/plain_text.hpp"
#include "cli/check.hpp"
#include "store/rules.hpp"
#include "store/store.hpp"

namespace cardmute::cli {

namespace {

constexpr const char* kRules = "rules";
constexpr const char* kDrift = "rule drift";
constexpr std::size_t kMaxName_bytes = 300;

std::string plain(const std::string& text) { return plain_text(text, kMaxName_bytes); }

std::string named(const std::string& rule) { return "rule \"" + plain(rule) + "\""; }

std::string times(std::int64_t count, const char* one, const char* many) {
  return std::to_string(count) + (count == 1 ? one : many);
}

std::string drift_text(const store::RuleRecord& record) {
  std::string text = named(record.rule) + " does not match on " + plain(record.origin) +
                     " any more, since " + format_utc(*record.failing_since) +
                     " (it last matched at " + format_utc(*record.matched_at) + "): ";
  if (record.misses > 0) {
    text += times(record.misses, " payment form was", " payment forms were") + " seen without it";
  }
  if (record.passes > 0) {
    text += (record.misses > 0 ? ", " : "") +
            times(record.passes, " page went by", " pages went by") + " without a match";
  }
  return text;
}

}  // namespace

std::vector<Check> check_rules(const Context& context, const config::Config& config) {
  const auto& rules = config.policy.rules;
  if (rules.empty()) return {};
  std::vector<Check> checks;
  store::RuleBook book;
  // check_store() reports a store that cannot be read.
  static_cast<void>(store::read_rules(store::store_file(context.state_directory), book));
  for (const auto& record : book.rules) {
    const auto rule = std::ranges::find(rules, record.rule, &config::Rule::name);
    if (rule == rules.end()) continue;
    if (record.drifted_at) {
      checks.push_back(warned(kDrift, drift_text(record),
                              "look whether that page has changed, and correct the rule in "
                              "policy.rules; its next match there ends this warning"));
    }
    // If the rule was changed since the rejection, the browser may accept it now.
    if (record.invalid_at && record.invalid_definition == config::digest_of(*rule)) {
      checks.push_back(warned(kRules,
                              "the browser refuses a selector of " + named(record.rule) + " on " +
                                  plain(record.origin) + ", last at " +
                                  format_utc(*record.invalid_at),
                              "correct its CSS selectors in policy.rules"));
    }
  }
  const std::string all = config::digest_of(rules);
  for (const auto& unruled : book.unruled) {
    if (unruled.definition != all) continue;
    checks.push_back(noted(
        kRules, times(unruled.forms, " payment form was", " payment forms were") + " seen on " +
                    plain(unruled.origin) + " on pages that no rule covers, since " +
                    format_utc(unruled.since) + ", last at " + format_utc(unruled.last_at) +
                    "; the built-in recognition found them"));
  }
  const bool well = std::ranges::none_of(
      checks, [](const Check& check) { return check.verdict == Verdict::warning; });
  if (well) checks.push_back(passed(kRules, std::to_string(rules.size()) + " in policy.rules"));
  return checks;
}

}  // namespace cardmute::cli
