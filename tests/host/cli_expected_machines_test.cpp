// Tests how the list of machines that ought to report is read, and which of them have not reported.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

#include "cli/expected_machines.hpp"
#include "temporary_folder.hpp"

namespace cardmute::cli {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class ExpectedMachinesTest : public ::testing::Test {
 protected:
  ExpectedMachines read(const std::string& text) {
    const auto result = read_expected_machines(folder_.write("machines.csv", text));
    EXPECT_TRUE(std::holds_alternative<ExpectedMachines>(result)) << std::get<std::string>(result);
    return std::get<ExpectedMachines>(result);
  }
  std::string refused(const std::string& text) {
    const auto result = read_expected_machines(folder_.write("machines.csv", text));
    EXPECT_TRUE(std::holds_alternative<std::string>(result));
    return std::holds_alternative<std::string>(result) ? std::get<std::string>(result) : "";
  }

 private:
  test::TemporaryFolder folder_;
};

TEST_F(ExpectedMachinesTest, AreTheFirstColumnOfEachLine) {
  const auto list =
      read("\xEF\xBB\xBFMachine,Room\r\n# the office\r\n\r\nPC1, 17\r\n\"pc2\",\npc1.,18\n pc3");
  EXPECT_THAT(list.names, ElementsAre("PC1", "pc2", "pc3"));
  EXPECT_THAT(list.flaws, IsEmpty());
}

TEST_F(ExpectedMachinesTest, AreReadAlthoughALineIsWrong) {
  const std::string longest(kMaxMachineName_characters, 'x');
  const auto list = read("pc1\n,17\npc 2\npc3;17\n\"pc4\n" + longest + "\nx" + longest + "\npc5\n");
  EXPECT_THAT(list.names, ElementsAre("pc1", longest, "pc5"));
  EXPECT_THAT(list.flaws,
              ElementsAre(HasSubstr("machines.csv, line 2: found no name"), HasSubstr("line 3"),
                          HasSubstr("line 4"), HasSubstr("line 5: found a quote"),
                          HasSubstr("line 7: found a longer name. Expected: ")));
}

TEST_F(ExpectedMachinesTest, AreNotAFileWithoutNames) {
  EXPECT_THAT(refused("# nothing\nmachine\n,\n"), HasSubstr("Expected: a list of machines"));
  EXPECT_THAT(refused(""), HasSubstr("no name"));
  EXPECT_THAT(refused(std::string("\xFF\xFEp\0c\0", 6)), HasSubstr("not UTF-8"));
  EXPECT_THAT(refused(std::string(kMaxExpectFile_bytes + 1, 'x')), HasSubstr("too large"));
  EXPECT_THAT(std::get<std::string>(read_expected_machines("/nowhere")), HasSubstr("/nowhere: "));
}

std::vector<std::string> missing(const std::vector<std::string>& expected,
                                 const std::set<std::string>& reported) {
  std::vector<std::string> names;
  for (const auto& each : attendance(expected, reported).missing) {
    names.push_back(each.name + (each.unclear.empty() ? "" : " (" + each.unclear + ")"));
  }
  return names;
}

TEST(Attendance, ComparesNamesWithoutCaseAndWithOrWithoutADomain) {
  EXPECT_THAT(missing({"PC1", "pc2.Example.com", "pc3", "pc4.a"},
                      {"pc1", "pc2", "PC3.example.com.", "pc4.b"}),
              ElementsAre("pc4.a"));
  EXPECT_THAT(attendance({"pc1"}, {"pc1", "pc2", "pc1.b"}).unexpected, ElementsAre("pc2"));
}

TEST(Attendance, DoesNotTakeOneMachineForTwo) {
  EXPECT_THAT(missing({"pc1.a", "pc1.b"}, {"pc1"}), ElementsAre("pc1.a (pc1)", "pc1.b (pc1)"));
  EXPECT_THAT(missing({"pc1.a", "pc1.b"}, {"pc1.a"}), ElementsAre("pc1.b"));
  EXPECT_THAT(missing({"pc1", "pc1.b"}, {"pc1"}), ElementsAre("pc1.b"));
}

}  // namespace
}  // namespace cardmute::cli
