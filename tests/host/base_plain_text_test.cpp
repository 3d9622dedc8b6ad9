// Tests that plain_text() makes text from outside harmless.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <random>

#include "base/plain_text.hpp"

namespace cardmute {
namespace {

constexpr std::size_t kEnough = 1000;

TEST(PlainText, KeepsOrdinaryTextOfAnyLanguage) {
  for (const std::string text : {"", "Success", "השתקה", "naïve", "日本", "🎧 ok"}) {
    EXPECT_EQ(plain_text(text, kEnough), text);
  }
}

TEST(PlainText, ReplacesWhatCouldForgeALineOrReverseText) {
  EXPECT_EQ(plain_text("a\r\nb", kEnough), "a��b");
  EXPECT_EQ(plain_text(std::string("a\0b", 3), kEnough), "a�b");
  EXPECT_EQ(plain_text("a\x1B[31mb", kEnough), "a�[31mb");
  EXPECT_EQ(plain_text("a\u0085b\u2028c\u202Ed\u2066e", kEnough), "a�b�c�d�e");
}

TEST(PlainText, ReplacesInvalidUtf8) {
  EXPECT_EQ(plain_text("a\xFF"
                       "b",
                       kEnough),
            "a�b");
  EXPECT_EQ(plain_text("\xC0\xAF", kEnough), "��");            // an overlong form of "/"
  EXPECT_EQ(plain_text("\xED\xA0\x80", kEnough), "�");         // a surrogate
  EXPECT_EQ(plain_text("\xF4\x90\x80\x80", kEnough), "����");  // above U+10FFFF
  EXPECT_EQ(plain_text("\xD7", kEnough), "�");                 // cut short
}

TEST(PlainText, CutsBetweenCharacters) {
  EXPECT_EQ(plain_text("abc", 2), "ab");
  EXPECT_EQ(plain_text("שש", 3), "ש");
  EXPECT_EQ(plain_text("ש", 1), "");
  EXPECT_EQ(plain_text("\n", 2), "");
}

TEST(PlainText, AnyBytesBecomeTextThatJsonAccepts) {
  std::mt19937 random(1);
  std::uniform_int_distribution<int> byte(0, 255);
  for (int round = 0; round < 2000; ++round) {
    std::string bytes(static_cast<std::size_t>(round % 40), '\0');
    for (char& c : bytes) c = static_cast<char>(byte(random));
    const std::string text = plain_text(bytes, 50);
    EXPECT_LE(text.size(), 50U);
    EXPECT_NO_THROW(static_cast<void>(nlohmann::json(text).dump()));
  }
}

}  // namespace
}  // namespace cardmute
