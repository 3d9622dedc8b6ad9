// Fuzzes the reading of Voicenter's responses: only ErrorCode 200 counts as an acknowledgement. The
// first two bytes decide how the request ended. The rest is the body, or the error text of a
// request that failed.
#include <array>
#include <cstdint>

#include "must.hpp"
#include "voicenter/active_calls.hpp"
#include "voicenter/mute_api.hpp"

namespace {

using namespace cardmute;
using fuzz::must;

constexpr std::array kStatuses{200, 200, 201, 204, 206, 299, 302, 304,
                               400, 403, 404, 429, 500, 503, 100, 0};
constexpr std::size_t kMaxText_bytes = 200;

http::Result result_of(std::uint8_t status, std::uint8_t end, std::string body) {
  http::Result result;
  result.status = kStatuses[status % kStatuses.size()];
  // Most requests succeed; otherwise the bodies would rarely be parsed.
  constexpr std::uint8_t kWell = 0xF0;
  if (end >= kWell) {
    result.failure = static_cast<http::Failure>(1 + end % static_cast<int>(http::Failure::other));
    result.failure_text = std::move(body);
    result.sent = (status & 0x80U) != 0;
  } else {
    result.body = std::move(body);
    result.sent = true;
  }
  return result;
}

// Whether the body has ErrorCode 200, read independently of the tested code.
bool says_200(const std::string& body) {
  const auto json = nlohmann::json::parse(body, nullptr, /*allow_exceptions=*/false);
  if (!json.is_object() || !json.contains("ErrorCode")) return false;
  return json["ErrorCode"] == "200" ||
         (json["ErrorCode"].is_number_integer() && json["ErrorCode"] == 200);
}

void check(const http::Result& result, const engine::Outcome& outcome) {
  if (outcome.acknowledged()) {
    must(result.failure == http::Failure::none, "acknowledged without an answer");
    must(result.status >= 200 && result.status < 300, "acknowledged by another status");
    must(says_200(result.body), "acknowledged without ErrorCode 200");
    must(!outcome.outcome_unknown && outcome.reason.empty(),
         "acknowledged, but the outcome is unknown");
  } else {
    must(!outcome.reason.empty() && fuzz::is_plain(outcome.reason), "a failure has plain words");
    must(outcome.outcome_unknown || !says_200(result.body) || result.failure != http::Failure::none,
         "rejected, although the body says that it was done");
  }
  if (result.failure != http::Failure::none) {
    must(outcome.outcome_unknown == result.sent,
         "the outcome is unknown exactly if it may have been sent");
  }
  for (const auto& text : {outcome.message, outcome.action_id}) {
    must(text.size() <= kMaxText_bytes && fuzz::is_plain(text), "Voicenter's text is plain");
  }
}

void check(const http::Result& result, const voicenter::ActiveCalls& calls) {
  must(calls.calls.size() <= voicenter::kMaxCalls, "no more calls than are allowed");
  if (calls.error) {
    must(!calls.reason.empty() && fuzz::is_plain(calls.reason), "a failure has plain words");
  } else {
    must(result.failure == http::Failure::none, "a list without an answer");
    must(calls.err == 0, "a list without ERR 0");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  const auto result =
      result_of(data[0], data[1], std::string(reinterpret_cast<const char*>(data) + 2, size - 2));
  check(result, voicenter::interpret(result));
  check(result, voicenter::interpret_active_calls(result, "API1API"));
  return 0;
}
