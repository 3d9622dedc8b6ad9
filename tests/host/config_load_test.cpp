// What a right configuration becomes, and how the machine's and the user's files go together.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "config/callers.hpp"
#include "config/load.hpp"
#include "temporary_folder.hpp"

namespace cardmute::config {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::optional<std::string> trusted(const std::filesystem::path& /*file*/) { return std::nullopt; }
std::optional<std::string> loose(const std::filesystem::path& /*file*/) {
  return "anybody can write it; do: chmod";
}

class ConfigurationFiles : public ::testing::Test {
 protected:
  ConfigurationFiles() {
    sources_.machine = folder_.path() / "etc/config.json";
    sources_.user = folder_.path() / "home/config.json";
    sources_.loose = trusted;
  }
  void machine(const std::string& text) { folder_.write("etc/config.json", text); }
  void user(const std::string& text) { folder_.write("home/config.json", text); }
  [[nodiscard]] Loaded loaded() const { return load(sources_); }
  Sources& sources() { return sources_; }
  test::TemporaryFolder& folder() { return folder_; }

 private:
  test::TemporaryFolder folder_;
  Sources sources_;
};

std::vector<std::string> keys_of(const std::vector<Problem>& problems) {
  std::vector<std::string> keys;
  for (const Problem& problem : problems) {
    keys.push_back(problem.key);
  }
  return keys;
}

TEST_F(ConfigurationFiles, ExtensionAloneIsEnough) {
  user(R"({"voicenter": {"extension": "API1API"}} // the rest has defaults)");
  const Loaded result = loaded();
  ASSERT_TRUE(result.config.has_value());
  EXPECT_EQ(result.config->voicenter.extension, "API1API");
  EXPECT_TRUE(result.config->voicenter.post);
  EXPECT_EQ(result.config->voicenter.timeout_ms, 2000);
  EXPECT_FALSE(result.config->voicenter.active_calls.has_value());
  EXPECT_TRUE(result.warnings.empty());
  EXPECT_THAT(result.files_read, ElementsAre(sources().user));
}

TEST_F(ConfigurationFiles, EveryValueArrives) {
  const std::string ca = folder().write("ca.pem", "").string();
  const std::string code = folder().write("code", "S3cretC0de\n").string();
  user(
      R"({"voicenter": {"mute_url": "http://127.9.8.7:81/mute", "method": "GET", "extension": "שלוחה",
    "target": "call", "mute_state": "0", "timeout_ms": 100, "reassert_ms": 60000,
    "active_calls": {"url": "https://[2001:db8::1]/calls", "code": {"file": ")" +
      code + R"("}}, "ca_file": ")" + ca + R"(", "proxy": "http://user:word@proxy.example:3128/"},
    "policy": {"sites": ["https://crm.example.com/*", "*://*.example.org/pay/*", "http://*/*"],
    "rules": [], "interlock": "off", "interlock_timeout_ms": 30000, "premute": false,
    "on_browser_gone": "stay-muted", "grace_ms": 0,
    "allow_record_override": true, "idle_minutes": 480, "on_idle": "resume",
    "manual_mute_minutes": 1}})");
  const Loaded result = loaded();
  ASSERT_TRUE(result.config.has_value()) << result.errors.at(0).text();
  const Voicenter& voicenter = result.config->voicenter;
  EXPECT_EQ(voicenter.mute_url, "http://127.9.8.7:81/mute");
  EXPECT_FALSE(voicenter.post);
  EXPECT_TRUE(voicenter.by_call);
  EXPECT_EQ(voicenter.extension, "שלוחה");
  EXPECT_EQ(voicenter.mute_state, "0");
  EXPECT_EQ(voicenter.timeout_ms, 100);
  EXPECT_EQ(voicenter.reassert_ms, 60'000);
  EXPECT_EQ(voicenter.active_calls->url, "https://[2001:db8::1]/calls");
  EXPECT_EQ(voicenter.active_calls->code, "");
  EXPECT_EQ(voicenter.active_calls->code_file, code);
  EXPECT_EQ(voicenter.ca_file, ca);
  EXPECT_EQ(voicenter.proxy, "http://user:word@proxy.example:3128/");
  EXPECT_EQ(to_json(result.config->policy), nlohmann::json::parse(R"({
    "sites": ["https://crm.example.com/*", "*://*.example.org/pay/*", "http://*/*"],
    "rules": [], "interlock": "off", "interlock_timeout_ms": 30000, "premute": false,
    "on_browser_gone": "stay-muted", "grace_ms": 0,
    "allow_record_override": true, "idle_minutes": 480, "on_idle": "resume",
    "manual_mute_minutes": 1})"));
}

TEST_F(ConfigurationFiles, BlockIsTakenWithoutAWarning) {
  user(R"({"voicenter": {"extension": "a"}, "policy": {"interlock": "block"}})");
  const Loaded result = loaded();
  ASSERT_TRUE(result.config.has_value());
  EXPECT_EQ(result.config->policy.interlock, Interlock::block);
  EXPECT_EQ(result.config->policy.interlock_timeout_ms, 1500);
  EXPECT_TRUE(result.config->policy.premute);
  EXPECT_TRUE(result.warnings.empty());
}

TEST_F(ConfigurationFiles, WithNoneBothPlacesAreNamed) {
  const Loaded result = loaded();
  ASSERT_EQ(result.errors.size(), 1U);
  EXPECT_THAT(result.errors[0].text(), HasSubstr(sources().machine.string()));
  EXPECT_THAT(result.errors[0].text(), HasSubstr(sources().user.string()));
  EXPECT_THAT(result.errors[0].text(), HasSubstr("config.example.jsonc"));
  EXPECT_TRUE(result.files_read.empty());
}

TEST_F(ConfigurationFiles, OnlyOneIsReadWhenOneIsNamed) {
  machine("not JSON");
  user("not JSON");
  sources().only = folder().write("only.json", R"({"voicenter": {"extension": "only"}})");
  EXPECT_EQ(loaded().config.value_or(Config{}).voicenter.extension, "only");
  sources().only = folder().path() / "gone.json";
  EXPECT_THAT(loaded().errors.at(0).text(), HasSubstr("there is no such file"));
}

TEST_F(ConfigurationFiles, UserMaySetTheExtensionAndNothingElseByDefault) {
  machine(R"({"voicenter": {"timeout_ms": 3000}})");
  user(
      R"({"voicenter": {"extension": "mine", "timeout_ms": 100, "proxy": 7}, "policy": {"sites": 7}})");
  const Loaded result = loaded();
  ASSERT_TRUE(result.config.has_value());
  EXPECT_EQ(result.config->voicenter.extension, "mine");
  EXPECT_EQ(result.config->voicenter.timeout_ms, 3000);
  EXPECT_THAT(
      keys_of(result.warnings),
      ::testing::UnorderedElementsAre("voicenter.timeout_ms", "voicenter.proxy", "policy.sites"));
  EXPECT_THAT(result.warnings[0].text(), HasSubstr(sources().user.string()));
}

TEST_F(ConfigurationFiles, MachineSaysWhatUserMaySet) {
  machine(
      R"({"voicenter": {"extension": "theirs"}, "user_may_set": ["policy", "voicenter.proxy"]})");
  user(R"({"voicenter": {"extension": "mine", "proxy": "http://proxy.example"},
           "policy": {"grace_ms": 5}})");
  const Loaded result = loaded();
  ASSERT_TRUE(result.config.has_value());
  EXPECT_EQ(result.config->voicenter.extension, "theirs");
  EXPECT_EQ(result.config->voicenter.proxy, "http://proxy.example");
  EXPECT_EQ(result.config->policy.grace_ms, 5);
  EXPECT_THAT(keys_of(result.warnings), ElementsAre("voicenter.extension"));
}

TEST_F(ConfigurationFiles, UserMayBeGivenOnlyWhatThereIs) {
  machine(
      R"({"voicenter": {"extension": "a"}, "user_may_set": ["policy", "voicenter.nonsense", "allowed_callers"]})");
  EXPECT_THAT(keys_of(loaded().errors), ElementsAre("user_may_set[1]", "user_may_set[2]"));
}

TEST_F(ConfigurationFiles, MissingExtensionNamesWhereItMayStand) {
  machine("{}");
  EXPECT_THAT(loaded().errors.at(0).text(), HasSubstr(sources().user.string()));
  machine(R"({"user_may_set": []})");
  const Problem problem = loaded().errors.at(0);
  EXPECT_EQ(problem.file, sources().machine);
  EXPECT_THAT(problem.message, ::testing::Not(HasSubstr(sources().user.string())));
}

TEST_F(ConfigurationFiles, OnlyTheMachineNamesFurtherCallers) {
  const std::string callers =
      R"("allowed_callers": ["chrome-extension://abcdefghijklmnopabcdefghijklmnop/", "pay@crm.example"])";
  machine(R"({"voicenter": {"extension": "a"}, )" + callers + "}");
  user("{" + callers + R"(, "user_may_set": ["policy"]})");
  const Loaded both = loaded();
  EXPECT_EQ(both.config.value_or(Config{}).allowed_callers.size(), 2U);
  EXPECT_THAT(keys_of(both.warnings),
              ::testing::UnorderedElementsAre("allowed_callers", "user_may_set"));
  sources().only =
      folder().write("only.json", R"({"voicenter": {"extension": "a"}, )" + callers + "}");
  const Loaded only = loaded();
  ASSERT_TRUE(only.config.has_value());
  EXPECT_TRUE(only.config->allowed_callers.empty());
  EXPECT_THAT(keys_of(only.warnings), ElementsAre("allowed_callers"));
}

TEST_F(ConfigurationFiles, FurtherCallersAreKnownWithoutAnExtension) {
  machine(R"({"allowed_callers": ["pay@crm.example"]})");
  const Loaded result = loaded();
  EXPECT_FALSE(result.config.has_value());
  EXPECT_THAT(result.allowed_callers, ElementsAre("pay@crm.example"));
}

TEST_F(ConfigurationFiles, OneWrongCallerIsAnError) {
  machine(R"({"voicenter": {"extension": "a"}, "allowed_callers": ["chrome-extension://abc/"]})");
  EXPECT_THAT(keys_of(loaded().errors), ElementsAre("allowed_callers[0]"));
}

TEST_F(ConfigurationFiles, LooseMachineFileIsRefusedAndTheUsersDoesNotReplaceIt) {
  machine(R"({"voicenter": {"extension": "a"}})");
  user(R"({"voicenter": {"extension": "b"}})");
  sources().loose = loose;
  const Loaded result = loaded();
  EXPECT_FALSE(result.config.has_value());
  EXPECT_THAT(result.errors.at(0).text(), HasSubstr("refused"));
  EXPECT_THAT(result.errors.at(0).text(), HasSubstr("chmod"));
  EXPECT_TRUE(result.files_read.empty());
}

TEST_F(ConfigurationFiles, FingerprintMovesWithEveryFile) {
  const std::string nothing = fingerprint(sources());
  EXPECT_EQ(nothing, fingerprint(sources()));
  user("{}");
  const std::string with_user = fingerprint(sources());
  EXPECT_NE(nothing, with_user);
  machine("{}");
  const std::string with_machine = fingerprint(sources());
  EXPECT_NE(with_user, with_machine);
  machine("{ }");
  EXPECT_NE(with_machine, fingerprint(sources()));
}

TEST(Callers, AreTakenOnlyAsBrowsersWriteThem) {
  EXPECT_TRUE(is_chromium_caller("chrome-extension://abcdefghijklmnopabcdefghijklmnop/"));
  EXPECT_FALSE(is_chromium_caller("chrome-extension://abcdefghijklmnopabcdefghijklmnop"));
  EXPECT_FALSE(is_chromium_caller("chrome-extension://abcdefghijklmnopabcdefghijklmnoq/"));
  EXPECT_FALSE(is_chromium_caller("chrome-extension://*/"));
  EXPECT_TRUE(is_firefox_caller("{7d1f5c0e-6c1b-4f0a-9c53-2a1d0e8b4a77}"));
  EXPECT_TRUE(is_firefox_caller("name@example.com"));
  EXPECT_FALSE(is_firefox_caller("{7d1f5c0e-6c1b-4f0a-9c53-2a1d0e8b4a7}"));
  EXPECT_FALSE(is_firefox_caller("name@"));
  EXPECT_FALSE(is_firefox_caller("na me@example.com"));
}

}  // namespace
}  // namespace cardmute::config
