#include "protocol/request.hpp"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <utility>

#include "base/page_origin.hpp"
#include "base/plain_text.hpp"
#include "base/utc_time.hpp"

namespace cardmute::protocol {

using engine::OverrideMode;
using nlohmann::json;

namespace {

// How much of a wrong value is shown in an error's text.
constexpr std::size_t kMaxShown_bytes = 80;

// Thrown for a wrong field; parse_request() catches it.
struct Wrong {
  std::string message;
};

std::string described(const json& value) {
  // Lists and objects are only named: printing one would recurse as deep as it is nested.
  if (value.is_array()) return "an array";
  if (value.is_object()) return "an object";
  return plain_text(value.dump(-1, ' ', false, json::error_handler_t::replace), kMaxShown_bytes);
}

// Returns an integer up to 2^53 - 1, since JavaScript rounds larger ones; nullopt for any other
// value. JSON has only one kind of number, so 1.0 and 1e0 count as 1.
std::optional<std::int64_t> whole_number_of(const json& value) {
  constexpr double kLargest = 9007199254740991.0;
  if (!value.is_number()) return std::nullopt;
  const auto number = value.get<double>();
  if (number < -kLargest || number > kLargest || std::trunc(number) != number) return std::nullopt;
  return static_cast<std::int64_t>(number);
}

std::string optional_text(const json& object, const char* key) {
  const auto found = object.find(key);
  if (found == object.end()) return {};
  if (!found->is_string()) {
    throw Wrong{std::string("\"") + key + "\" is " + described(*found) + ". Expected: a string."};
  }
  return found->get<std::string>();
}

std::string optional_date(const json& object, const char* key) {
  std::string text = optional_text(object, key);
  if (object.contains(key) && !parse_date(text)) {
    throw Wrong{std::string("\"") + key + "\" is " + described(json(text)) +
                ". Expected: a date, for example \"2026-11-29\"."};
  }
  return text;
}

std::int64_t optional_count(const json& object, const char* key, std::int64_t maximum) {
  const auto found = object.find(key);
  if (found == object.end()) return 0;
  const auto number = whole_number_of(*found);
  if (!number || *number < 0 || *number > maximum) {
    throw Wrong{std::string("\"") + key + "\" is " + described(*found) +
                ". Expected: a whole number from 0 to " + std::to_string(maximum) + "."};
  }
  return *number;
}

// Returns a string of 1 to `maximum` characters. `name` is the value's name in an error.
std::string text_of(const json& value, const std::string& name, std::size_t maximum) {
  const std::string expected =
      "Expected: a string of 1 to " + std::to_string(maximum) + " characters.";
  if (!value.is_string()) throw Wrong{name + " is " + described(value) + ". " + expected};
  auto text = value.get<std::string>();
  const auto characters = std::count_if(text.begin(), text.end(), [](char byte) {
    return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U;
  });
  if (characters < 1 || std::cmp_greater(characters, maximum)) {
    throw Wrong{name + " has " + std::to_string(characters) + " characters. " + expected};
  }
  return text;
}

// Returns the string at `key`, which must have 1 to `maximum` characters.
std::string needed_text(const json& object, const char* key, std::size_t maximum) {
  const std::string name = '"' + std::string(key) + '"';
  const auto found = object.find(key);
  if (found == object.end()) {
    throw Wrong{name + " is missing. Expected: a string of 1 to " + std::to_string(maximum) +
                " characters."};
  }
  return text_of(*found, name, maximum);
}

std::string needed_origin(const json& object) {
  auto origin = page_origin(optional_text(object, "origin"));
  if (!origin.empty()) return origin;
  throw Wrong{
      R"("origin" is missing or invalid. Expected: for example "https://crm.example.com".)"};
}

// Returns the value whose name is at `key`. `expected` lists the names.
template <typename Table>
auto needed_choice(const json& object, const char* key, const Table& table, const char* expected) {
  const std::string name = optional_text(object, key);
  const auto* const known = std::ranges::find(table, name, &Table::value_type::first);
  if (known != table.end()) return known->second;
  throw Wrong{std::string("\"") + key + "\" is " + described(json(name)) +
              ". Expected: " + expected + "."};
}

std::string surface_of(const json& object) {
  return needed_text(object, "surface", kMaxSurface_characters);
}

std::optional<double> optional_ago_ms(const json& object, const char* key) {
  const auto found = object.find(key);
  if (found == object.end()) return std::nullopt;
  if (!found->is_number() || *found < 0 || *found > kMaxAgo_ms) {
    throw Wrong{std::string("\"") + key + "\" is " + described(*found) +
                ". Expected: a number of milliseconds from 0 to 86400000."};
  }
  return found->get<double>();
}

SurfaceOpen open_of(const json& object) {
  return {surface_of(object), page_origin(optional_text(object, "origin")),
          plain_text(optional_text(object, "reason"), kMaxReason_bytes),
          optional_ago_ms(object, "visible_ms_ago")};
}

SurfaceActive active_of(const json& object) {
  SurfaceActive active{surface_of(object), false, optional_ago_ms(object, "ms_ago").value_or(0)};
  if (const auto card = object.find("card"); card != object.end()) {
    if (!card->is_boolean()) {
      throw Wrong{"\"card\" is " + described(*card) + ". Expected: true or false."};
    }
    active.card = card->get<bool>();
  }
  return active;
}

SurfaceContinue continue_of(const json& object) {
  SurfaceContinue wish{surface_of(object), std::nullopt};
  if (const auto seen = object.find("seen"); seen != object.end()) {
    if (!seen->is_boolean()) {
      throw Wrong{"\"seen\" is " + described(*seen) + ". Expected: true or false."};
    }
    wish.seen = seen->get<bool>();
  }
  return wish;
}

OverlayReport overlay_report_of(const json& object) {
  const std::string event = optional_text(object, "event");
  for (const auto known : {OverlayEvent::banner_not_seen, OverlayEvent::overlay_failed}) {
    if (event == name_of(known)) return {surface_of(object), known};
  }
  throw Wrong{R"("event" is )" + described(json(event)) +
              R"(. Expected: "banner_not_seen" or "overlay_failed".)"};
}

RuleReport report_of(const json& object) {
  RuleReport report;
  report.event = needed_choice(object, "event", kRuleEvents,
                               R"("matched", "passed", "missed", "unruled" or "invalid")");
  report.origin = needed_origin(object);
  if (report.event != RuleEvent::unruled) {
    report.rule = needed_text(object, "rule", kMaxRuleName_characters);
  }
  return report;
}

Correction correction_of(const json& object) {
  Correction correction;
  correction.origin = needed_origin(object);
  correction.change =
      needed_choice(object, "change", kCorrectionChanges, R"("made", "taken_back" or "dropped")");
  correction.direction =
      needed_choice(object, "direction", kCorrectionDirections, R"("mute" or "unmute")");
  const auto selectors = object.find("selectors");
  if (selectors == object.end() || !selectors->is_array() || selectors->empty() ||
      selectors->size() > kMaxCorrection_selectors) {
    throw Wrong{"\"selectors\" is missing or invalid. Expected: a list of 1 to " +
                std::to_string(kMaxCorrection_selectors) + " CSS selectors."};
  }
  for (const json& selector : *selectors) {
    correction.selectors.push_back(
        text_of(selector, "a selector", kMaxCorrectionSelector_characters));
  }
  return correction;
}

Hello hello_of(const json& object) {
  const auto protocol = object.find("protocol");
  const auto number = protocol == object.end() ? std::nullopt : whole_number_of(*protocol);
  if (!number) {
    throw Wrong{"\"protocol\" is missing or not a whole number. Expected: 1."};
  }
  Hello hello;
  hello.protocol = *number;
  if (const auto client = object.find("client"); client != object.end()) {
    if (!client->is_object()) {
      throw Wrong{"\"client\" is " + described(*client) + ". Expected: an object."};
    }
    hello.extension_version =
        plain_text(optional_text(*client, "extension_version"), kMaxReason_bytes);
    hello.browser = plain_text(optional_text(*client, "browser"), kMaxReason_bytes);
    hello.installation = plain_text(optional_text(*client, "installation"), kMaxInstallation_bytes);
    hello.card_frames_date = optional_date(*client, "card_frames_date");
    hello.hidden_sites = optional_count(*client, "hidden_sites", kMaxHiddenSites);
    // The locale is checked but not used, since the host's messages are for administrators, in
    // English.
    static_cast<void>(optional_text(*client, "locale"));
  }
  return hello;
}

Override override_of(const json& object) {
  const std::string mode = optional_text(object, "mode");
  for (const auto candidate : {OverrideMode::mute, OverrideMode::record, OverrideMode::automatic}) {
    if (mode == name_of(candidate)) return {candidate};
  }
  throw Wrong{R"("mode" is )" + described(json(mode)) +
              R"(. Expected: "mute", "record" or "auto".)"};
}

Request request_of(const json& object) {
  const std::string type = optional_text(object, "type");
  if (type == "hello") return hello_of(object);
  if (type == "surface.open") return open_of(object);
  if (type == "surface.close") {
    return SurfaceClose{surface_of(object),
                        plain_text(optional_text(object, "reason"), kMaxReason_bytes)};
  }
  if (type == "surface.active") return active_of(object);
  if (type == "surface.continue") return continue_of(object);
  if (type == "overlay.report") return overlay_report_of(object);
  if (type == "rule.report") return report_of(object);
  if (type == "correction.report") return correction_of(object);
  if (type == "override") return override_of(object);
  if (type == "extension.set") {
    return ExtensionSet{needed_text(object, "extension", kMaxExtension_characters)};
  }
  if (type == "status") return StatusQuery{};
  throw Wrong{(type.empty() ? std::string("\"type\" is missing")
                            : "the type " + described(json(type)) + " is unknown") +
              ". Expected: hello, surface.open, surface.close, surface.active, surface.continue, "
              "overlay.report, rule.report, correction.report, override, extension.set or status."};
}

std::optional<std::uint64_t> id_of(const json& object) {
  const auto id = object.find("id");
  if (id == object.end()) return std::nullopt;
  const std::int64_t number = whole_number_of(*id).value_or(-1);
  if (number < 0) return std::nullopt;
  return static_cast<std::uint64_t>(number);
}

}  // namespace

Parsed parse_request(std::string_view text) {
  const json object = json::parse(text, nullptr, /*allow_exceptions=*/false);
  // By RFC 8259 no byte order mark may be sent before JSON, but the parser would skip one.
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  if (object.is_discarded() || text.starts_with(kByteOrderMark)) {
    const char* what = is_utf8(text) ? "The frame is not JSON" : "The frame is not UTF-8";
    return {std::nullopt, Error{ErrorCode::bad_frame,
                                std::string(what) + ": expected one JSON object in UTF-8."}};
  }
  if (!object.is_object()) {
    return {std::nullopt, Error{ErrorCode::bad_request, "The frame is " + described(object) +
                                                            ": expected one JSON object."}};
  }
  const auto id = id_of(object);
  if (!id) {
    const auto found = object.find("id");
    return {
        std::nullopt,
        Error{ErrorCode::bad_request,
              (found == object.end() ? "\"id\" is missing" : "\"id\" is " + described(*found)) +
                  ". Expected: a whole number from 0 to 9007199254740991, new for each request."}};
  }
  try {
    return {id, request_of(object)};
  } catch (const Wrong& wrong) {
    return {id, Error{ErrorCode::bad_request, wrong.message}};
  }
}

std::string_view name_of(OverlayEvent event) {
  return event == OverlayEvent::overlay_failed ? "overlay_failed" : "banner_not_seen";
}

}  // namespace cardmute::protocol
