// The keys that every provider's section has; see section.hpp.
#include <array>
#include <utility>

#include "config/ca_file.hpp"
#include "config/section.hpp"
#include "config/values.hpp"

namespace cardmute::config {

namespace {

telephony::AccountSettings& settings_of(const Setting& setting) {
  return setting.draft.account->settings;
}

void take_target(const Setting& setting) {
  static constexpr std::array<std::pair<std::string_view, bool>, 2> kTargets{
      {{"extension", false}, {"call", true}}};
  if (const auto by_call = choice_of(setting, kTargets)) {
    settings_of(setting).by_call = *by_call;
  }
}

void take_ca_file(const Setting& setting) {
  auto& settings = settings_of(setting);
  settings.ca_file.clear();
  settings.ca_pem.clear();
  if (setting.value.is_null()) {
    return;
  }
  const auto file = readable_file_of(setting);
  if (!file) {
    return;
  }
  settings.ca_file = *file;
  setting.draft.config.named_files.emplace_back(*file);
  auto content = read_ca_file(*file);
  if (content.flaw) {
    setting.report.wrong(setting.key, "in " + in_quotes(*file) + ": " + *content.flaw,
                         kExpectedCaFile);
  }
  settings.ca_pem = std::move(content.pem);
}

}  // namespace

std::span<const Key> account_keys() {
  static constexpr std::array<Key, 9> kKeys{{
      {"extension", take_extension},
      {"extensions", take_extensions},
      {"proof", take_proof},
      {"target", take_target},
      {"timeout_ms",
       [](const Setting& setting) {
         auto& timeout_ms = settings_of(setting).timeout_ms;
         timeout_ms = milliseconds_of(setting, kMinTimeout_ms, kMaxTimeout_ms).value_or(timeout_ms);
       }},
      {"reassert_ms",
       [](const Setting& setting) {
         auto& reassert_ms = settings_of(setting).reassert_ms;
         reassert_ms =
             milliseconds_of(setting, kMinReassert_ms, kMaxReassert_ms).value_or(reassert_ms);
       }},
      {"reassert_live_ms",
       [](const Setting& setting) {
         auto& reassert_ms = settings_of(setting).reassert_live_ms;
         reassert_ms =
             milliseconds_of(setting, kMinReassert_ms, kMaxReassert_ms).value_or(reassert_ms);
       }},
      {"ca_file", take_ca_file},
      {"proxy",
       [](const Setting& setting) {
         settings_of(setting).proxy =
             setting.value.is_null() ? "" : proxy_url_of(setting).value_or("");
       }},
  }};
  return kKeys;
}

}  // namespace cardmute::config
