// Voicenter's names and terms, for messages to people.
#pragma once

#include "telephony/account.hpp"

namespace cardmute::voicenter {

inline constexpr telephony::Names kNames{.provider = "Voicenter",
                                         .section = "voicenter",
                                         .url_key = "voicenter.mute_url",
                                         .request_keys = "voicenter.mute_url and voicenter.method",
                                         .recordings = "Voicenter's Cpanel",
                                         .doubt = "Voicenter's documents contradict each other"};

}  // namespace cardmute::voicenter
