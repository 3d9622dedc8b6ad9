// Tests how a running host reads a configuration that changes, or without the log-in name.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "agent/configuration.hpp"
#include "temporary_folder.hpp"

namespace cardmute::agent {
namespace {

std::string with_row(const std::string& login, const std::string& extension) {
  return R"({"voicenter": {"extensions": {")" + login + R"(": ")" + extension + R"("}}})";
}

TEST(RunningConfiguration, ThatChangesWhileItIsReadIsReadAgain) {
  const test::TemporaryFolder folder;
  config::Sources sources;
  sources.only = folder.write("config.json", with_row("agent", "OLD"));
  int asked = 0;
  sources.find_login = [&]() -> std::optional<std::string> {
    if (++asked == 1) folder.write("config.json", with_row("agent", "NEWER"));
    return "agent";
  };
  Configuration configuration(sources);
  EXPECT_EQ(asked, 2);
  ASSERT_TRUE(configuration.reading().config);
  EXPECT_EQ(configuration.reading().config->account->settings.extension, "NEWER");
  EXPECT_EQ(configuration.look(), Configuration::Look::same);
}

TEST(RunningConfiguration, ThatNeverStaysTheSameIsLookedAtAgain) {
  const test::TemporaryFolder folder;
  config::Sources sources;
  sources.only = folder.write("config.json", with_row("agent", "0"));
  int asked = 0;
  sources.find_login = [&]() -> std::optional<std::string> {
    folder.write("config.json",
                 with_row("agent", std::string(static_cast<std::size_t>(++asked), '1')));
    return "agent";
  };
  Configuration configuration(sources);
  EXPECT_EQ(asked, kMostReadings);
  EXPECT_EQ(configuration.look(), Configuration::Look::half);
}

TEST(RunningConfiguration, WithoutTheLogInUsesNobodysRowAndAsksAgain) {
  const test::TemporaryFolder folder;
  config::Sources sources;
  sources.only = folder.write("config.json", R"({"voicenter": {"extension": "SHARED",
                                                "extensions": {"agent": "OWN"}}})");
  bool answers = false;
  sources.find_login = [&]() -> std::optional<std::string> {
    return answers ? std::optional<std::string>("agent") : std::nullopt;
  };
  Configuration configuration(sources);
  EXPECT_FALSE(configuration.reading().config) << "not even the extension for all others";
  EXPECT_THAT(configuration.reading().problem, testing::HasSubstr("does not answer"));
  answers = true;
  EXPECT_EQ(configuration.look(), Configuration::Look::changed);
  ASSERT_TRUE(configuration.reading().config);
  EXPECT_EQ(configuration.reading().config->account->settings.extension, "OWN");
}

}  // namespace
}  // namespace cardmute::agent
