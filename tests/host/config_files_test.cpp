// Tests files that cannot be read, a file with many mistakes, and where the code may be.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <string>
#include <vector>

#include "config/load.hpp"
#include "temporary_folder.hpp"
#include "voicenter/secret_file.hpp"

namespace cardmute::config {
namespace {

using ::testing::HasSubstr;

TEST(WrongConfigurationFile, CannotBeAFolderOrAPipe) {
  const test::TemporaryFolder folder;
  Sources sources;
  sources.only = folder.path();
  EXPECT_THAT(load(sources).errors.at(0).text(), HasSubstr("a folder"));
  sources.only = folder.path() / "pipe";
  ASSERT_EQ(mkfifo(sources.only->c_str(), 0600), 0);
  EXPECT_THAT(load(sources).errors.at(0).text(), HasSubstr("a device or pipe"));
}

TEST(WrongConfigurationFile, ThatCannotBeReadIsNotTakenForMissing) {
  const test::TemporaryFolder folder;
  Sources sources;
  sources.machine = folder.path() / "machine.json";
  sources.user = folder.path() / "loop.json";
  std::filesystem::create_symlink("loop.json", sources.user);
  const Loaded loaded = load(sources);
  ASSERT_EQ(loaded.errors.size(), 1U);
  EXPECT_THAT(loaded.errors[0].text(), HasSubstr("loop.json: cannot be read"));
}

TEST(WrongConfigurationFile, AllProblemsAreCollected) {
  const test::TemporaryFolder folder;
  Sources sources;
  sources.only = folder.write("config.json", R"({"voicenter": {"method": 1, "nonsense": 2},
                                                 "policy": {"sites": ["x", "y"], "grace_ms": -1}})");
  std::vector<std::string> keys;
  for (const Problem& problem : load(sources).errors) {
    keys.push_back(problem.key);
  }
  EXPECT_THAT(keys, ::testing::UnorderedElementsAre("voicenter.method", "voicenter.nonsense",
                                                    "policy.sites[0]", "policy.sites[1]",
                                                    "policy.grace_ms", "voicenter.extension"));
}

TEST(Code, ComesFromTheConfigurationOrItsFile) {
  const test::TemporaryFolder folder;
  EXPECT_EQ(voicenter::secret_of("here", "").value(), "here");
  const std::string file = folder.write("code", "  from a file \r\n").string();
  EXPECT_EQ(voicenter::secret_of("", file).value(), "from a file");
  for (const std::string& text : {std::string(), std::string("\n"), std::string("two\nlines"),
                                  std::string(kMaxText_characters + 1, 'x')}) {
    folder.write("code", text);
    EXPECT_EQ(voicenter::secret_of("", file).value(), "");
  }
  EXPECT_EQ(voicenter::secret_of("", "/nowhere").value(), "");
}

}  // namespace
}  // namespace cardmute::config
