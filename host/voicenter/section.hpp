// Registers Voicenter with the rest of the host.
#pragma once

#include "config/section.hpp"

namespace cardmute::voicenter {

// The section "voicenter" of the configuration. Its accounts are of class voicenter::Account.
const config::Section& section();

}  // namespace cardmute::voicenter
