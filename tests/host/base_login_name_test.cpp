// Tests how log-in names are compared: with or without a domain, in any letter case, with accents.
#include <gtest/gtest.h>

#include "base/login_name.hpp"

namespace cardmute {
namespace {

TEST(LoginName, MatchesWithAndWithoutADomain) {
  EXPECT_EQ(match_logins("agent1", "agent1"), LoginMatch::exact);
  EXPECT_EQ(match_logins("Agent1", "aGENT1"), LoginMatch::exact);
  EXPECT_EQ(match_logins("CORP\\agent1", "corp\\Agent1"), LoginMatch::exact);
  EXPECT_EQ(match_logins("CORP\\agent1", "agent1@corp"), LoginMatch::exact);
  EXPECT_EQ(match_logins("CORP\\agent1", "agent1@corp.example.com"), LoginMatch::domain_label);
  EXPECT_EQ(match_logins("CORP\\agent1", "agent1"), LoginMatch::name);
  EXPECT_EQ(match_logins("agent1", "agent1@corp.example.com"), LoginMatch::name);
}

TEST(LoginName, DoesNotMatchAnotherPersonOrDomain) {
  EXPECT_EQ(match_logins("agent1", "agent11"), LoginMatch::none);
  EXPECT_EQ(match_logins("CORP\\agent1", "SHOP\\agent1"), LoginMatch::none);
  EXPECT_EQ(match_logins("agent1@corp.example.com", "agent1@corp.example.org"), LoginMatch::none);
  EXPECT_EQ(match_logins("corp", "CORP\\agent1"), LoginMatch::none);
}

TEST(LoginName, LetterCaseCountsInNoAlphabet) {
  EXPECT_EQ(match_logins("JÜRGEN", "jürgen"), LoginMatch::exact);
  EXPECT_EQ(match_logins("ΓΙΏΡΓΟΣ", "γιώργος"), LoginMatch::exact);
  EXPECT_EQ(match_logins("ЙОСИФ", "йосиф"), LoginMatch::exact);
  EXPECT_EQ(match_logins("דנה", "דנה"), LoginMatch::exact);
  EXPECT_EQ(match_logins("jurgen", "jürgen"), LoginMatch::none);
}

TEST(LoginName, MayLookTheSameIfAnAccentIsACharacterOfItsOwn) {
  const char* composed = "jos\u00e9";
  const char* decomposed = "jose\u0301";
  EXPECT_EQ(match_logins(composed, decomposed), LoginMatch::none);
  EXPECT_TRUE(may_look_the_same(composed, decomposed));
  EXPECT_TRUE(may_look_the_same("CORP\\JOSE\u0301", composed)) << "the domain and case as usual";
  EXPECT_TRUE(may_look_the_same("ti\u1ebft", "tie\u0302\u0301t"));
  EXPECT_FALSE(may_look_the_same(decomposed, decomposed)) << "they are equal";
  EXPECT_FALSE(may_look_the_same("jose", composed));
  EXPECT_FALSE(may_look_the_same("jos\u00e8", composed)) << "another letter";
  EXPECT_FALSE(may_look_the_same(decomposed, "josef\u00e9"));
}

}  // namespace
}  // namespace cardmute
