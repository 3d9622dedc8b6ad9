// Something a person should know that does not change the state, for example that a form has been
// open for a long time.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <utility>

namespace cardmute::engine {

enum class NoticeCode {
  polarity_unproven,
  store_failed,
  store_shared,
  state_folder_unsafe,
  form_idle,
  form_mute_long,
  manual_mute_long,
  unmute_delayed,
  left_muted,
  environment_ignored,
  user_settings_ignored,
  configuration_not_used,
  unconfirmed_extension,
  events_missing
};

// The names in messages to the extension. tests/contract/protocol.md explains each.
inline constexpr std::array<std::pair<NoticeCode, std::string_view>, 14> kNoticeNames{{
    {NoticeCode::polarity_unproven, "polarity_unproven"},
    {NoticeCode::store_failed, "store_failed"},
    {NoticeCode::store_shared, "store_shared"},
    {NoticeCode::state_folder_unsafe, "state_folder_unsafe"},
    {NoticeCode::form_idle, "form_idle"},
    {NoticeCode::form_mute_long, "form_mute_long"},
    {NoticeCode::manual_mute_long, "manual_mute_long"},
    {NoticeCode::unmute_delayed, "unmute_delayed"},
    {NoticeCode::left_muted, "left_muted"},
    {NoticeCode::environment_ignored, "environment_ignored"},
    {NoticeCode::user_settings_ignored, "user_settings_ignored"},
    {NoticeCode::configuration_not_used, "configuration_not_used"},
    {NoticeCode::unconfirmed_extension, "unconfirmed_extension"},
    {NoticeCode::events_missing, "events_missing"},
}};

std::string_view name_of(NoticeCode code);

struct Notice {
  NoticeCode code = NoticeCode::store_failed;
  std::string message;  // a single line
  bool operator==(const Notice&) const = default;
};

}  // namespace cardmute::engine
