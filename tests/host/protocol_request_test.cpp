// Tests how the host parses requests, and its errors for invalid ones.
#include <gtest/gtest.h>

#include "base/page_origin.hpp"
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

TEST(ParseRequest, TellsInvalidUtf8FromInvalidJson) {
  EXPECT_EQ(error_of("\"\xff\xfe\"").code, ErrorCode::bad_frame);
  EXPECT_NE(error_of("\"\xff\xfe\"").message.find("UTF-8:"), std::string::npos);
  EXPECT_EQ(error_of("hello").code, ErrorCode::bad_frame);
  EXPECT_NE(error_of("hello").message.find("is not JSON"), std::string::npos);
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
            "\"surface\" has 65 characters. Expected: a string of 1 to 64 characters.");
}

template <typename Wanted>
Wanted request_of(const std::string& text) {
  const auto parsed = parse_request(text);
  const auto* request = std::get_if<Request>(&parsed.content);
  if (request != nullptr && std::holds_alternative<Wanted>(*request)) {
    return std::get<Wanted>(*request);
  }
  ADD_FAILURE() << text;
  return {};
}

TEST(ParseRequest, AcceptsPastTimes) {
  const auto open = R"({"id":1,"type":"surface.open","surface":"s")";
  EXPECT_EQ(request_of<SurfaceOpen>(open + std::string("}")).visible_ms_ago, std::nullopt);
  EXPECT_EQ(request_of<SurfaceOpen>(open + std::string(R"(,"visible_ms_ago":0})")).visible_ms_ago,
            0.0);
  EXPECT_EQ(
      request_of<SurfaceOpen>(open + std::string(R"(,"visible_ms_ago":86400000})")).visible_ms_ago,
      kMaxAgo_ms);
  for (const char* wrong : {"-0.1", "86400000.1", "86400001", "true", "\"0\"", "null", "[0]"}) {
    const auto error =
        error_of(open + std::string(",\"visible_ms_ago\":") + std::string(wrong) + "}");
    EXPECT_EQ(error.code, ErrorCode::bad_request) << wrong;
    EXPECT_NE(error.message.find("from 0 to 86400000"), std::string::npos) << error.message;
  }
}

TEST(ParseRequest, AcceptsADateThatExists) {
  const auto hello = [](const std::string& date) {
    return R"({"id":1,"type":"hello","protocol":1,"client":{"card_frames_date":)" + date + "}}";
  };
  for (const char* date : {"2026-11-29", "2024-02-29", "0000-01-01", "9999-12-31"}) {
    EXPECT_EQ(request_of<Hello>(hello('"' + std::string(date) + '"')).card_frames_date, date);
  }
  EXPECT_EQ(request_of<Hello>(R"({"id":1,"type":"hello","protocol":1})").card_frames_date, "");
  for (const char* wrong : {R"("")", R"("2026-02-29")", R"("2026-13-01")", R"("2026-11-00")",
                            R"("2026-11-2")", R"("2026-11-29 ")", R"("2026/11/29")", "20261129"}) {
    EXPECT_EQ(error_of(hello(wrong)).code, ErrorCode::bad_request) << wrong;
  }
  EXPECT_EQ(error_of(hello(R"("29.11.2026")")).message,
            R"("card_frames_date" is "29.11.2026". Expected: a date, for example "2026-11-29".)");
}

TEST(ParseRequest, DistinguishesKeysInCardFields) {
  const auto other = request_of<SurfaceActive>(R"({"id":1,"type":"surface.active","surface":"s"})");
  EXPECT_FALSE(other.card);
  const auto card = request_of<SurfaceActive>(
      R"({"id":1,"type":"surface.active","surface":"s","card":true,"ms_ago":2.5})");
  EXPECT_TRUE(card.card);
  EXPECT_EQ(card.ms_ago, 2.5);
}

TEST(ParseRequest, KeepsOnlyTheOriginAndTheNameOfARuleReport) {
  const auto report =
      request_of<RuleReport>(R"({"id":1,"type":"rule.report","event":"passed","rule":"Pay dialog",)"
                             R"("origin":"https://a@crm.example.com:8443/customer/77?tab=pay"})");
  EXPECT_EQ(report.origin, "https://crm.example.com:8443");
  EXPECT_EQ(report.event, RuleEvent::passed);
  EXPECT_EQ(report.rule, "Pay dialog");
  const auto unruled = request_of<RuleReport>(
      R"({"id":1,"type":"rule.report","event":"unruled","origin":"https://crm.example.com","rule":7})");
  EXPECT_EQ(unruled.rule, "");
  EXPECT_EQ(
      error_of(
          R"({"id":1,"type":"rule.report","event":"missed","origin":"https://a.example","rule":")" +
          std::string(kMaxRuleName_characters + 1, 'x') + "\"}")
          .message,
      "\"rule\" has 65 characters. Expected: a string of 1 to 64 characters.");
}

TEST(ParseRequest, ReadsACorrectionWithItsOriginOnly) {
  const auto correction = request_of<Correction>(
      R"({"id":1,"type":"correction.report","change":"taken_back","direction":"unmute",)"
      R"("selectors":["#a","[name=b]"],"origin":"https://a@crm.example.com:8443/customer/77"})");
  EXPECT_EQ(correction.origin, "https://crm.example.com:8443");
  EXPECT_EQ(correction.change, CorrectionChange::taken_back);
  EXPECT_EQ(correction.direction, CorrectionDirection::unmute);
  EXPECT_EQ(correction.selectors, (std::vector<std::string>{"#a", "[name=b]"}));
}

TEST(ParseRequest, LimitsTheSelectorsOfACorrection) {
  const auto fault = [](const std::string& selectors) {
    const auto parsed =
        parse_request(R"({"id":1,"type":"correction.report","change":"made","direction":"mute",)"
                      R"("origin":"https://crm.example.com","selectors":)" +
                      selectors + "}");
    const auto* error = std::get_if<Error>(&parsed.content);
    return error == nullptr ? std::string() : error->message;
  };
  const std::string longest(kMaxCorrectionSelector_characters, 'x');
  std::string many = "\"a\"";
  for (std::size_t i = 1; i < kMaxCorrection_selectors; ++i) many += ",\"a\"";
  EXPECT_EQ(fault("[\"" + longest + "\"]"), "");
  EXPECT_EQ(fault("[" + many + "]"), "");
  EXPECT_EQ(fault("[\"" + longest + "x\"]"),
            "a selector has 501 characters. Expected: a string of 1 to 500 characters.");
  EXPECT_EQ(fault("[" + many + ",\"a\"]"),
            "\"selectors\" is missing or invalid. Expected: a list of 1 to 20 CSS selectors.");
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

TEST(OriginOf, KeepsNothingAfterThePort) {
  EXPECT_EQ(page_origin("https://crm.example.com/pay?card=4111#x"), "https://crm.example.com");
  EXPECT_EQ(page_origin("http://127.0.0.1:8080/"), "http://127.0.0.1:8080");
  EXPECT_EQ(page_origin("https://user:secret@crm.example.com/"), "https://crm.example.com");
  EXPECT_EQ(page_origin("https://crm.example.com?4111"), "https://crm.example.com");
  EXPECT_EQ(page_origin("4111111111111111"), "");
  EXPECT_EQ(page_origin("null"), "");
  EXPECT_EQ(page_origin("https://" + std::string(1000, 'a')).size(), kMaxOrigin_bytes);
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
