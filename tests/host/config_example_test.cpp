// Tests that the example and the schema that are shipped agree with the loader.
#include <gtest/gtest.h>

#include <set>
#include <sstream>
#include <string>

#include "config/keys.hpp"
#include "config/load.hpp"
#include "source_folder.hpp"
#include "temporary_folder.hpp"
#include "voicenter/account.hpp"

namespace cardmute::config {
namespace {

using nlohmann::json;

const std::filesystem::path kManifests = test::source_folder() / "manifests";

json schema() { return json::parse(test::read_text(kManifests / "config/config.schema.json")); }

// Resolves a part of the schema: a reference becomes its definition, a choice becomes the object
// among its alternatives, and a list becomes its items.
json resolved(const json& part) {
  if (part.contains("$ref")) {
    return resolved(schema().at(json::json_pointer(part["$ref"].get<std::string>().substr(1))));
  }
  for (const json& choice : part.value("oneOf", json::array())) {
    if (auto found = resolved(choice); found.contains("properties")) return found;
  }
  return part.contains("items") ? resolved(part["items"]) : part;
}

void collect(const json& part, const std::string& prefix, std::set<std::string>& keys) {
  EXPECT_EQ(part.value("additionalProperties", true), false) << prefix;
  for (const auto& [name, property] : part.at("properties").items()) {
    const std::string key = prefix.empty() ? name : prefix + "." + name;
    keys.insert(key);
    // These values may also be objects that name a file or a variable, or a table. Keys of these
    // objects are not keys of the configuration.
    const bool is_value = name == "code" || name == "extension" || name == "extensions" ||
                          name == "pin" || name == "token";
    if (const json inner = resolved(property); inner.contains("properties") && !is_value) {
      collect(inner, key, keys);
    }
  }
}

TEST(ExampleConfiguration, LoadsAsItIs) {
  Sources sources;
  sources.only = kManifests / "config/config.example.jsonc";
  const Loaded loaded = load(sources);
  ASSERT_TRUE(loaded.config.has_value()) << loaded.errors.at(0).text();
  EXPECT_TRUE(loaded.warnings.empty());
  EXPECT_EQ(loaded.config->policy.sites.size(), 1U);
}

TEST(ExampleConfiguration, NamesEveryKey) {
  const std::string text = test::read_text(kManifests / "config/config.example.jsonc");
  for (const std::string& key : known_keys()) {
    const std::string name = key.substr(key.rfind('.') + 1);
    EXPECT_NE(text.find("\"" + name + "\":"), std::string::npos) << key;
  }
}

TEST(ConfigurationSchema, HasTheLoadersKeys) {
  const auto known = known_keys();
  std::set<std::string> keys;
  collect(schema(), "", keys);
  EXPECT_EQ(keys, std::set<std::string>(known.begin(), known.end()));
}

TEST(ConfigurationSchema, HasTheLoadersDefaults) {
  const json properties = schema()["properties"];
  const json policy = to_json(Policy{});
  for (const auto& [name, value] : policy.items()) {
    EXPECT_EQ(properties["policy"]["properties"][name]["default"], value) << name;
  }
  const voicenter::Account defaults;
  const json& voicenter = properties["voicenter"]["properties"];
  EXPECT_EQ(voicenter["mute_url"]["default"], defaults.mute_api.url);
  EXPECT_EQ(voicenter["method"]["default"], defaults.mute_api.post ? "POST" : "GET");
  EXPECT_EQ(voicenter["mute_state"]["default"], defaults.mute_api.mute_state);
  EXPECT_EQ(voicenter["timeout_ms"]["default"], defaults.settings.timeout_ms);
  EXPECT_EQ(voicenter["reassert_ms"]["default"], defaults.settings.reassert_ms);
}

TEST(ConfigurationSchema, HasTheLoadersLimits) {
  const json properties = schema()["properties"];
  const json& voicenter = properties["voicenter"]["properties"];
  const json& policy = properties["policy"]["properties"];
  EXPECT_EQ(voicenter["timeout_ms"]["minimum"], kMinTimeout_ms);
  EXPECT_EQ(voicenter["timeout_ms"]["maximum"], kMaxTimeout_ms);
  EXPECT_EQ(voicenter["reassert_ms"]["minimum"], kMinReassert_ms);
  EXPECT_EQ(voicenter["reassert_live_ms"]["minimum"], kMinReassert_ms);
  EXPECT_EQ(voicenter["reassert_live_ms"]["maximum"], kMaxReassert_ms);
  EXPECT_EQ(voicenter["reassert_ms"]["maximum"], kMaxReassert_ms);
  EXPECT_EQ(voicenter["extension"]["oneOf"][0]["maxLength"], kMaxExtension_characters);
  EXPECT_EQ(voicenter["mute_url"]["maxLength"], kMaxText_characters);
  EXPECT_EQ(policy["grace_ms"]["maximum"], kMaxGrace_ms);
  for (const char* key : {"idle_minutes", "manual_mute_minutes"}) {
    EXPECT_EQ(policy[key]["minimum"], kMinIdle_minutes);
    EXPECT_EQ(policy[key]["maximum"], kMaxIdle_minutes);
  }
  EXPECT_EQ(policy["form_mute_minutes"]["minimum"], kNeverTold_minutes);
  EXPECT_EQ(policy["form_mute_minutes"]["maximum"], kMaxIdle_minutes);
  EXPECT_EQ(policy["sites"]["maxItems"], kMaxSites);
  EXPECT_EQ(policy["interlock_timeout_ms"]["minimum"], kMinInterlockTimeout_ms);
  EXPECT_EQ(policy["interlock_timeout_ms"]["maximum"], kMaxInterlockTimeout_ms);
  EXPECT_EQ(properties["allowed_callers"]["maxItems"], kMaxCallers);
}

TEST(ConfigurationSchema, HasTheLoadersLimitsOfRules) {
  const json all = schema();
  const json& rules = all["properties"]["policy"]["properties"]["rules"];
  const json& rule = rules["items"]["properties"];
  EXPECT_EQ(rules["maxItems"], kMaxRules);
  EXPECT_EQ(rule["name"]["maxLength"], kMaxRuleName_characters);
  EXPECT_EQ(rule["match"]["oneOf"][1]["maxItems"], kMaxRuleMatches);
  EXPECT_EQ(rule["ignore"]["oneOf"][2]["maxItems"], kMaxIgnored_selectors);
  const json& shapes = all["$defs"];
  EXPECT_EQ(shapes["conditions"]["oneOf"][1]["maxItems"], kMaxConditions);
  EXPECT_EQ(shapes["selector"]["maxLength"], kMaxSelector_characters);
  EXPECT_EQ(shapes["pattern"]["maxLength"], kMaxText_characters);
  const json text = resolved(shapes["condition"])["properties"]["text"];
  EXPECT_EQ(text["maxLength"], kMaxConditionText_characters);
}

// The example has its rule in a comment, since there is no rule by default.
TEST(ExampleConfiguration, ShowsAValidRule) {
  std::string text = test::read_text(kManifests / "config/config.example.jsonc");
  const auto begin = text.find("    // \"rules\": [{");
  const auto end = text.find("    // }],", begin);
  ASSERT_NE(begin, std::string::npos);
  ASSERT_NE(end, std::string::npos);
  std::string rules;
  std::istringstream lines(text.substr(begin, end - begin) + "    // }]");
  for (std::string line; std::getline(lines, line);)
    rules += line.substr(line.find("//") + 2) + "\n";
  const test::TemporaryFolder folder;
  Sources sources;
  sources.only = folder.write("config.json",
                              R"({"voicenter": {"extension": "a"}, "policy": {)" + rules + "}}");
  const Loaded loaded = load(sources);
  ASSERT_TRUE(loaded.config.has_value()) << loaded.errors.at(0).text();
  EXPECT_EQ(loaded.config->policy.rules.at(0).close.size(), 2U);
}

}  // namespace
}  // namespace cardmute::config
