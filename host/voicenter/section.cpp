// The keys of the section "voicenter"; see section.hpp.
#include "voicenter/section.hpp"

#include <array>

#include "config/hidden_characters.hpp"
#include "config/values.hpp"
#include "voicenter/account.hpp"
#include "voicenter/names.hpp"
#include "voicenter/secret_file.hpp"

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

// The warning never repeats the secret.
void warn_of_look_alikes(const Setting& setting, const std::string& word,
                         const std::string& secret) {
  if (const auto flaw = config::look_alike(secret)) {
    setting.report.warn_in_force(setting.key, "used, although the " + word + " has " + *flaw,
                                 config::kTypeAgain);
  }
}

// Takes over a secret, which is given as a string or as the name of a file that contains it.
// `words` describes the secret in messages.
void take_secret(const Setting& setting, const std::string& words, std::string& value,
                 std::string& file) {
  const std::string word = setting.key.substr(setting.key.rfind('.') + 1);
  const bool in_file =
      setting.value.is_object() && setting.value.size() == 1 && setting.value.contains("file");
  if (in_file) {
    const Setting named{setting.value["file"], join(setting.key, "file"), setting.draft,
                        setting.report};
    const auto path = readable_secret_file_of(named);
    if (!path) {
      return;
    }
    file = *path;
    setting.draft.config.named_files.emplace_back(*path);
    if (const auto flaw = flaw_of_secret_file(*path, word)) {
      setting.report.wrong(named.key, "in " + config::in_quotes(*path) + ": " + *flaw,
                           words + " on one line");
    }
    warn_of_look_alikes(named, word, secret_of({}, file).value());
  } else if (setting.value.is_string()) {
    value = text_of(setting, words).value_or("");
    warn_of_look_alikes(setting, word, value);
  } else {
    setting.report.wrong(setting.key, "found " + kind_of(setting.value),
                         words + R"(, a string, or {"file": "/path/of/a/file"})");
  }
}

void take_code(const Setting& setting) {
  auto& active_calls = *account_of(setting).active_calls;
  take_secret(setting, "the organisation's code", active_calls.code, active_calls.code_file);
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

RealtimeSettings& realtime_of(const Setting& setting) { return *account_of(setting).realtime; }

std::span<const Key> realtime_keys() {
  static constexpr std::array<Key, 5> kKeys{{
      {"login_url",
       [](const Setting& setting) {
         auto& login_url = realtime_of(setting).login_url;
         login_url = service_url_of(setting).value_or(login_url);
       }},
      {"email",
       [](const Setting& setting) {
         realtime_of(setting).email = text_of(setting, "the agent's email address").value_or("");
       }},
      {"pin",
       [](const Setting& setting) {
         auto& realtime = realtime_of(setting);
         take_secret(setting, "the agent's pin", realtime.pin, realtime.pin_file);
       }},
      {"token",
       [](const Setting& setting) {
         auto& realtime = realtime_of(setting);
         take_secret(setting, "the agent's token", realtime.token, realtime.token_file);
       }},
      {"url",
       [](const Setting& setting) {
         realtime_of(setting).url = service_url_of(setting).value_or("");
       }},
  }};
  return kKeys;
}

void take_realtime(const Setting& setting) {
  auto& realtime = account_of(setting).realtime;
  realtime.reset();
  if (setting.value.is_null()) {
    return;
  }
  constexpr const char* kExpected =
      "a group {…} with the agent's log-in, \"email\" and \"pin\", or \"token\"; or null for none";
  if (!setting.value.is_object()) {
    setting.report.wrong(setting.key, "found " + kind_of(setting.value), kExpected);
    return;
  }
  for (const char* name : {"username", "password", "account"}) {
    if (!setting.value.contains(name)) continue;
    setting.report.wrong(join(setting.key, name), "found an account's log-in",
                         "the log-in of one agent: an account's log-in would bring every call and "
                         "caller of the organisation to this workstation");
    return;
  }
  realtime.emplace();
  config::take_group(setting.value, setting.key, realtime_keys(), setting.draft, setting.report);
  const bool has_token = setting.value.contains("token");
  const bool has_user = setting.value.contains("email") && setting.value.contains("pin");
  const bool has_part = setting.value.contains("email") || setting.value.contains("pin");
  if (has_token == has_part || has_part != has_user) {
    setting.report.wrong(setting.key, "not one whole log-in", kExpected);
  }
}

std::span<const Key> voicenter_keys() {
  static constexpr std::array<Key, 5> kKeys{{
      {"mute_url",
       [](const Setting& setting) {
         auto& url = account_of(setting).mute_api.url;
         url = service_url_of(setting).value_or(url);
       }},
      {"method", take_method},
      {"mute_state", take_mute_state},
      {"active_calls", take_active_calls},
      {"realtime", take_realtime},
  }};
  return kKeys;
}

}  // namespace

const config::Section& section() {
  static const std::array<config::KeyGroup, 2> groups{
      {{"active_calls", active_calls_keys()}, {"realtime", realtime_keys()}}};
  static const config::Section made{.name = kNames.section,
                                    .make_account = []() -> std::shared_ptr<telephony::Account> {
                                      return std::make_shared<Account>();
                                    },
                                    .keys = voicenter_keys(),
                                    .groups = groups};
  return made;
}

}  // namespace cardmute::voicenter
