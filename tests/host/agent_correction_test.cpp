// Tests the ledger's entry about an agent's correction.
#include <gtest/gtest.h>

#include "agent/correction_entry.hpp"

namespace cardmute::agent {
namespace {

constexpr UtcTime kAt{1'795'255'200'123};

TEST(CorrectionEntry, HasTheRuleToPaste) {
  const auto made = correction_entry({"https://crm.example.com",
                                      CorrectionChange::made,
                                      CorrectionDirection::mute,
                                      {R"(input[name="ref"])"}},
                                     kAt);
  EXPECT_EQ(made.kind, store::EntryKind::correction);
  EXPECT_EQ(made.at, kAt);
  EXPECT_EQ(made.origin, "https://crm.example.com");
  EXPECT_EQ(made.command, "mute");
  EXPECT_EQ(made.outcome, "made");
  EXPECT_EQ(made.detail,
            R"({"name":"crm.example.com: input[name=\"ref\"]","match":"https://crm.example.com/*",)"
            R"("open":"input[name=\"ref\"]"})");
}

TEST(CorrectionEntry, HasNoLongNumberOfAPage) {
  const auto back = correction_entry({"https://crm.example.com",
                                      CorrectionChange::taken_back,
                                      CorrectionDirection::unmute,
                                      {"#customer-4580458045804580", "#b"}},
                                     kAt);
  EXPECT_EQ(back.command, "unmute");
  EXPECT_EQ(back.outcome, "taken_back");
  EXPECT_EQ(back.detail,
            R"({"name":"crm.example.com: #customer-#","match":"https://crm.example.com/*",)"
            R"("ignore":["#customer-#","#b"]})");
}

TEST(CorrectionEntry, CutsTheNameAsPolicyRulesAcceptIt) {
  const std::string selector = std::string(46, 'x') + " > input";
  const auto entry = correction_entry(
      {"https://crm.example.com", CorrectionChange::made, CorrectionDirection::mute, {selector}},
      kAt);
  EXPECT_NE(entry.detail.find("\"name\":\"crm.example.com: " + std::string(46, 'x') + "\""),
            std::string::npos)
      << entry.detail;
}

}  // namespace
}  // namespace cardmute::agent
