// Tests the result of a valid configuration, and how the machine's and the user's files are
// combined.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "config/callers.hpp"
#include "config/load.hpp"
#include "temporary_folder.hpp"
#include "voicenter/account.hpp"

namespace cardmute::config {
namespace {

// An empty DER sequence in PEM. It passes as a certificate, because only the format is checked.
constexpr const char* kCertificate =
    "-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n";

using ::testing::ElementsAre;
using ::testing::HasSubstr;

class ConfigurationFiles : public ::testing::Test {
 protected:
  ConfigurationFiles() {
    sources_.machine = folder_.path() / "etc/config.json";
    sources_.user = folder_.path() / "home/config.json";
    sources_.machine_writers = platform::Writers::anybody;
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

// Returns the account of a result that has a configuration with Voicenter as its provider.
const voicenter::Account& account_of(const Loaded& result) {
  return dynamic_cast<const voicenter::Account&>(*result.config.value().account);
}

TEST_F(ConfigurationFiles, ExtensionAloneIsEnough) {
  user(R"({"voicenter": {"extension": "API1API"}} // the rest has defaults)");
  const Loaded result = loaded();
  ASSERT_TRUE(result.config.has_value());
  EXPECT_EQ(result.config->account->settings.extension, "API1API");
  EXPECT_TRUE(account_of(result).mute_api.post);
  EXPECT_EQ(result.config->account->settings.timeout_ms, 2000);
  EXPECT_FALSE(result.config->account->lists_calls());
  EXPECT_TRUE(result.warnings.empty());
  EXPECT_THAT(result.files_read, ElementsAre(sources().user));
}

TEST_F(ConfigurationFiles, EveryValueArrives) {
  const std::string ca = folder().write("ca.pem", kCertificate).generic_string();
  const std::string code = folder().write("code", "S3cretC0de\n").generic_string();
  user(
      R"({"voicenter": {"mute_url": "http://127.9.8.7:81/mute", "method": "GET", "extension": "שלוחה",
    "target": "call", "mute_state": "0", "timeout_ms": 100, "reassert_ms": 60000, "reassert_live_ms": 50000,
    "realtime": {"login_url": "http://127.0.0.1:9/Login", "email": "dana@example.com", "pin": {"file": ")" +
      code + R"("}, "url": "https://m.example"},
    "active_calls": {"url": "https://[2001:db8::1]/calls", "code": {"file": ")" +
      code + R"("}}, "ca_file": ")" + ca + R"(", "proxy": "http://user:word@proxy.example:3128/"},
    "policy": {"sites": ["https://crm.example.com/*", "*://*.example.org/pay/*", "http://*/*"],
    "rules": [], "interlock": "off", "interlock_timeout_ms": 30000, "premute": false,
    "on_browser_gone": "stay-muted", "grace_ms": 0,
    "allow_record_override": true, "idle_minutes": 480, "on_idle": "resume",
    "manual_mute_minutes": 1, "form_mute_minutes": 0, "agent_may_correct": "both", "alert_sound": true}})");
  const Loaded result = loaded();
  ASSERT_TRUE(result.config.has_value()) << result.errors.at(0).text();
  const voicenter::Account& account = account_of(result);
  EXPECT_EQ(account.mute_api.url, "http://127.9.8.7:81/mute");
  EXPECT_FALSE(account.mute_api.post);
  EXPECT_TRUE(account.settings.by_call);
  EXPECT_EQ(account.settings.extension, "שלוחה");
  EXPECT_EQ(account.mute_api.mute_state, "0");
  EXPECT_EQ(account.settings.timeout_ms, 100);
  EXPECT_EQ(account.settings.reassert_ms, 60'000);
  EXPECT_EQ(account.active_calls->url, "https://[2001:db8::1]/calls");
  EXPECT_EQ(account.active_calls->code, "");
  EXPECT_EQ(account.active_calls->code_file, code);
  EXPECT_EQ(account.settings.reassert_live_ms, 50'000);
  EXPECT_EQ(account.realtime->login_url, "http://127.0.0.1:9/Login");
  EXPECT_EQ(account.realtime->email, "dana@example.com");
  EXPECT_EQ(account.realtime->pin, "");
  EXPECT_EQ(account.realtime->pin_file, code);
  EXPECT_EQ(account.realtime->url, "https://m.example");
  EXPECT_EQ(account.settings.ca_file, ca);
  EXPECT_EQ(account.settings.proxy, "http://user:word@proxy.example:3128/");
  EXPECT_EQ(to_json(result.config->policy), nlohmann::json::parse(R"({
    "sites": ["https://crm.example.com/*", "*://*.example.org/pay/*", "http://*/*"],
    "rules": [], "interlock": "off", "interlock_timeout_ms": 30000, "premute": false,
    "on_browser_gone": "stay-muted", "grace_ms": 0,
    "allow_record_override": true, "idle_minutes": 480, "on_idle": "resume",
    "manual_mute_minutes": 1, "form_mute_minutes": 0, "agent_may_correct": "both", "alert_sound": true})"));
}

TEST_F(ConfigurationFiles, BlockIsAcceptedWithoutAWarning) {
  user(R"({"voicenter": {"extension": "a"}, "policy": {"interlock": "block"}})");
  const Loaded result = loaded();
  ASSERT_TRUE(result.config.has_value());
  EXPECT_EQ(result.config->policy.interlock, Interlock::block);
  EXPECT_EQ(result.config->policy.interlock_timeout_ms, 1500);
  EXPECT_TRUE(result.config->policy.premute);
  EXPECT_TRUE(result.warnings.empty());
}

TEST_F(ConfigurationFiles, WithoutAnyFileBothPathsAreNamed) {
  const Loaded result = loaded();
  ASSERT_EQ(result.errors.size(), 1U);
  EXPECT_THAT(result.errors[0].text(), HasSubstr(sources().machine.string()));
  EXPECT_THAT(result.errors[0].text(), HasSubstr(sources().user.string()));
  EXPECT_THAT(result.errors[0].text(), HasSubstr("config.example.jsonc"));
  EXPECT_TRUE(result.files_read.empty());
}

TEST_F(ConfigurationFiles, OnlyTheNamedFileIsRead) {
  user("not JSON");
  sources().only = folder().write("only.json", R"({"voicenter": {"extension": "only"}})");
  EXPECT_EQ(account_of(loaded()).settings.extension, "only");
  sources().only = folder().path() / "gone.json";
  EXPECT_THAT(loaded().errors.at(0).text(), HasSubstr("there is no such file"));
}

TEST_F(ConfigurationFiles, UserMaySetTheExtensionAndNothingElseByDefault) {
  machine(R"({"voicenter": {"timeout_ms": 3000}})");
  user(
      R"({"voicenter": {"extension": "mine", "timeout_ms": 100, "proxy": 7}, "policy": {"sites": 7}})");
  const Loaded result = loaded();
  ASSERT_TRUE(result.config.has_value());
  EXPECT_EQ(result.config->account->settings.extension, "mine");
  EXPECT_EQ(result.config->account->settings.timeout_ms, 3000);
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
  EXPECT_EQ(result.config->account->settings.extension, "theirs");
  EXPECT_EQ(result.config->account->settings.proxy, "http://proxy.example");
  EXPECT_EQ(result.config->policy.grace_ms, 5);
  EXPECT_THAT(keys_of(result.warnings), ElementsAre("voicenter.extension"));
}

TEST_F(ConfigurationFiles, UserMayNotBeGivenUnknownKeysOrTheMachinesOwn) {
  machine(
      R"({"voicenter": {"extension": "a"}, "user_may_set": ["policy", "voicenter.nonsense", "allowed_callers"]})");
  EXPECT_THAT(keys_of(loaded().errors), ElementsAre("user_may_set[1]", "user_may_set[2]"));
}

TEST_F(ConfigurationFiles, MissingExtensionIsReportedWithTheFilesThatMayHaveIt) {
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
  std::filesystem::remove(sources().machine);
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

TEST_F(ConfigurationFiles, MachineFileThatOthersCanWriteIsRefusedAndTheUsersDoesNotReplaceIt) {
  machine(R"({"voicenter": {"extension": "a"}})");
  user(R"({"voicenter": {"extension": "b"}})");
  sources().machine_writers = platform::Writers::root;
  std::filesystem::permissions(sources().machine, static_cast<std::filesystem::perms>(0666));
  const Loaded result = loaded();
  EXPECT_FALSE(result.config.has_value());
  EXPECT_THAT(result.errors.at(0).text(), HasSubstr("refused"));
  EXPECT_THAT(result.errors.at(0).text(), HasSubstr("do: sudo ch"));
}

TEST_F(ConfigurationFiles, VariablesThatLookRightButLeadElsewhereAreRejected) {
  user(R"({"voicenter": {"extension": "a"}})");
  for (const auto& [path, words] : {std::pair{"/home/agent/state\u200e", "U+200E, as character 18"},
                                    std::pair{"/home/agent/state ", "a blank at the start or end"},
                                    std::pair{"/home/agent/~/state", "~, which a shell"}}) {
    sources().state = path;
    const Loaded result = loaded();
    EXPECT_FALSE(result.config.has_value()) << path;
    EXPECT_THAT(result.errors.at(0).text(), HasSubstr("CARDMUTE_STATE_DIR: found "));
    EXPECT_THAT(result.errors.at(0).text(), HasSubstr(words));
  }
  sources().state = "/home/agent/state";
  EXPECT_TRUE(loaded().config.has_value());
  sources().only = folder().write("co\u2060nfig.json", R"({"voicenter": {"extension": "a"}})");
  EXPECT_THAT(loaded().errors.at(0).text(), HasSubstr("CARDMUTE_CONFIG: found an invisible"));
}

TEST_F(ConfigurationFiles, FingerprintChangesWithEveryFile) {
  const std::string nothing = fingerprint(sources(), {});
  EXPECT_EQ(nothing, fingerprint(sources(), {}));
  user("{}");
  const std::string with_user = fingerprint(sources(), {});
  EXPECT_NE(nothing, with_user);
  machine("{}");
  const std::string with_machine = fingerprint(sources(), {});
  EXPECT_NE(with_user, with_machine);
  machine("{ }");
  EXPECT_NE(with_machine, fingerprint(sources(), {}));
}

TEST(Callers, AreAcceptedOnlyAsBrowsersWriteThem) {
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
