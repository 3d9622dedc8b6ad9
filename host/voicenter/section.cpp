// The keys of the section "voicenter"; see section.hpp.
#include "voicenter/section.hpp"

#include <array>

#include "config/hidden_characters.hpp"
#include "config/values.hpp"
#include "voicenter/account.hpp"
#include "voicenter/code.hpp"
#include "voicenter/names.hpp"

namespace cardmute::voicenter {

using config::join;
using config::Key;
using config::kind_of;
using config::Setting;

namespace {

Account& account_of(const Setting& setting) { return config::account_of<Account>(setting); }

void take_method(const Setting& setting) {
  static constexpr std::array<std::pair<std::string_view, bool>, 2> kMethods{
      {{"POST", true}, {"GET", false}}};
  if (const auto post = choice_of(setting, kMethods)) {
    account_of(setting).mute_api.post = *post;
  }
}

void take_mute_state(const Setting& setting) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 2> kStates{
      {{"1", "1"}, {"0", "0"}}};
  if (const auto state = choice_of(setting, kStates)) {
    account_of(setting).mute_api.mute_state = *state;
  }
}

std::span<const Key> active_calls_keys();

void take_active_calls(const Setting& setting) {
  auto& active_calls = account_of(setting).active_calls;
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
  config::take_group(setting.value, setting.key, active_calls_keys(), setting.draft,
                     setting.report);
  for (const char* name : {"url", "code"}) {
    if (!setting.value.contains(name)) {
      setting.report.wrong(join(setting.key, name), "missing", kExpected);
    }
  }
}

void take_code_file(const Setting& setting) {
  const auto file = readable_file_of(setting);
  if (!file) {
    return;
  }
  account_of(setting).active_calls->code_file = *file;
  setting.draft.config.named_files.emplace_back(*file);
  if (const auto flaw = flaw_of_code_file(*file)) {
    setting.report.wrong(setting.key, "in " + config::in_quotes(*file) + ": " + *flaw,
                         "the organisation's code on one line");
  }
}

// `code` is never repeated.
void warn_of_look_alikes(const Setting& setting, const std::string& code) {
  if (const auto flaw = config::look_alike(code)) {
    setting.report.warn_in_force(setting.key, "used, although the code has " + *flaw,
                                 config::kTypeAgain);
  }
}

void take_code(const Setting& setting) {
  const bool in_file =
      setting.value.is_object() && setting.value.size() == 1 && setting.value.contains("file");
  if (in_file) {
    const Setting file{setting.value["file"], join(setting.key, "file"), setting.draft,
                       setting.report};
    take_code_file(file);
    warn_of_look_alikes(file, code_of(*account_of(setting).active_calls).value());
  } else if (setting.value.is_string()) {
    account_of(setting).active_calls->code =
        text_of(setting, "the organisation's code").value_or("");
    warn_of_look_alikes(setting, account_of(setting).active_calls->code);
  } else {
    setting.report.wrong(setting.key, "found " + kind_of(setting.value),
                         R"(the organisation's code, a string, or {"file": "/path/of/a/file"})");
  }
}

std::span<const Key> active_calls_keys() {
  static constexpr std::array<Key, 2> kKeys{{
      {"url",
       [](const Setting& setting) {
         account_of(setting).active_calls->url = service_url_of(setting).value_or("");
       }},
      {"code", take_code},
  }};
  return kKeys;
}

std::span<const Key> voicenter_keys() {
  static constexpr std::array<Key, 4> kKeys{{
      {"mute_url",
       [](const Setting& setting) {
         auto& url = account_of(setting).mute_api.url;
         url = service_url_of(setting).value_or(url);
       }},
      {"method", take_method},
      {"mute_state", take_mute_state},
      {"active_calls", take_active_calls},
  }};
  return kKeys;
}

}  // namespace

const config::Section& section() {
  static const std::array<config::KeyGroup, 1> groups{{{"active_calls", active_calls_keys()}}};
  static const config::Section made{.name = kNames.section,
                                    .make_account = []() -> std::shared_ptr<telephony::Account> {
                                      return std::make_shared<Account>();
                                    },
                                    .keys = voicenter_keys(),
                                    .groups = groups};
  return made;
}

}  // namespace cardmute::voicenter
