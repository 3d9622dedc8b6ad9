// Tests the requests to Voicenter: their form, unusual values, and that no secret is in the URL.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "voicenter/active_calls.hpp"
#include "voicenter/mute_api.hpp"

namespace cardmute::voicenter {
namespace {

using engine::Command;
using nlohmann::json;

const std::string kUrl = "https://monapisec.voicenter.co.il/Comet/API/MuteUnmuteCalls";
const engine::Target kExtension{TargetBy::extension, "API1API"};
const engine::Target kCall{TargetBy::call, "2020101201cc7b38df"};

TEST(VoicenterRequest, PostIsTheJsonOfBothDocuments) {
  const auto mute = build_request({kUrl, true, "1"}, kExtension, Command::mute);
  EXPECT_EQ(mute.method, "POST");
  EXPECT_EQ(mute.url, kUrl);
  EXPECT_EQ(json::parse(mute.body), json({{"extension", "API1API"}, {"state", "1"}}));
  const auto unmute = build_request({kUrl, true, "1"}, kCall, Command::unmute);
  EXPECT_EQ(json::parse(unmute.body), json({{"ivrid", "2020101201cc7b38df"}, {"state", "0"}}));
}

TEST(VoicenterRequest, GetIsTheQueryOfBothDocuments) {
  const auto mute = build_request({kUrl, false, "1"}, kExtension, Command::mute);
  EXPECT_EQ(mute.method, "GET");
  EXPECT_EQ(mute.url, kUrl + "?extension=API1API&state=1");
  EXPECT_EQ(mute.body, "");
  const auto unmute = build_request({kUrl, false, "1"}, kCall, Command::unmute);
  EXPECT_EQ(unmute.url, kUrl + "?ivrid=2020101201cc7b38df&state=0");
}

TEST(VoicenterRequest, OtherPolarityReversesBoth) {
  const auto mute = build_request({kUrl, true, "0"}, kExtension, Command::mute);
  EXPECT_EQ(json::parse(mute.body)["state"], "0");
  const auto unmute = build_request({kUrl, false, "0"}, kExtension, Command::unmute);
  EXPECT_TRUE(unmute.url.ends_with("&state=1"));
}

TEST(VoicenterRequest, ValueCannotBreakOutOfQueryOrJson) {
  const engine::Target odd{TargetBy::extension, "a&state=0#?/ \"\\ש\r\n%"};
  const auto get = build_request({kUrl, false, "1"}, odd, Command::mute);
  EXPECT_EQ(get.url, kUrl + "?extension=a%26state%3D0%23%3F%2F%20%22%5C%D7%A9%0D%0A%25&state=1");
  const auto post = build_request({kUrl, true, "1"}, odd, Command::mute);
  EXPECT_EQ(json::parse(post.body)["extension"], odd.value);
  const engine::Target no_utf8{TargetBy::extension, "a\xFF"};
  EXPECT_EQ(json::parse(build_request({kUrl, true, "1"}, no_utf8, Command::mute).body)["extension"],
            "a�");
}

TEST(VoicenterRequest, ActiveCallsSecretStaysOutOfTheUrl) {
  const auto request = build_active_calls_request("https://a.example/x", "secret", "SIPSIP2");
  EXPECT_EQ(request.method, "POST");
  EXPECT_EQ(request.url, "https://a.example/x");
  EXPECT_EQ(json::parse(request.body), json({{"code", "secret"}, {"extension", "SIPSIP2"}}));
}

TEST(VoicenterRequest, WithASecretIsJsonWhateverTheSecretHolds) {
  const std::string odd = "\"\\\x01\x1f\x7f /\xD7\xA9\xF0\x9F\x98\x80";
  const auto request = build_active_calls_request("https://a.example/x", odd, odd + odd);
  EXPECT_EQ(json::parse(request.body), json({{"code", odd}, {"extension", odd + odd}}));
}

}  // namespace
}  // namespace cardmute::voicenter
