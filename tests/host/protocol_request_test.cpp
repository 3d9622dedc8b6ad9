// What the host says of requests that are not as they should be.
#include <gtest/gtest.h>

#include "protocol/reply.hpp"
#include "protocol/request.hpp"
#include "protocol/seen_ids.hpp"

namespace cardmute::protocol {
namespace {

Error error_of(const std::string& text) {
  const auto parsed = parse_request(text);
  const auto* error = std::get_if<Error>(&parsed.content);
  return error != nullptr ? *error : Error{ErrorCode::internal, "accepted"};
}

TEST(ParseRequest, TellsNoUtf8FromNoJson) {
  EXPECT_EQ(error_of("\"\xff\xfe\"").code, ErrorCode::bad_frame);
  EXPECT_NE(error_of("\"\xff\xfe\"").message.find("UTF-8:"), std::string::npos);
  EXPECT_EQ(error_of("hello").code, ErrorCode::bad_frame);
  EXPECT_NE(error_of("hello").message.find("holds no JSON"), std::string::npos);
  EXPECT_EQ(error_of("{\"id\":1").code, ErrorCode::bad_frame);
}

TEST(ParseRequest, NamesTheFieldAndWhatWasExpected) {
  const auto error = error_of(R"({"id":1,"type":"override","mode":"loud"})");
  EXPECT_EQ(error.code, ErrorCode::bad_request);
  EXPECT_EQ(error.message, R"("mode" is "loud". Expected: "mute", "record" or "auto".)");
}

TEST(ParseRequest, KeepsTheIdOfARequestItRefuses) {
  EXPECT_EQ(parse_request(R"({"id":9,"type":"nonsense"})").id, 9U);
  EXPECT_EQ(parse_request(R"({"id":-9,"type":"status"})").id, std::nullopt);
  EXPECT_EQ(parse_request(R"({"id":1.5,"type":"status"})").id, std::nullopt);
  EXPECT_EQ(parse_request(R"({"type":"status"})").id, std::nullopt);
}

TEST(ParseRequest, CountsCharactersOfASurfaceAndNotBytes) {
  std::string surface;
  for (std::size_t i = 0; i < kMaxSurface_characters; ++i) surface += "ש";
  const auto open = [](const std::string& name) {
    return R"({"id":1,"type":"surface.open","surface":")" + name + "\"}";
  };
  EXPECT_TRUE(std::holds_alternative<Request>(parse_request(open(surface)).content));
  EXPECT_EQ(error_of(open(surface + "ש")).message,
            "\"surface\" has 65 characters. Expected: a text of 1 to 64 characters.");
}

TEST(ParseRequest, DoesNotRefuseAMuteForItsLogFields) {
  const auto parsed = parse_request(R"({"id":1,"type":"surface.open","surface":"s"})");
  ASSERT_TRUE(std::holds_alternative<Request>(parsed.content));
  const std::string longer(kMaxReason_bytes + 50, 'r');
  const auto cut =
      parse_request(R"({"id":1,"type":"surface.open","surface":"s","reason":")" + longer + "\"}");
  const auto& open = std::get<SurfaceOpen>(std::get<Request>(cut.content));
  EXPECT_EQ(open.reason.size(), kMaxReason_bytes);
}

TEST(ParseRequest, SurvivesDeepNesting) {
  EXPECT_EQ(error_of(std::string(60'000, '[')).code, ErrorCode::bad_frame);
  const std::string deep = std::string(30'000, '[') + std::string(30'000, ']');
  EXPECT_EQ(error_of(deep).code, ErrorCode::bad_request);
}

TEST(OriginOf, KeepsNothingBehindThePort) {
  EXPECT_EQ(origin_of("https://crm.example.com/pay?card=4111#x"), "https://crm.example.com");
  EXPECT_EQ(origin_of("http://127.0.0.1:8080/"), "http://127.0.0.1:8080");
  EXPECT_EQ(origin_of("https://user:secret@crm.example.com/"), "https://crm.example.com");
  EXPECT_EQ(origin_of("https://crm.example.com?4111"), "https://crm.example.com");
  EXPECT_EQ(origin_of("4111111111111111"), "");
  EXPECT_EQ(origin_of("null"), "");
  EXPECT_EQ(origin_of("https://" + std::string(1000, 'a')).size(), kMaxOrigin_bytes);
}

TEST(SeenIds, ForgetsOnlyBeyondItsLimit) {
  SeenIds ids;
  for (std::uint64_t id = 0; id < kRememberedIds; ++id) EXPECT_TRUE(ids.is_new(id));
  EXPECT_FALSE(ids.is_new(0));
  EXPECT_TRUE(ids.is_new(kRememberedIds));
  EXPECT_TRUE(ids.is_new(0));
}

TEST(ProtocolError, SaysWhichSideToUpdate) {
  EXPECT_EQ(protocol_error(kProtocol), std::nullopt);
  EXPECT_TRUE(protocol_error(kProtocol + 1)->message.ends_with("Update the host."));
  EXPECT_TRUE(protocol_error(kProtocol - 1)->message.ends_with("Update the extension."));
}

}  // namespace
}  // namespace cardmute::protocol
