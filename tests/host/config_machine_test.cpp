// Tests that the machine's file always applies. No mistake in the user's file takes anything from
// it, and environment variables replace it only if it sets `environment_may`.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

#include "config/load.hpp"
#include "platform/paths.hpp"
#include "temporary_folder.hpp"

namespace cardmute::config {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr const char* kMachine = R"({
  "voicenter": {"extension": "machine", "timeout_ms": 3000},
  "policy": {"sites": ["https://crm.example.com/*"], "interlock": "block"},
  "user_may_set": ["voicenter", "policy"]})";

class MachineFile : public ::testing::Test {
 protected:
  MachineFile() {
    sources_.machine = folder_.path() / "etc/config.json";
    sources_.user = folder_.path() / "home/config.json";
    sources_.machine_writers = platform::Writers::anybody;
    machine(kMachine);
  }
  void machine(const std::string& text) { folder_.write("etc/config.json", text); }
  void user(const std::string& text) { folder_.write("home/config.json", text); }
  [[nodiscard]] Loaded loaded() const { return load(sources_); }
  Sources& sources() { return sources_; }
  test::TemporaryFolder& folder() { return folder_; }

  // Expects the configuration of `kMachine`, unchanged by the user's file.
  void expect_machine_holds(const Loaded& result) {
    ASSERT_TRUE(result.config.has_value()) << result.errors.at(0).text();
    EXPECT_EQ(result.config->account->settings.extension, "machine");
    EXPECT_EQ(result.config->account->settings.timeout_ms, 3000);
    EXPECT_THAT(result.config->policy.sites, ElementsAre("https://crm.example.com/*"));
    EXPECT_EQ(result.config->policy.interlock, Interlock::block);
    EXPECT_TRUE(result.config->account->settings.ca_file.empty());
    EXPECT_FALSE(result.config->account->lists_calls());
    EXPECT_FALSE(result.config->account->settings.by_call);
  }
  static std::vector<std::string> keys_of(const std::vector<Problem>& problems) {
    std::vector<std::string> keys;
    for (const Problem& problem : problems) keys.push_back(problem.key);
    return keys;
  }

 private:
  test::TemporaryFolder folder_;
  Sources sources_;
};

// What the computer's management provides as the machine's configuration in this test.
std::optional<std::string>& management() {
  static std::optional<std::string> text;
  return text;
}

TEST_F(MachineFile, IsReplacedByWhatTheSystemsManagementHolds) {
  management() = R"({"voicenter": {"extension": "managed"}})";
  sources().managed = [] { return management(); };
  sources().machine = "HKLM/Software/Policies/CardMute";
  user(R"({"policy": {"grace_ms": 1}})");
  const Loaded result = loaded();
  ASSERT_TRUE(result.config.has_value()) << result.errors.at(0).text();
  EXPECT_EQ(result.config->account->settings.extension, "managed");
  EXPECT_TRUE(result.machine_file);
  EXPECT_THAT(keys_of(result.warnings), ElementsAre("policy.grace_ms"));
  const std::string before = fingerprint(sources(), {});
  management() = R"({"voicenter": {"extension": "other"}})";
  EXPECT_NE(fingerprint(sources(), {}), before);
  management() = "{";
  ASSERT_FALSE(loaded().errors.empty());
  EXPECT_EQ(loaded().errors[0].file, sources().machine);
  management().reset();
  EXPECT_FALSE(loaded().machine_file);
}

TEST_F(MachineFile, HoldsWhateverIsWrongWithTheUsersFileAsAWhole) {
  const std::vector<std::pair<std::string, std::string>> cases{
      {"{", "line 1"},
      {"", "JSON"},
      {"[]", "a list"},
      {"\xff\xfe{", "UTF-8"},
      {"{\"voicenter\": \"\xc3\x28\"}", "UTF-8"},
      {std::string(kMaxFile_bytes + 1, ' '), "too large"},
      {std::string(100, '[') + std::string(100, ']'), "inside each other"},
      {R"({"voicenter": {"timeout_ms": 1e999}})", "number"}};
  for (const auto& [text, words] : cases) {
    user(text);
    const Loaded result = loaded();
    expect_machine_holds(result);
    ASSERT_EQ(result.warnings.size(), 1U) << text.substr(0, 40);
    EXPECT_EQ(result.warnings[0].file, sources().user);
    EXPECT_THAT(result.warnings[0].message, HasSubstr(words));
    EXPECT_THAT(result.warnings[0].message, HasSubstr("ignored"));
  }
}

TEST_F(MachineFile, HoldsWhereTheUsersFileIsAFolderOrCannotBeRead) {
  std::filesystem::create_directories(sources().user);
  Loaded result = loaded();
  expect_machine_holds(result);
  EXPECT_THAT(result.warnings.at(0).message, HasSubstr("a folder"));
  std::filesystem::remove(sources().user);
  std::filesystem::create_symlink("config.json", sources().user);
  result = loaded();
  expect_machine_holds(result);
  EXPECT_THAT(result.warnings.at(0).message, HasSubstr("cannot be read"));
}

TEST_F(MachineFile, EachWrongKeyOfTheUserIsAWarningAndTheOthersCount) {
  user(R"({"voicenter": {"extension": 5, "timeout_ms": "fast", "reassert_ms": 1500, "nonsense": 1,
                         "ca_file": "/nowhere", "active_calls": {"url": "https://v.example/c"}},
           "policy": {"sites": ["https://other.example/*", "crm"], "interlock": "loud",
                      "grace_ms": 77},
           "poliy": {"grace_ms": 5}, "environment_may": true, "log": "both"})");
  const Loaded result = loaded();
  expect_machine_holds(result);
  EXPECT_EQ(result.config->log, LogPlace::file);
  EXPECT_EQ(result.config->account->settings.reassert_ms, 1500);
  EXPECT_EQ(result.config->policy.grace_ms, 77);
  EXPECT_THAT(keys_of(result.warnings),
              ::testing::UnorderedElementsAre(
                  "voicenter.extension", "voicenter.timeout_ms", "voicenter.nonsense",
                  "voicenter.ca_file", "voicenter.active_calls.code", "policy.sites[1]",
                  "policy.interlock", "poliy", "environment_may", "log"));
}

TEST_F(MachineFile, HoldsForAKeyThatTheUserGivesTwice) {
  user(R"({"voicenter": {"extension": "one", "extension": "two", "reassert_ms": 1500}})");
  const Loaded result = loaded();
  expect_machine_holds(result);
  EXPECT_EQ(result.config->account->settings.reassert_ms, 1500);
  EXPECT_THAT(keys_of(result.warnings), ElementsAre("voicenter.extension"));
}

TEST_F(MachineFile, HoldsIfTheUsersKeysContradictEachOther) {
  user(R"({"voicenter": {"target": "call"}})");
  const Loaded result = loaded();
  expect_machine_holds(result);
  EXPECT_THAT(keys_of(result.warnings), ElementsAre("voicenter.target"));
}

TEST_F(MachineFile, TargetAndActiveCallsOfTheUserAreTakenTogether) {
  machine(R"({"user_may_set": ["voicenter"], "voicenter": {"extension": "machine", "target": "call",
    "active_calls": {"url": "https://v.example/c", "code": "c"}}})");
  user(R"({"voicenter": {"active_calls": null, "target": "extension"}})");
  Loaded result = loaded();
  ASSERT_TRUE(result.config.has_value());
  EXPECT_TRUE(result.warnings.empty());
  EXPECT_FALSE(result.config->account->lists_calls());
  EXPECT_FALSE(result.config->account->settings.by_call);
  // If the user's file sets only one of `target` and `active_calls`, that key is ignored, and
  // neither value changes.
  user(R"({"voicenter": {"active_calls": null, "timeout_ms": 300}})");
  result = loaded();
  ASSERT_TRUE(result.config.has_value());
  EXPECT_THAT(keys_of(result.warnings), ElementsAre("voicenter.target"));
  EXPECT_TRUE(result.config->account->lists_calls());
  EXPECT_TRUE(result.config->account->settings.by_call);
  EXPECT_EQ(result.config->account->settings.timeout_ms, 300);
}

TEST_F(MachineFile, SaysWhyTheUsersExtensionIsMissingAndKeepsItsPolicy) {
  machine(R"({"policy": {"sites": ["https://crm.example.com/*"]}})");
  user("{");
  const Loaded result = loaded();
  EXPECT_FALSE(result.config.has_value());
  EXPECT_THAT(keys_of(result.errors), ElementsAre("voicenter.extension"));
  EXPECT_THAT(result.errors[0].message, HasSubstr(sources().user.string() + ": ignored: line 1"));
  ASSERT_TRUE(result.policy.has_value()) << "forms must still be found";
  EXPECT_THAT(result.policy->sites, ElementsAre("https://crm.example.com/*"));
}

TEST_F(MachineFile, WithAMistakeInItselfIsNotUsed) {
  machine("{");
  user(R"({"voicenter": {"extension": "user"}})");
  const Loaded result = loaded();
  EXPECT_FALSE(result.config.has_value());
  EXPECT_FALSE(result.policy.has_value());
}

TEST_F(MachineFile, HoldsAndAtMostAHundredProblemsAreListed) {
  std::string text = "{";
  for (int i = 0; i < 5000; ++i) text += (i == 0 ? "\"k" : ", \"k") + std::to_string(i) + "\": 1";
  user(text + "}");
  const Loaded result = loaded();
  expect_machine_holds(result);
  EXPECT_EQ(result.warnings.size(), kMaxProblems);
  EXPECT_THAT(result.warnings.back().message, HasSubstr("more problems"));
}

TEST_F(MachineFile, OverridesTheEnvironment) {
  sources().only = folder().write("only.json", R"({"voicenter": {"extension": "only"}})");
  sources().state = folder().path() / "state";
  for (const bool said : {false, true}) {
    if (said) machine(std::string(kMachine).insert(1, R"("environment_may": false, )"));
    const Loaded result = loaded();
    expect_machine_holds(result);
    EXPECT_FALSE(result.environment_counts);
    EXPECT_THAT(result.ignored_variables, ElementsAre("CARDMUTE_CONFIG", "CARDMUTE_STATE_DIR"));
    EXPECT_THAT(keys_of(result.warnings), ElementsAre("environment_may", "environment_may"));
    EXPECT_THAT(result.warnings[0].message, HasSubstr("CARDMUTE_CONFIG is set and ignored"));
    EXPECT_NE(state_directory(sources()), *sources().state);
  }
  machine("{");
  EXPECT_FALSE(loaded().config.has_value()) << "a broken file allows nothing";
  EXPECT_NE(state_directory(sources()), *sources().state);
}

TEST_F(MachineFile, MayLetTheEnvironmentDecide) {
  machine(R"({"environment_may": true, "voicenter": {"extension": "machine"},
              "allowed_callers": ["pay@crm.example"]})");
  sources().only = folder().write("only.json", R"({"voicenter": {"extension": "only"},
      "environment_may": false, "allowed_callers": ["evil@crm.example"]})");
  sources().state = folder().path() / "state";
  const Loaded result = loaded();
  ASSERT_TRUE(result.config.has_value());
  EXPECT_EQ(result.config->account->settings.extension, "only");
  EXPECT_THAT(result.files_read, ElementsAre(*sources().only));
  EXPECT_THAT(result.ignored_variables, IsEmpty());
  EXPECT_THAT(result.allowed_callers, ElementsAre("pay@crm.example"));
  EXPECT_EQ(state_directory(sources()), *sources().state);
}

TEST_F(MachineFile, IsOptional) {
  std::filesystem::remove(sources().machine);
  sources().only = folder().write("only.json", R"({"voicenter": {"extension": "only"}})");
  sources().state = folder().path() / "state";
  EXPECT_EQ(loaded().config.value().account->settings.extension, "only");
  EXPECT_EQ(state_directory(sources()), *sources().state);
  user("{");
  sources().only.reset();
  EXPECT_FALSE(loaded().config.has_value()) << "the user's file is the only one";
}

TEST_F(MachineFile, IsCheckedAgainEvenIfTheEnvironmentNamesAnother) {
  sources().only = folder().write("only.json", "{}");
  const std::string before = fingerprint(sources(), {});
  machine("{ }");
  EXPECT_NE(before, fingerprint(sources(), {}));
}

TEST_F(MachineFile, ThatIsABrokenLinkIsAMistakeAndNotAMissingFile) {
  std::filesystem::remove(sources().machine);
  user(R"({"voicenter": {"extension": "user"}})");
  EXPECT_TRUE(loaded().config.has_value());
  std::filesystem::create_symlink("missing.json", sources().machine);
  EXPECT_FALSE(loaded().config.has_value());
  std::filesystem::remove_all(sources().machine.parent_path());
  std::filesystem::create_directory_symlink("missing", sources().machine.parent_path());
  EXPECT_FALSE(loaded().config.has_value());
}

TEST_F(MachineFile, UsersFileThatOthersCanWriteIsUsedWithAWarning) {
  user(R"({"voicenter": {"reassert_ms": 1500}})");
  std::filesystem::permissions(sources().user, static_cast<std::filesystem::perms>(0666));
  const Loaded result = loaded();
  ASSERT_TRUE(result.config.has_value());
  EXPECT_EQ(result.config->account->settings.reassert_ms, 1500);
  ASSERT_EQ(result.warnings.size(), 1U);
  EXPECT_TRUE(result.warnings[0].in_force);
  EXPECT_THAT(result.warnings[0].text(), HasSubstr("used, although others could change it"));
}

TEST_F(MachineFile, NamesACaFileThatOthersCanWrite) {
  if (!platform::is_administrator()) GTEST_SKIP() << "needs root";
  sources().machine_writers = platform::Writers::root;
  const auto file =
      folder().write("ca.pem", "-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n");
  machine(R"({"voicenter": {"extension": "a", "ca_file": ")" + file.string() + R"("}})");
  EXPECT_THAT(loaded().warnings, IsEmpty());
  std::filesystem::permissions(file, static_cast<std::filesystem::perms>(0666));
  const Loaded result = loaded();
  EXPECT_TRUE(result.config.has_value());
  EXPECT_THAT(keys_of(result.warnings), ElementsAre("voicenter.ca_file"));
  EXPECT_THAT(result.warnings[0].message, HasSubstr("sudo chmod go-w " + file.string()));
}

TEST_F(MachineFile, NamesThePersonsFilesThatOthersCanWriteOrRead) {
  sources().login = "agent";
  const auto ca =
      folder().write("ca.pem", "-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n");
  const auto code = folder().write("code", "C0DE\n");
  const auto table = folder().write("agents.csv", "agent,API1API\n");
  const auto proof = folder().write(
      "proof.json",
      R"({"at": "2026-11-21T10:00:00.000Z", "url": "https://monapisec.voicenter.co.il/Comet/API/MuteUnmuteCalls", "state": "1", "method": "listened"})");
  user(R"({"voicenter": {"ca_file": ")" + ca.string() + R"(", "extensions": {"file": ")" +
       table.string() + R"("}, "proof": {"file": ")" + proof.string() +
       R"("}, "active_calls": {"url": "https://a.example", "code": {"file": ")" + code.string() +
       R"("}}}})");
  const auto set_modes = [&](int mode) {
    for (const auto& file : {ca, code, table, proof}) {
      std::filesystem::permissions(file, static_cast<std::filesystem::perms>(mode));
    }
  };
  set_modes(0600);
  EXPECT_THAT(loaded().warnings, IsEmpty());
  set_modes(0666);
  std::filesystem::permissions(folder().path(), static_cast<std::filesystem::perms>(0755));
  const Loaded result = loaded();
  EXPECT_TRUE(result.config.has_value());
  EXPECT_THAT(
      keys_of(result.warnings),
      ElementsAre("voicenter.ca_file", "voicenter.active_calls.code", "voicenter.active_calls.code",
                  "voicenter.extensions.file", "voicenter.proof.file"));
  EXPECT_THAT(result.warnings.at(2).message, HasSubstr("do: chmod 600 " + code.string()));
}

TEST_F(MachineFile, ThatHasTheCodeItselfIsNamedIfEverybodyCanReadIt) {
  if (!platform::is_administrator()) GTEST_SKIP() << "needs root";
  sources().machine_writers = platform::Writers::root;
  machine(
      R"({"voicenter": {"extension": "a", "active_calls": {"url": "https://a.example", "code": "C"}}})");
  std::filesystem::permissions(sources().machine, static_cast<std::filesystem::perms>(0644));
  std::filesystem::permissions(folder().path(), static_cast<std::filesystem::perms>(0700));
  EXPECT_THAT(loaded().warnings, IsEmpty()) << "others cannot enter the test's folder";
  std::filesystem::permissions(folder().path(), static_cast<std::filesystem::perms>(0755));
  const Loaded result = loaded();
  EXPECT_THAT(keys_of(result.warnings), ElementsAre("voicenter.active_calls.code"));
  EXPECT_THAT(result.warnings.at(0).message, HasSubstr("sudo chgrp GROUP"));
}

TEST(ConfigurationTexts, AreReadInsteadOfFiles) {
  const std::map<std::filesystem::path, std::string> texts{
      {"/etc/m.json", kMachine}, {"/home/u.json", R"({"policy": {"grace_ms": 5}})"}};
  Sources sources;
  sources.machine = "/etc/m.json";
  sources.user = "/home/u.json";
  sources.texts = &texts;
  const Loaded result = load(sources);
  ASSERT_TRUE(result.config.has_value());
  EXPECT_EQ(result.config->policy.grace_ms, 5);
}

constexpr const char* kOfCompany = "chrome-extension://abcdefghijklmnopabcdefghijklmnop/";

// Tests the callers that a package allows in a file of its own.
class PackagedCallers : public MachineFile {
 protected:
  void packaged(const std::string& text) {
    sources().packaged_callers = folder().path() / "share/callers.json";
    folder().write("share/callers.json", text);
  }
};

TEST_F(PackagedCallers, AreAllowedBesidesThoseOfTheMachinesFile) {
  machine(R"({"voicenter": {"extension": "machine"}, "allowed_callers": ["addon@example.com"]})");
  packaged(R"({"allowed_callers": [")" + std::string(kOfCompany) + R"(", "addon@example.com"]})");
  const Loaded result = loaded();
  EXPECT_THAT(result.allowed_callers, ElementsAre("addon@example.com", kOfCompany));
  EXPECT_THAT(result.errors, IsEmpty());
  EXPECT_THAT(result.warnings, IsEmpty());
}

TEST_F(PackagedCallers, AreAllowedEvenWithoutAConfiguration) {
  sources().machine = folder().path() / "etc/none.json";
  packaged(R"({"allowed_callers": [")" + std::string(kOfCompany) + R"("]})");
  EXPECT_THAT(loaded().allowed_callers, ElementsAre(kOfCompany));
}

TEST_F(PackagedCallers, AreIgnoredWithAWarningIfTheFileIsWrong) {
  for (const char* text : {"no JSON", "{}", R"({"allowed_callers": "all"})",
                           R"({"allowed_callers": ["chrome-extension://short/"]})"}) {
    packaged(text);
    const Loaded result = loaded();
    EXPECT_THAT(result.allowed_callers, IsEmpty()) << text;
    EXPECT_THAT(result.errors, IsEmpty()) << text;
    ASSERT_EQ(result.warnings.size(), 1U) << text;
    EXPECT_THAT(result.warnings[0].text(), HasSubstr("callers.json")) << text;
  }
}

TEST_F(PackagedCallers, CannotChangeAnythingElse) {
  packaged(R"({"voicenter": {"extension": "theirs"}, "allowed_callers": []})");
  expect_machine_holds(loaded());
}

}  // namespace
}  // namespace cardmute::config
