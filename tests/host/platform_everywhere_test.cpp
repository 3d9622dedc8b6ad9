// Tests what platform/ provides on every system: files, locks, processes and variables.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "environment.hpp"
#include "platform/file_lock.hpp"
#include "platform/machine.hpp"
#include "platform/mapped_file.hpp"
#include "platform/paths.hpp"
#include "platform/process.hpp"
#include "platform/secret.hpp"
#include "platform/trusted_file.hpp"
#include "temporary_folder.hpp"

namespace cardmute::platform {
namespace {

namespace fs = std::filesystem;

// A file name with Hebrew letters, a letter with an accent, and a letter that UTF-16 writes as a
// surrogate pair.
constexpr const char* kName = "\xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d \xc3\xa9 \xf0\x9d\x94\xb8.json";

TEST(EverySystem, MakesPathsOfUtf8AndGivesUtf8Back) {
  const test::TemporaryFolder folder;
  EXPECT_EQ(fs::path(kName).string(), kName);
  write_file_atomically(folder.path() / kName, "text");
  EXPECT_EQ(read_file(folder.path() / kName, 100, Writers::anybody).text, "text");
  EXPECT_EQ(fs::directory_iterator(folder.path())->path().filename().string(), kName);
}

TEST(EverySystem, ReadsVariablesOfTheEnvironmentAsUtf8) {
  test::set_variable("CARDMUTE_TEST_VARIABLE", "value");
  EXPECT_EQ(environment("CARDMUTE_TEST_VARIABLE"), "value");
  test::unset_variable("CARDMUTE_TEST_VARIABLE");
  EXPECT_EQ(environment("CARDMUTE_TEST_VARIABLE"), std::nullopt);
}

TEST(EverySystem, NeverEmptiesAFileThatItWasToCreate) {
  const test::TemporaryFolder folder;
  const fs::path file = folder.path() / "store";
  EXPECT_TRUE(create_file(file));
  folder.write("store", "text");
  EXPECT_FALSE(create_file(file));
  EXPECT_EQ(test::read_text(file), "text");
}

TEST(EverySystem, ReplacesAFileAndLeavesNoOther) {
  const test::TemporaryFolder folder;
  const fs::path file = folder.write("file", "old");
  const std::string before = file_stamp(file);
  write_file_atomically(file, "newer");
  EXPECT_EQ(test::read_text(file), "newer");
  EXPECT_NE(file_stamp(file), before);
  EXPECT_EQ(std::distance(fs::directory_iterator(folder.path()), fs::directory_iterator()), 1);
}

TEST(EverySystem, DistinguishesAFileFromOneThatReplacesIt) {
  const test::TemporaryFolder folder;
  const fs::path file = folder.write("file", "old");
  const auto before = file_identity(file);
  EXPECT_EQ(file_identity(file), before);
  write_file_atomically(file, "new");
  EXPECT_NE(file_identity(file), before);
  EXPECT_EQ(file_identity(folder.path() / "missing"), std::nullopt);
}

TEST(EverySystem, LocksAFileForOneHolder) {
  using Got = FileLock::Got;
  const test::TemporaryFolder folder;
  FileLock one(folder.path() / "lock");
  FileLock two(folder.path() / "lock");
  EXPECT_EQ(one.try_lock(), Got::lock);
  EXPECT_EQ(two.try_lock(), Got::held_by_another);
  one.unlock();
  EXPECT_EQ(two.try_lock(), Got::lock);
  FileLock nowhere(folder.path() / "missing/lock");
  EXPECT_EQ(nowhere.try_lock(), Got::no_file);
}

TEST(EverySystem, SeesALifeSignWhileItIsHeld) {
  const test::TemporaryFolder folder;
  const fs::path file = folder.path() / "hosts/sign";
  EXPECT_FALSE(LifeSign::seen(file));
  LifeSign one(file);
  LifeSign two(file);
  EXPECT_TRUE(one.give());
  EXPECT_TRUE(two.give());
  EXPECT_TRUE(LifeSign::seen(file));
  one.give_up();
  EXPECT_TRUE(LifeSign::seen(file));
  two.give_up();
  EXPECT_FALSE(LifeSign::seen(file));
  EXPECT_FALSE(fs::exists(file));
}

TEST(EverySystem, KnowsThatThisProcessLivesAndNotAnotherOneWithItsPid) {
  EXPECT_TRUE(process_is_alive(this_process()));
  EXPECT_TRUE(process_is_alive(process_id()));
  ProcessIdentity other = this_process();
  other.started -= 1;
  EXPECT_FALSE(process_is_alive(other));
  other.started = 0;
  EXPECT_TRUE(process_is_alive(other)) << "the system did not say when it started";
  other = this_process();
  other.boot += "x";
  EXPECT_FALSE(process_is_alive(other));
  EXPECT_FALSE(process_is_alive(std::int64_t{0}));
}

TEST(EverySystem, SaysWhyAFileCannotBeRead) {
  const test::TemporaryFolder folder;
  EXPECT_EQ(read_file(folder.path(), 100, Writers::anybody).flaw, "a folder");
  EXPECT_NE(read_file(folder.path() / "missing", 100, Writers::anybody).flaw, "");
  folder.write("file", "0123456789");
  EXPECT_EQ(read_file(folder.path() / "file", 4, Writers::anybody).text, "0123");
}

TEST(EverySystem, WipesASecret) {
  std::string text = "0123456789 0123456789 0123456789";
  const char* memory = text.data();
  wipe(text);
  EXPECT_TRUE(text.empty());
  EXPECT_EQ(memory[5], '\0');
}

}  // namespace
}  // namespace cardmute::platform
