// Fuzzes requests: any content of a frame is parsed without a crash, and every reply can be sent.
#include <algorithm>
#include <cstdint>
#include <nlohmann/json.hpp>

#include "base/page_origin.hpp"
#include "must.hpp"
#include "native_messaging/codec.hpp"
#include "protocol/reply.hpp"
#include "protocol/request.hpp"
#include "protocol/status.hpp"

namespace {

using namespace cardmute;
using namespace cardmute::protocol;
using fuzz::must;

void check(const Hello& hello) {
  must(std::max(hello.extension_version.size(), hello.browser.size()) <= kMaxReason_bytes,
       "what the client says about itself is cut");
  const auto error = protocol_error(hello.protocol);
  must(error.has_value() == (hello.protocol != kProtocol), "only our own protocol is accepted");
}

void check_surface(const std::string& surface) {
  // The parser has checked that this is UTF-8.
  const auto characters = std::ranges::count_if(
      surface, [](char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U; });
  must(characters >= 1 && characters <= 64, "a surface has 1 to 64 characters");
}

void check_origin(const std::string& origin) {
  must(origin.size() <= kMaxOrigin_bytes && fuzz::is_plain(origin), "an origin is plain");
  const auto host = origin.find("://");
  must(origin.empty() || (host != std::string::npos &&
                          origin.find_first_of("/?#@", host + 3) == std::string::npos),
       "an origin has neither path nor query nor user");
}

void check_ago(double ms) { must(ms >= 0 && ms <= kMaxAgo_ms, "a time within the last day"); }

void check(const SurfaceOpen& open) {
  check_surface(open.surface);
  check_origin(open.origin);
  check_ago(open.visible_ms_ago.value_or(0));
  must(open.reason.size() <= kMaxReason_bytes && fuzz::is_plain(open.reason), "a reason is plain");
}

void check(const SurfaceClose& close) { check_surface(close.surface); }
void check(const SurfaceActive& active) {
  check_surface(active.surface);
  check_ago(active.ms_ago);
}
void check(const SurfaceContinue& request) { check_surface(request.surface); }
void check(const OverlayReport& report) { check_surface(report.surface); }
void check(const Correction& correction) {
  check_origin(correction.origin);
  must(!correction.origin.empty(), "a correction has an origin");
  must(!correction.selectors.empty(), "a correction has selectors");
  must(correction.selectors.size() <= kMaxCorrection_selectors, "a correction is not too long");
}
void check(const RuleReport& report) {
  check_origin(report.origin);
  must(!report.origin.empty(), "a report has an origin");
  must(report.rule.empty() == (report.event == RuleEvent::unruled), "a rule has its name");
}
void check(const Override& /*request*/) {}
void check(const ExtensionSet& request) {
  must(!request.extension.empty(), "an extension is named");
  must(request.extension.size() <= 4 * kMaxExtension_characters, "an extension is not too long");
}
void check(const StatusQuery& /*query*/) {}

void check(const std::string& reply) {
  const auto frame = native_messaging::encode_frame(reply);
  must(frame.has_value(), "a reply fits into a frame");
  must(nlohmann::json::accept(frame->substr(sizeof(std::uint32_t))), "a reply is JSON");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const Parsed parsed = parse_request(text);
  if (const auto* error = std::get_if<Error>(&parsed.content)) {
    must(error->code == ErrorCode::bad_frame || error->code == ErrorCode::bad_request,
         "the code of a refusal");
    must(error->code != ErrorCode::bad_frame || !parsed.id, "a frame that is not JSON has no ID");
    must(!error->message.empty() && fuzz::is_plain(error->message), "a refusal has plain words");
    check(reply(parsed.id, *error, status_text(engine::Status{})));
  } else {
    must(parsed.id.has_value(), "a request that is accepted has an ID");
    std::visit([](const auto& request) { check(request); }, std::get<Request>(parsed.content));
    check(hello_reply(*parsed.id, std::nullopt, status_text(engine::Status{}), std::nullopt,
                      "1.0.0"));
  }
  return 0;
}
