// Tests which extension a person gets: from the table, the CSV file, the environment or the
// person's answer, and which of them wins.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "config/extension_choice.hpp"
#include "config/extension_table.hpp"
#include "config/load.hpp"
#include "environment.hpp"
#include "temporary_folder.hpp"

namespace cardmute::config {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

class Extensions : public ::testing::Test {
 protected:
  Extensions() {
    sources_.machine = folder_.path() / "etc/config.json";
    sources_.user = folder_.path() / "home/config.json";
    sources_.machine_writers = platform::Writers::anybody;
    sources_.login = "agent1";
  }
  // Writes the machine's file with these members in its section `voicenter`.
  void machine(const std::string& members, const std::string& more = "") {
    folder_.write("etc/config.json", R"({"voicenter": {)" + members + "}" + more + "}");
  }
  void user(const std::string& text) { folder_.write("home/config.json", text); }
  std::string csv(const std::string& text) {
    return folder_.write("etc/agents.csv", text).generic_string();
  }
  void machine_with_csv(const std::string& text, const std::string& more = "") {
    machine(R"("extensions": {"file": ")" + csv(text) + R"("})" + more);
  }
  void log_in(const std::string& login) { sources_.login = login; }
  [[nodiscard]] Loaded loaded() const { return load(sources_); }
  Sources& sources() { return sources_; }
  test::TemporaryFolder& folder() { return folder_; }

  void expect(const std::string& extension, ExtensionSource source, const std::string& where) {
    const Loaded result = loaded();
    ASSERT_TRUE(result.config.has_value()) << result.errors.at(0).text();
    EXPECT_EQ(result.config->account->settings.extension, extension);
    EXPECT_EQ(name_of(result.config->extension_from.source), std::string(name_of(source)));
    EXPECT_THAT(result.config->extension_from.where, HasSubstr(where));
  }
  // Expects exactly one error, with this place and these words.
  void expect_error(const std::string& place, const std::string& words) {
    const Loaded result = loaded();
    ASSERT_FALSE(result.config.has_value()) << result.config->account->settings.extension;
    ASSERT_EQ(result.errors.size(), 1U) << result.errors.at(0).text();
    EXPECT_THAT(result.errors[0].text(), HasSubstr(place));
    EXPECT_THAT(result.errors[0].text(), HasSubstr(words));
    EXPECT_THAT(result.errors[0].message, HasSubstr("Expected: "));
  }

 private:
  test::TemporaryFolder folder_;
  Sources sources_;
};

// The log-in and the table may encode an accent differently. That must not silently give anybody
// the shared extension, or another person's.
TEST_F(Extensions, ALogInThatOnlyLooksLikeARowIsAMistakeThatNamesTheLine) {
  machine_with_csv("agent1,API1API\njose\u0301,API2API\n");
  log_in("jos\u00e9");
  expect_error("agents.csv: line 2: ", "may look the same");
  machine("\"extension\": \"shared\", \"extensions\": {\"jose\u0301\": \"API2API\"}");
  expect_error("voicenter.extensions", "may look the same");
  log_in("jose\u0301");
  expect("API2API", ExtensionSource::table, "config.json");
  log_in("agent3");
  expect("shared", ExtensionSource::machine, "config.json");
}

TEST_F(Extensions, OfATableAreFoundByTheLogIn) {
  machine(R"("extensions": {"agent1": "API1API", "CORP\\agent2": "API2API"})");
  expect("API1API", ExtensionSource::table, "for agent1");
  log_in("AGENT1");
  expect("API1API", ExtensionSource::table, "config.json");
  for (const char* login : {"agent2", "CORP\\agent2", "agent2@corp.example.com"}) {
    log_in(login);
    expect("API2API", ExtensionSource::table, "config.json");
  }
  log_in("SHOP\\agent2");
  expect_error("voicenter.extensions", "no row for the log-in");
}

TEST_F(Extensions, OfAFileAreFoundByTheLogInWithItsLine) {
  machine_with_csv("log-in,extension\nagent1,API1API\nagent2,API2API\n");
  expect("API1API", ExtensionSource::file, "agents.csv, line 2");
  log_in("agent2");
  expect("API2API", ExtensionSource::file, "agents.csv, line 3");
}

TEST_F(Extensions, OfAFileMayBeWrittenByAnySpreadsheet) {
  machine_with_csv(
      "\xEF\xBB\xBF\"agent0\" , \"API0\"\r\n\r\n agent1 , API1API \r\n\"ag\"\"x\",X\r\n");
  expect("API1API", ExtensionSource::file, "line 3");
  EXPECT_THAT(loaded().warnings, IsEmpty());
}

TEST_F(Extensions, PreferTheLogInsOwnDomain) {
  machine_with_csv("agent1,PLAIN\nCORP\\agent1,CORP1\nSHOP\\agent1,SHOP1\n");
  expect("PLAIN", ExtensionSource::file, "line 1");
  log_in("CORP\\agent1");
  expect("CORP1", ExtensionSource::file, "line 2");
  log_in("agent1@shop.example.com");
  expect("SHOP1", ExtensionSource::file, "line 3");
}

TEST_F(Extensions, OfTwoDomainsAreAmbiguousForALogInWithoutOne) {
  machine_with_csv("CORP\\agent1,CORP1\nSHOP\\agent1,SHOP1\n");
  expect_error("agents.csv: line 2", "both fit the log-in");
}

// The person's own choice, if allowed, wins over the table. The table wins over `extension`.
TEST_F(Extensions, OfThePersonWinOverTheTableAndTheTableOverTheRest) {
  machine(R"("extension": "ALL", "extensions": {"agent1": "TABLE"})");
  expect("TABLE", ExtensionSource::table, "");
  log_in("agent9");
  expect("ALL", ExtensionSource::machine, "config.json");
  user(R"({"voicenter": {"extension": "OWN"}})");
  expect("OWN", ExtensionSource::user, "home/config.json");
  log_in("agent1");
  expect("OWN", ExtensionSource::user, "home/config.json");
  machine(R"("extension": "ALL", "extensions": {"agent1": "TABLE"})", R"(, "user_may_set": [])");
  expect("TABLE", ExtensionSource::table, "");
}

TEST_F(Extensions, OfATableWinInAFileThatIsAlone) {
  user(R"({"voicenter": {"extension": "ALL", "extensions": {"agent1": "TABLE"}}})");
  expect("TABLE", ExtensionSource::table, "");
  log_in("agent9");
  expect("ALL", ExtensionSource::user, "home/config.json");
}

TEST_F(Extensions, MayComeFromTheEnvironment) {
  machine(R"("extension": {"env": "CARDMUTE_TEST_EXTENSION"})");
  test::unset_variable("CARDMUTE_TEST_EXTENSION");
  expect_error("voicenter.extension.env", "in the environment's CARDMUTE_TEST_EXTENSION");
  test::set_variable("CARDMUTE_TEST_EXTENSION", "ENV1");
  expect("ENV1", ExtensionSource::env, "CARDMUTE_TEST_EXTENSION");
  test::set_variable("CARDMUTE_TEST_EXTENSION", " ENV1");
  expect_error("voicenter.extension.env", "a blank at the start or end");
  test::unset_variable("CARDMUTE_TEST_EXTENSION");
  machine(R"("extension": {"env": "NOT A NAME"})");
  expect_error("voicenter.extension.env", "the name of a variable");
}

// A timer or an administrator does not have the environment of the person's browser.
TEST_F(Extensions, OfAnEnvironmentThatIsNotKnownStayEmpty) {
  constexpr const char* kVariable = "CARDMUTE_TEST_EXTENSION";
  const std::string named = R"("extension": {"env": "CARDMUTE_TEST_EXTENSION"})";
  constexpr const char* kUnknown = "CARDMUTE_TEST_EXTENSION of the person";
  for (const auto need : {ExtensionNeed::unless_in_environment,
                          ExtensionNeed::unless_variable_missing, ExtensionNeed::none}) {
    sources().need = need;
    test::unset_variable(kVariable);
    machine(named);
    expect("", ExtensionSource::env, kUnknown);
    machine(named + R"(, "extensions": {"agent1": "TABLE"})");
    expect("TABLE", ExtensionSource::table, "");
    machine(named + R"(, "extensions": {"agent9": "TABLE"})");
    expect("", ExtensionSource::env, kUnknown);
    machine(R"("extension": {"env": "NOT A NAME"})");
    expect_error("voicenter.extension.env", "the name of a variable");
    test::set_variable(kVariable, "ENV1");
    machine(named);
    const bool is_anothers = need == ExtensionNeed::unless_in_environment;
    expect(is_anothers ? "" : "ENV1", ExtensionSource::env, "");
  }
  test::unset_variable(kVariable);
  sources().need = ExtensionNeed::unless_in_environment;
  machine(R"("extension": "ALL")");
  user(R"({"voicenter": {"extension": {"env": "CARDMUTE_TEST_EXTENSION"}}})");
  expect("", ExtensionSource::env, "home/config.json");
  machine(R"("extensions": {"agent9": "TABLE"})");
  user("{}");
  expect_error("voicenter.extensions", "no row for the log-in");
}

TEST_F(Extensions, ThatNobodyNeedsAreNotGuessed) {
  sources().need = ExtensionNeed::none;
  machine(R"("extensions": {"agent9": "TABLE"})");
  expect("", ExtensionSource::machine, "");
  machine_with_csv("CORP\\agent1,CORP1\nSHOP\\agent1,SHOP1\n");
  expect("", ExtensionSource::machine, "");
  machine(R"("extension": "ALL", "extensions": {"agent1": 7})");
  expect("", ExtensionSource::machine, "");
  folder().write("etc/config.json", "{}");
  expect_error("voicenter.extension", "missing");
}

// A malformed row that may be this person's is an error, reported with its line. Malformed rows of
// others are only warnings.
TEST_F(Extensions, OfAMalformedRowAreAnErrorForWhomeverItMayConcern) {
  const std::vector<std::pair<std::string, std::string>> cases{
      {"agent1", "found one column"},
      {"agent1;API1API", "a semicolon"},
      {"agent1,API1API,Dana", "found 3 columns"},
      {"agent1,", "found no extension"},
      {",API1API", "found no log-in"},
      {"\"agent1,API1API", "a quote that is not closed"},
      {"\"agent1\"x,API1API", "text after a closing quote"},
      {"agent\"1,API1API", "a quote inside a field"},
      {"agent1,API1\xE2\x80\x8E", "an invisible character"},
      {"agent1," + std::string(65, 'x'), "a longer extension"}};
  for (const auto& [row, words] : cases) {
    machine_with_csv("agent2,API2API\n" + row + "\nagent3,API3API\n");
    log_in("agent1");
    expect_error("agents.csv: line 2", words);
    log_in("agent3");
    expect("API3API", ExtensionSource::file, "line 3");
    ASSERT_EQ(loaded().warnings.size(), 1U) << row;
    EXPECT_THAT(loaded().warnings[0].text(), HasSubstr("agents.csv: ignored: line 2: "));
  }
}

TEST_F(Extensions, ThatAppearTwiceAreAnErrorForThisLogInOnly) {
  machine_with_csv("agent1,ONE\nagent2,TWO\nAgent1,OTHER\n");
  expect_error("agents.csv: line 3", "both fit the log-in");
  log_in("agent2");
  expect("TWO", ExtensionSource::file, "line 2");
  ASSERT_EQ(loaded().warnings.size(), 1U);
  EXPECT_THAT(loaded().warnings[0].text(),
              HasSubstr("ignored: line 3: the log-in \"Agent1\" appears twice, first on line 1"));
}

TEST_F(Extensions, AreFoundWhateverTheLetterCaseAlsoBeyondASCII) {
  log_in("jürgen");
  machine_with_csv("JÜRGEN,ONE\n");
  expect("ONE", ExtensionSource::file, "line 1");
  machine_with_csv("JÜRGEN,ONE\nJürgen,OTHER\n");
  expect_error("agents.csv: line 2", "both fit the log-in");
}

TEST_F(Extensions, OfALastLineWithoutALineBreakMayBeCutOff) {
  machine_with_csv("agent2,API2API\nagent1,API1");
  expect_error("agents.csv: line 2", "may be cut off");
  log_in("agent2");
  expect("API2API", ExtensionSource::file, "line 1");
}

// A table that was cut off after its heading must not give everyone the shared extension.
TEST_F(Extensions, OfATableWithoutARowAreNobodysSharedOne) {
  machine_with_csv("log-in,extension\n", R"(, "extension": "SHARED")");
  expect_error("voicenter.extensions", "no row");
}

TEST_F(Extensions, OfAFileThatCannotBeUsedNameTheFile) {
  machine_with_csv("");
  expect_error("agents.csv", "empty");
  machine_with_csv(std::string(kMaxTable_bytes + 1, 'x'));
  expect_error("agents.csv", "at most 1024 KiB");
  machine_with_csv("agent1,\xFF\n");
  expect_error("agents.csv", "not UTF-8");
  machine_with_csv(std::string("a\0g,e\0n\n", 8));
  expect_error("agents.csv", "not UTF-8");
  const std::string nowhere = (folder().path() / "nowhere/agents.csv").generic_string();
  machine(R"("extensions": {"file": ")" + nowhere + R"("})");
  expect_error(nowhere, "cannot be read");
  machine(R"("extensions": {"file": ")" + folder().path().generic_string() + R"("})");
  expect_error(folder().path().generic_string(), "a folder");
  machine(R"("extensions": {"file": "agents.csv"})");
  expect_error("voicenter.extensions.file", "relative path");
  // If the person has made a choice, no table is needed.
  machine(R"("extensions": {"file": ")" + nowhere + R"("})");
  user(R"({"voicenter": {"extension": "OWN"}})");
  expect("OWN", ExtensionSource::user, "");
}

TEST_F(Extensions, OfAGroupAreCheckedLikeAFile) {
  machine(R"("extensions": {"agent1": 5, "agent2": "API2API"})");
  expect_error("voicenter.extensions", "found a number for");
  log_in("agent2");
  expect("API2API", ExtensionSource::table, "");
  machine(R"("extensions": ["agent1"])");
  expect_error("voicenter.extensions", "a list");
  machine(R"("extensions": {"agent1": "ONE", "AGENT1": "TWO"})");
  log_in("agent1");
  expect_error("voicenter.extensions", "both fit the log-in");
}

TEST_F(Extensions, OfAFileAreReadAgainWhenItChanges) {
  machine_with_csv("agent1,API1API\n");
  const auto before = fingerprint(sources(), loaded().named_files);
  csv("agent1,API1API\nagent2,API2API\n");
  EXPECT_NE(fingerprint(sources(), loaded().named_files), before);
}

TEST_F(Extensions, ThatThePersonHasAnsweredAreKeptBesideTheUsersFile) {
  machine(R"("extensions": {"agent2": "API2API"})");
  EXPECT_TRUE(loaded().may_set_extension);
  EXPECT_FALSE(loaded().config.has_value());
  EXPECT_EQ(keep_asked_extension(sources(), "API7API"), std::nullopt);
  expect("API7API", ExtensionSource::user, "extension.json");
  EXPECT_TRUE(loaded().may_set_extension);
  const auto before = fingerprint(sources(), {});
  EXPECT_EQ(keep_asked_extension(sources(), "API8API9"), std::nullopt);
  EXPECT_NE(fingerprint(sources(), {}), before);
  expect("API8API9", ExtensionSource::user, "extension.json");
}

TEST_F(Extensions, ThatThePersonMayNotSetAreNotKept) {
  machine(R"("extensions": {"agent2": "API2API"})", R"(, "user_may_set": [])");
  EXPECT_FALSE(loaded().may_set_extension);
  EXPECT_EQ(keep_asked_extension(sources(), "API7API")->code, ErrorCode::bad_request);
  folder().write("home/extension.json", R"({"extension": "API7API"})");
  EXPECT_FALSE(loaded().config.has_value());
  EXPECT_THAT(loaded().warnings.at(0).text(), HasSubstr("extension.json: extension: ignored"));
}

TEST_F(Extensions, ThatThePersonHasWrittenByHandAreNotReplaced) {
  machine(R"("timeout_ms": 500)");
  user(R"({"voicenter": {"extension": "OWN"}} // by hand)");
  EXPECT_FALSE(loaded().may_set_extension);
  EXPECT_EQ(keep_asked_extension(sources(), "API7API")->code, ErrorCode::bad_request);
  expect("OWN", ExtensionSource::user, "home/config.json");
}

TEST_F(Extensions, OfAVariableInTheUsersFileArePreferredToTheAnswer) {
  machine(R"("extension": "ALL")");
  EXPECT_EQ(keep_asked_extension(sources(), "API7API"), std::nullopt);
  user(R"({"voicenter": {"extension": {"env": "CARDMUTE_TEST_EXTENSION"}}})");
  test::set_variable("CARDMUTE_TEST_EXTENSION", "ENV1");
  expect("ENV1", ExtensionSource::env, "home/config.json");
  EXPECT_FALSE(loaded().may_set_extension);
  EXPECT_EQ(keep_asked_extension(sources(), "API8API")->code, ErrorCode::bad_request);
  test::unset_variable("CARDMUTE_TEST_EXTENSION");
  expect("API7API", ExtensionSource::user, "extension.json");
  sources().need = ExtensionNeed::unless_in_environment;
  expect("", ExtensionSource::env, "home/config.json");
  // The person's answer is preferred to the machine's variable.
  sources().need = ExtensionNeed::required;
  machine(R"("extension": {"env": "CARDMUTE_TEST_EXTENSION"})");
  user("{}");
  test::set_variable("CARDMUTE_TEST_EXTENSION", "ENV1");
  expect("API7API", ExtensionSource::user, "extension.json");
  test::unset_variable("CARDMUTE_TEST_EXTENSION");
}

TEST_F(Extensions, OfAMalformedAnswerAreIgnoredOrRefused) {
  machine(R"("extension": "ALL")");
  for (const char* text : {"{", "[]", R"({"extension": 5})", "{}"}) {
    folder().write("home/extension.json", text);
    expect("ALL", ExtensionSource::machine, "");
    EXPECT_THAT(loaded().warnings.at(0).text(), HasSubstr("extension.json")) << text;
  }
  for (const char* answer : {"", " API", "A\nB"}) {
    EXPECT_EQ(keep_asked_extension(sources(), answer)->code, ErrorCode::bad_request);
  }
}

TEST_F(Extensions, AreNotAskedForWhileSomethingElseIsWrong) {
  machine(R"("timeout_ms": "fast")");
  EXPECT_FALSE(loaded().may_set_extension);
}

}  // namespace
}  // namespace cardmute::config
