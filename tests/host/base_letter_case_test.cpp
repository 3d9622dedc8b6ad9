#include <gtest/gtest.h>

#include "base/letter_case.hpp"

namespace cardmute {
namespace {

TEST(LetterCase, CapitalLettersBecomeSmallOnes) {
  EXPECT_EQ(lower_case("AZ[`az09@\\"), "az[`az09@\\");
  EXPECT_EQ(lower_case("ÀÖØÞ×ßàÿ"), "àöøþ×ßàÿ");
  EXPECT_EQ(lower_case("ĀāĮĲĶĹľŊŶŸŹŽȘȚ"), "āāįĳķĺľŋŷÿźžșț");
  EXPECT_EQ(lower_case("ΆΈΊΌΎΏΑΡΣςΫω"), "άέίόύώαρσσϋω");
  EXPECT_EQ(lower_case("ЀЏАЯаџҐҾԱՖ"), "ѐџаяаџґҿաֆ");
}

TEST(LetterCase, EverythingElseStays) {
  EXPECT_EQ(lower_case("דנה 中文 😀"), "דנה 中文 😀");
  EXPECT_EQ(lower_case("İı"), "İı");  // their lower case depends on the language
  EXPECT_EQ(lower_case("\xC3"), "\xC3");
  EXPECT_EQ(lower_case("\x80\xC3(\xFF"), "\x80\xC3(\xFF");
}

}  // namespace
}  // namespace cardmute
