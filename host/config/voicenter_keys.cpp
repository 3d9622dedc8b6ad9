// The keys of the "voicenter" group; see keys.hpp.
#include <array>

#include "config/keys.hpp"
#include "config/url_flaws.hpp"
#include "config/values.hpp"

namespace cardmute::config {

namespace {

constexpr const char* kServiceUrl =
    "an https address (http only on this machine itself) without user name, ? and #";
constexpr const char* kProxyUrl =
    "http://, https:// or socks5:// and the proxy's host and port, or null for the environment's";

// A URL that passes `flaw_of`. Messages name the flaw and never the URL: what people paste there
// may hold a password or an organisation's code.
std::optional<std::string> url_of(const Setting& setting, const char* expected,
                                  std::optional<std::string> (*flaw_of)(std::string_view)) {
  auto text = text_of(setting, expected);
  if (!text) {
    return std::nullopt;
  }
  if (const auto flaw = flaw_of(*text)) {
    setting.report.wrong(setting.key, "found " + *flaw, expected);
    return std::nullopt;
  }
  return text;
}

Voicenter& voicenter_of(const Setting& setting) { return setting.draft.config.voicenter; }

void take_method(const Setting& setting) {
  static constexpr std::array<std::pair<std::string_view, bool>, 2> kMethods{
      {{"POST", true}, {"GET", false}}};
  if (const auto post = choice_of(setting, kMethods)) {
    voicenter_of(setting).post = *post;
  }
}

void take_mute_state(const Setting& setting) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 2> kStates{
      {{"1", "1"}, {"0", "0"}}};
  if (const auto state = choice_of(setting, kStates)) {
    voicenter_of(setting).mute_state = *state;
  }
}

void take_target(const Setting& setting) {
  static constexpr std::array<std::pair<std::string_view, bool>, 2> kTargets{
      {{"extension", false}, {"call", true}}};
  if (const auto by_call = choice_of(setting, kTargets)) {
    voicenter_of(setting).by_call = *by_call;
  }
}

void take_active_calls(const Setting& setting) {
  auto& active_calls = voicenter_of(setting).active_calls;
  active_calls.reset();
  if (setting.value.is_null()) {
    return;
  }
  constexpr const char* kExpected = "a group {…} with \"url\" and \"code\", or null for none";
  if (!setting.value.is_object()) {
    setting.report.wrong(setting.key, "found " + kind_of(setting.value), kExpected);
    return;
  }
  active_calls.emplace();
  take_group(setting.value, setting.key, active_calls_keys(), setting.draft, setting.report);
  for (const char* name : {"url", "code"}) {
    if (!setting.value.contains(name)) {
      setting.report.wrong(join(setting.key, name), "missing", kExpected);
    }
  }
}

void take_code(const Setting& setting) {
  ActiveCalls& active_calls = *voicenter_of(setting).active_calls;
  const bool in_file =
      setting.value.is_object() && setting.value.size() == 1 && setting.value.contains("file");
  if (in_file) {
    const Setting file{setting.value["file"], join(setting.key, "file"), setting.draft,
                       setting.report};
    active_calls.code_file = readable_file_of(file).value_or("");
  } else if (setting.value.is_string()) {
    active_calls.code = text_of(setting, "the organisation's code").value_or("");
  } else {
    setting.report.wrong(setting.key, "found " + kind_of(setting.value),
                         R"(the organisation's code, a text, or {"file": "/path/of/a/file"})");
  }
}

}  // namespace

std::span<const Key> active_calls_keys() {
  static constexpr std::array<Key, 2> kKeys{{
      {"url",
       [](const Setting& setting) {
         voicenter_of(setting).active_calls->url =
             url_of(setting, kServiceUrl, flaw_of_service_url).value_or("");
       }},
      {"code", take_code},
  }};
  return kKeys;
}

std::span<const Key> voicenter_keys() {
  static constexpr std::array<Key, 10> kKeys{{
      {"mute_url",
       [](const Setting& setting) {
         auto& url = voicenter_of(setting).mute_url;
         url = url_of(setting, kServiceUrl, flaw_of_service_url).value_or(url);
       }},
      {"method", take_method},
      {"extension",
       [](const Setting& setting) {
         auto& extension = voicenter_of(setting).extension;
         extension =
             text_of(setting, "the agent's SIP ID", kMaxExtension_characters).value_or(extension);
       }},
      {"target", take_target},
      {"mute_state", take_mute_state},
      {"active_calls", take_active_calls},
      {"timeout_ms",
       [](const Setting& setting) {
         auto& timeout_ms = voicenter_of(setting).timeout_ms;
         timeout_ms = milliseconds_of(setting, kMinTimeout_ms, kMaxTimeout_ms).value_or(timeout_ms);
       }},
      {"reassert_ms",
       [](const Setting& setting) {
         auto& reassert_ms = voicenter_of(setting).reassert_ms;
         reassert_ms =
             milliseconds_of(setting, kMinReassert_ms, kMaxReassert_ms).value_or(reassert_ms);
       }},
      {"ca_file",
       [](const Setting& setting) {
         voicenter_of(setting).ca_file =
             setting.value.is_null() ? "" : readable_file_of(setting).value_or("");
       }},
      {"proxy",
       [](const Setting& setting) {
         voicenter_of(setting).proxy =
             setting.value.is_null() ? ""
                                     : url_of(setting, kProxyUrl, flaw_of_proxy_url).value_or("");
       }},
  }};
  return kKeys;
}

}  // namespace cardmute::config
