// Tests the administrator's rules: the result of valid rules, and that a wrong rule is reported
// with its name, its key and what was expected.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <string>
#include <utility>
#include <vector>

#include "config/load.hpp"
#include "config/selector_flaws.hpp"
#include "source_folder.hpp"
#include "temporary_folder.hpp"

namespace cardmute::config {
namespace {

using nlohmann::json;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

Loaded loaded_with(const std::string& rules, const std::string& more = "") {
  const test::TemporaryFolder folder;
  Sources sources;
  sources.only = folder.write("config.json", R"({"voicenter": {"extension": "API1API"},
      "policy": {"rules": )" + rules + more + "}}");
  return load(sources);
}

// A list with one rule, which is valid except perhaps for `members`.
std::string rule_with(const std::string& members) {
  return R"([{"name": "Pay dialog", "match": "https://crm.example.com/*", )" + members + "}]";
}

std::vector<std::string> keys_of(const Loaded& loaded) {
  std::vector<std::string> keys;
  for (const Problem& problem : loaded.errors) keys.push_back(problem.key);
  return keys;
}

std::string quoted(const std::string& text) { return '"' + text + '"'; }

// "[ONE, ONE, …]"
std::string list_of(std::size_t count, const std::string& one) {
  std::string list;
  for (std::size_t i = 0; i < count; ++i) list += (i == 0 ? "" : ",") + one;
  return "[" + list + "]";
}

std::string rules_named_apart(std::size_t count) {
  std::string list;
  for (std::size_t i = 0; i < count; ++i) {
    list += (i == 0 ? "" : ",") + std::string(R"({"name": "rule )") + std::to_string(i) +
            R"(", "match": "https://a.example/*", "ignore": true})";
  }
  return "[" + list + "]";
}

// The rule that tests/contract/protocol.md shows, as an administrator writes it.
TEST(Rules, GoToTheBrowserAsTheContractShows) {
  const Loaded loaded =
      loaded_with(R"([{
      "name": "Pay dialog",
      "match": "https://crm.example.com/*",
      "open": {"selector": "#pay[role=dialog]", "text": "card number"},
      "result": {"approved": ".paid", "declined": {"url": "https://crm.example.com/declined*"}},
      "ignore": "#search"
    }])",
                  R"(, "sites": ["https://crm.example.com/*"], "interlock": "block")");
  ASSERT_TRUE(loaded.config.has_value()) << loaded.errors.at(0).text();
  EXPECT_THAT(loaded.warnings, IsEmpty());
  const json policy = to_json(loaded.config->policy);
  std::ifstream contract(test::source_folder() / "tests/contract/protocol.md");
  bool shown = false;
  for (std::string line; std::getline(contract, line);) {
    const json message = json::parse(line, nullptr, false);
    shown = shown || (message.is_object() && message.value("policy", json()) == policy);
  }
  EXPECT_TRUE(shown) << policy.dump();
}

TEST(Rules, OneValueIsAListOfOne) {
  const Loaded one = loaded_with(rule_with(R"("close": "#done", "ignore": "#search")"));
  const Loaded list = loaded_with(rule_with(R"("close": ["#done"], "ignore": ["#search"])"));
  const Loaded group =
      loaded_with(rule_with(R"("close": [{"selector": "#done"}], "ignore": ["#search"])"));
  ASSERT_TRUE(one.config && list.config && group.config);
  EXPECT_EQ(to_json(one.config->policy), to_json(list.config->policy));
  EXPECT_EQ(to_json(one.config->policy), to_json(group.config->policy));
  const Loaded all = loaded_with(rule_with(R"("ignore": true)"));
  ASSERT_TRUE(all.config.has_value());
  EXPECT_TRUE(all.config->policy.rules.at(0).ignore_all);
}

TEST(Rules, DifferentRulesHaveDifferentDigests) {
  const auto digest = [](const std::string& members) {
    return digest_of(loaded_with(rule_with(members)).config.value().policy.rules.at(0));
  };
  EXPECT_EQ(digest(R"("open": "#pay")"), digest(R"("open": ["#pay"])"));
  EXPECT_NE(digest(R"("open": "#pay")"), digest(R"("open": "#pa")"));
  EXPECT_NE(digest(R"("open": "#pay")"), digest(R"("close": "#pay")"));
}

TEST(Rules, ValuesAtEveryLimitAreAllowed) {
  const std::string name = quoted(std::string(kMaxRuleName_characters, 'n'));
  const Loaded loaded = loaded_with(
      R"([{"name": )" + name + R"(, "match": )" +
      list_of(kMaxRuleMatches, quoted("https://a.example/*")) + R"(, "open": )" +
      list_of(kMaxConditions, R"({"selector": "a", "text": "b"})") + R"(, "close": {"selector": )" +
      quoted(std::string(kMaxSelector_characters, 's')) + R"(, "text": )" +
      quoted(std::string(kMaxConditionText_characters, 't')) + R"(}, "ignore": )" +
      list_of(kMaxIgnored_selectors, quoted("i")) + "}]");
  EXPECT_TRUE(loaded.config.has_value()) << loaded.errors.at(0).text();
  EXPECT_TRUE(loaded_with(rules_named_apart(kMaxRules)).config.has_value());
}

TEST(Rules, AllTextTogetherIsBounded) {
  const auto rules = [](std::size_t bytes) {
    std::string list;
    std::size_t left = bytes;
    for (int i = 10; left > 0; ++i) {
      const std::string start =
          R"({"name": "r)" + std::to_string(i) + R"(", "match": "https://a.example/*", "close": [)";
      left -= std::string("r10https://a.example/*").size();
      std::string selectors;
      for (std::size_t s = 0; s < kMaxConditions && left > 0; ++s) {
        const std::size_t size = std::min(left, kMaxSelector_characters);
        selectors += (s == 0 ? "" : ",") + quoted(std::string(size, 's'));
        left -= size;
      }
      list += (i == 10 ? "" : ",") + start + selectors + "]}";
    }
    return "[" + list + "]";
  };
  EXPECT_TRUE(loaded_with(rules(kMaxRules_bytes)).config.has_value());
  const Loaded over = loaded_with(rules(kMaxRules_bytes + 1));
  ASSERT_THAT(keys_of(over), ElementsAre("policy.rules"));
  EXPECT_THAT(over.errors[0].message, HasSubstr("found 65537 bytes of text. Expected: at most 64"));
}

TEST(Rules, SeveralMistakesAreReportedAtOnce) {
  const Loaded loaded = loaded_with(R"([
      {"name": "Pay dialog", "match": "crm.example.com", "open": {"text": "card"}, "colse": "#x"},
      {"match": "https://a.example/*", "open": "#a(b"},
      {"name": "Pay dialog", "match": "https://a.example/*", "ignore": true},
      7])");
  EXPECT_FALSE(loaded.config.has_value());
  EXPECT_THAT(keys_of(loaded), UnorderedElementsAre("policy.rules[0].match", "policy.rules[0].open",
                                                    "policy.rules[0].colse", "policy.rules[1].name",
                                                    "policy.rules[1].open", "policy.rules[2].name",
                                                    "policy.rules[3]"));
  for (const Problem& problem : loaded.errors) {
    const bool has_name =
        problem.key.starts_with("policy.rules[0]") || problem.key.starts_with("policy.rules[2]");
    EXPECT_THAT(problem.message,
                ::testing::StartsWith(has_name ? "rule \"Pay dialog\": " : "rule number "));
    EXPECT_THAT(problem.message, HasSubstr("Expected: "));
    EXPECT_THAT(problem.text(), HasSubstr("config.json: policy.rules["));
  }
}

TEST(Rules, AWrongRuleIsReportedWithItsKeyAndWhatWasExpected) {
  const std::string long_name = R"([{"name": ")" + std::string(kMaxRuleName_characters + 1, 'n') +
                                R"(", "match": "https://a.example/*", "ignore": true}])";
  const std::string long_selector =
      rule_with(R"("open": ")" + std::string(kMaxSelector_characters + 1, 's') + "\"");
  const std::string long_text =
      rule_with(R"("open": {"selector": "a", "text": ")" +
                std::string(kMaxConditionText_characters + 1, 't') + "\"}");
  const std::string long_url =
      rule_with(R"("open": {"url": "https://a.example/)" + std::string(300, 'u') + "\"}");
  const std::string many_matches = R"([{"name": "a", "ignore": true, "match": )" +
                                   list_of(kMaxRuleMatches + 1, quoted("https://a.example/*")) +
                                   "}]";
  const std::string many_conditions =
      rule_with(R"("open": )" + list_of(kMaxConditions + 1, quoted("a")));
  const std::string many_ignored =
      rule_with(R"("ignore": )" + list_of(kMaxIgnored_selectors + 1, quoted("a")));
  const std::string many_rules = rules_named_apart(kMaxRules + 1);
  const std::string nothing_said = R"([{"name": "a", "match": "https://a.example/*"}])";
  const std::vector<std::pair<std::string, std::pair<const char*, const char*>>> cases{
      {R"("none")", {"policy.rules", "a list of at most 100 rules"}},
      {many_rules, {"policy.rules", "found 101 rules. Expected: a list of at most 100"}},
      {nothing_said, {"policy.rules[0]", "at least one of open, close, result and ignore"}},
      {R"([{"name": "a", "ignore": true}])", {"policy.rules[0].match", "missing"}},
      {R"([{"match": "https://a.example/*", "ignore": true}])",
       {"policy.rules[0].name", "missing"}},
      {long_name, {"policy.rules[0].name", "found 65 characters"}},
      {R"([{"name": 5, "match": "https://a.example/*", "ignore": true}])",
       {"policy.rules[0].name", "rule number 1: found a number"}},
      {R"([{"name": "a", "match": "file:///*", "ignore": true}])",
       {"policy.rules[0].match", "does not start with https://"}},
      {R"([{"name": "a", "match": ["https://a.example/*", 7], "ignore": true}])",
       {"policy.rules[0].match[1]", "found 7"}},
      {R"([{"name": "a", "match": [], "ignore": true}])",
       {"policy.rules[0].match", "a list of 1 to 20"}},
      {many_matches, {"policy.rules[0].match", "found a list of 21"}},
      {rule_with(R"("open": "#a", "opne": "#a")"),
       {"policy.rules[0].opne", "did you mean \"policy.rules.open\"?"}},
      {rule_with(R"("open": {"selctor": "#a"})"),
       {"policy.rules[0].open.selctor", "did you mean \"policy.rules.open.selector\"?"}},
      {rule_with(R"("result": {"aproved": "#a"})"),
       {"policy.rules[0].result.aproved", "did you mean \"policy.rules.result.approved\"?"}},
      {rule_with(R"("open": [])"), {"policy.rules[0].open", "found a list of 0"}},
      {many_conditions, {"policy.rules[0].open", "found a list of 21"}},
      {rule_with(R"("open": 7)"), {"policy.rules[0].open", "found 7. Expected: a CSS selector"}},
      {rule_with(R"("open": ["#a", [] ])"), {"policy.rules[0].open[1]", "found a list"}},
      {rule_with(R"("open": {})"), {"policy.rules[0].open", "an empty group"}},
      {rule_with(R"("open": {"text": "card"})"),
       {"policy.rules[0].open", "text without selector. Expected: selector as well"}},
      {rule_with(R"("open": ["#a", {"selector": ""}])"),
       {"policy.rules[0].open[1].selector", "an empty string"}},
      {long_selector, {"policy.rules[0].open", "found 501 characters"}},
      {long_text, {"policy.rules[0].open.text", "found 501 characters"}},
      {long_url, {"policy.rules[0].open.url", "longer than 256 characters"}},
      {rule_with(R"("close": "#a\n#b")"), {"policy.rules[0].close", "U+000A"}},
      {rule_with(R"("close": "a[b")"), {"policy.rules[0].close", "a [ that is not closed"}},
      {rule_with(R"("result": {})"), {"policy.rules[0].result", "an empty group"}},
      {rule_with(R"("result": "#paid")"), {"policy.rules[0].result", "approved or declined"}},
      {rule_with(R"("result": {"declined": "a,,b"})"),
       {"policy.rules[0].result.declined", "nothing before or after a comma"}},
      {rule_with(R"("ignore": false)"), {"policy.rules[0].ignore", "found false"}},
      {rule_with(R"("ignore": 7)"), {"policy.rules[0].ignore", "found a number"}},
      {many_ignored, {"policy.rules[0].ignore", "found a list of 21"}},
  };
  for (const auto& [rules, expected] : cases) {
    const Loaded loaded = loaded_with(rules);
    EXPECT_FALSE(loaded.config.has_value()) << rules;
    ASSERT_THAT(keys_of(loaded), ElementsAre(expected.first)) << rules;
    EXPECT_THAT(loaded.errors[0].message, HasSubstr(expected.second));
    EXPECT_THAT(loaded.errors[0].message, HasSubstr("Expected: "));
    if (loaded.errors[0].key != "policy.rules") {
      EXPECT_THAT(loaded.errors[0].message, ::testing::StartsWith("rule "));
    }
  }
}

TEST(Selectors, ThatMayBeValidAreAccepted) {
  for (const char* selector :
       {"#pay", "#pay [role=dialog]", "iframe[src^=\"https://pay.example/\"]", "a, b > c ~ d + e",
        ":is(h1, h2):not(.x)", ":is()", "[data-x='{,}']", R"(#a\,b)", R"([title="\""])", "*",
        "שלום", ":nth-child(2n + 1 of li, p)"}) {
    EXPECT_EQ(flaw_of_selector(selector), std::nullopt) << selector;
  }
}

TEST(Selectors, ThatCannotBeValidAreRejectedWithTheReason) {
  const std::vector<std::pair<const char*, const char*>> cases{
      {"a(b", "a ( that is not closed"},
      {"a[b", "a [ that is not closed"},
      {"a)", "a ) without its ("},
      {"(a]", "a ] without its ["},
      {"a]", "a ] without its ["},
      {"[a=\"b]", "a \" that is not closed"},
      {"[a='b\\']", "a ' that is not closed"},
      {",a", "before or after a comma"},
      {"a,", "before or after a comma"},
      {"a, ,b", "before or after a comma"},
      {":is(a,)", "before or after a comma"},
      {":is(,a)", "before or after a comma"},
      {"a{", "a {"},
      {"a { color: red }", "a {"},
      {"}", "a }"},
      {"a\\", "a \\ at its end"},
  };
  for (const auto& [selector, reason] : cases) {
    EXPECT_THAT(flaw_of_selector(selector).value_or("none"), HasSubstr(reason)) << selector;
  }
}

}  // namespace
}  // namespace cardmute::config
