// Tests `voicenter.proof`, the result of a test call that a configuration states.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "agent/carried_proof.hpp"
#include "config/load.hpp"
#include "temporary_folder.hpp"

namespace cardmute::config {
namespace {

using ::testing::HasSubstr;

constexpr const char* kProof =
    R"({"at": "2026-11-21T10:00:00.123Z", "url": "https://voice.example/mute", "state": "1",
        "method": "active_calls", "action_id": "14d3", "by": "root@pilot"})";

class ProofInConfiguration : public ::testing::Test {
 protected:
  Loaded load_with(const std::string& proof, const std::string& more = "") {
    const auto file = folder_.write(
        "config.json",
        R"({"voicenter": {"extension": "API1API", "mute_url": "https://voice.example/mute", "proof": )" +
            proof + more + "}}");
    return load({file, "", ""});
  }
  test::TemporaryFolder& folder() { return folder_; }

 private:
  test::TemporaryFolder folder_;
};

TEST_F(ProofInConfiguration, CountsForItsUrlAndState) {
  const auto proof = agent::carried_proof(*load_with(kProof).config);
  ASSERT_TRUE(proof.has_value());
  EXPECT_TRUE(proof->passed);
  EXPECT_EQ(format_utc(proof->at), "2026-11-21T10:00:00.123Z");
  EXPECT_EQ(proof->method, "active_calls");
}

TEST_F(ProofInConfiguration, DoesNotCountForAnotherUrlOrState) {
  EXPECT_FALSE(agent::carried_proof(*load_with(kProof, R"(, "mute_state": "0")").config));
  std::string elsewhere = kProof;
  elsewhere.replace(elsewhere.find("voice.example"), 13, "other.example");
  EXPECT_FALSE(agent::carried_proof(*load_with(elsewhere).config));
}

TEST_F(ProofInConfiguration, MayBeInAFileOfItsOwn) {
  const auto file = folder().path() / "proof.json";
  const std::string name = R"({"file": ")" + file.generic_string() + R"("})";
  Loaded missing = load_with(name);
  EXPECT_FALSE(agent::carried_proof(missing.config.value()).has_value());
  EXPECT_THAT(missing.warnings.at(0).message, HasSubstr("there is no file"));
  EXPECT_THAT(missing.named_files, ::testing::Contains(file.generic_string()));
  folder().write("proof.json", kProof);
  EXPECT_TRUE(agent::carried_proof(*load_with(name).config).has_value());
}

TEST_F(ProofInConfiguration, ThatIsMalformedIsIgnoredWithAWarningThatSaysWhatWasExpected) {
  const std::vector<std::pair<std::string, std::string>> cases{
      {"true", "write-proof"},
      {"{}", "missing"},
      {R"({"at": "yesterday", "url": "https://a.example/", "state": "1", "method": "listened"})",
       "a time in UTC"},
      {R"({"at": "2026-13-21T10:00:00.123Z", "url": "https://a.example/", "state": "1",
          "method": "listened"})",
       "a time in UTC"},
      {R"({"at": "2026-11-21T10:00:00.123Z", "url": "https://a.example/", "state": "1",
          "method": "guessed"})",
       "\"active_calls\" or \"listened\""},
      {R"({"when": 1})", "unknown key"}};
  for (const auto& [proof, words] : cases) {
    const Loaded result = load_with(proof);
    ASSERT_TRUE(result.config.has_value()) << proof;
    EXPECT_FALSE(result.config->proof.has_value()) << proof;
    EXPECT_THAT(result.warnings.at(0).key, HasSubstr("voicenter.proof"));
    EXPECT_THAT(result.warnings.at(0).message, HasSubstr("ignored: "));
    EXPECT_THAT(result.warnings.at(0).message, HasSubstr(words));
  }
}

TEST_F(ProofInConfiguration, IsHiddenByALaterTestCallThatFailed) {
  const auto carried = agent::carried_proof(*load_with(kProof).config);
  store::Proof later = *carried;
  later.at += UtcTime{1};
  later.passed = false;
  EXPECT_FALSE(agent::newer(later, carried)->passed);
  later.at -= UtcTime{2};
  EXPECT_TRUE(agent::newer(later, carried)->passed);
  EXPECT_EQ(agent::newer(std::nullopt, carried), carried);
  EXPECT_EQ(agent::newer(std::nullopt, std::nullopt), std::nullopt);
}

}  // namespace
}  // namespace cardmute::config
