#include <algorithm>
#include <chrono>
#include <iterator>
#include <utility>
#include <vector>

#include "base/correction.hpp"
#include "base/page_origin.hpp"
#include "base/plain_text.hpp"
#include "cli/check.hpp"
#include "cli/corrections.hpp"
#include "config/config.hpp"
#include "config/rules.hpp"
#include "store/ledger.hpp"

namespace cardmute::cli {

namespace {

constexpr const char* kCorrections = "corrections";

// The newest entry for each correction, in the order of the ledger.
std::vector<store::Entry> newest_of_each(const Context& context) {
  std::vector<store::Entry> newest;
  const UtcTime since = context.now().utc - std::chrono::days(kCorrections_days);
  // check_store() reports a store that cannot be read.
  static_cast<void>(store::read_ledger(
      store::store_file(context.state_directory), since, [&newest](const store::Entry& entry) {
        if (entry.kind != store::EntryKind::correction) return;
        std::erase_if(newest, [&entry](const store::Entry& other) {
          return other.command == entry.command && other.detail == entry.detail;
        });
        newest.push_back(entry);
      }));
  return newest;
}

bool is_made(const store::Entry& entry) {
  return entry.outcome == name_in(kCorrectionChanges, CorrectionChange::made);
}

// Whether the configuration has a rule with the same effect. The rule's name may be different.
bool is_pasted(const store::Entry& entry, const std::vector<config::Rule>& rules) {
  const nlohmann::json wanted = rule_json_of(entry);
  if (wanted.is_null()) return false;
  const auto list_of = [&wanted](const char* key) {
    const auto found = wanted.find(key);
    if (found == wanted.end()) return std::vector<std::string>{};
    if (found->is_string()) return std::vector{found->get<std::string>()};
    return found->get<std::vector<std::string>>();
  };
  return std::ranges::any_of(rules, [&](const config::Rule& rule) {
    std::vector<std::string> open;
    std::ranges::transform(rule.open, std::back_inserter(open), &config::Condition::selector);
    return rule.match == list_of("match") && open == list_of("open") &&
           rule.ignore == list_of("ignore");
  });
}

bool is_in_force(const store::Entry& entry, config::AgentMayCorrect policy) {
  if (policy == config::AgentMayCorrect::both) return true;
  return policy == config::AgentMayCorrect::mute &&
         entry.command == name_in(kCorrectionDirections, CorrectionDirection::mute);
}

Check check_of(const store::Entry& entry, const config::Policy& policy) {
  const std::string said = "at " + format_utc(entry.at) + " an agent said that a form on " +
                           plain_text(entry.origin, kMaxOrigin_bytes) + " " + said_of_form(entry);
  const std::string rule = "add to policy.rules: " + rule_text_of(entry);
  if (!is_in_force(entry, policy.agent_may_correct)) {
    return noted(kCorrections, said +
                                   "; it does not count, because policy.agent_may_correct is \"" +
                                   config::name_of(policy.agent_may_correct) + "\"");
  }
  if (entry.command == name_in(kCorrectionDirections, CorrectionDirection::mute)) {
    return noted(kCorrections, said + ", so it mutes in that browser; for everyone, " + rule);
  }
  return warned(kCorrections, said + ", so it does not mute in that browser",
                "look at the form; if the agent is right, " + rule +
                    "; if not, let the agent take it back in the popup");
}

}  // namespace

std::vector<Check> check_corrections(const Context& context, const config::Config& config) {
  auto newest = newest_of_each(context);
  std::erase_if(newest, [&config](const store::Entry& entry) {
    return !is_made(entry) || is_pasted(entry, config.policy.rules);
  });
  std::ranges::reverse(newest);  // now the newest comes first
  std::vector<Check> checks;
  for (const auto& entry : newest) {
    if (checks.size() < kMaxShownCorrections) checks.push_back(check_of(entry, config.policy));
  }
  if (newest.size() > kMaxShownCorrections) {
    checks.push_back(noted(kCorrections, std::to_string(newest.size() - kMaxShownCorrections) +
                                             " more, see: cardmute-host ledger --since " +
                                             std::to_string(kCorrections_days) + "d"));
  }
  return checks;
}

}  // namespace cardmute::cli
