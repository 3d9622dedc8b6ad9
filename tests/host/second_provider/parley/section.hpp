// A made-up telephone provider with a different API. It shows that a provider needs only its own
// folder: nothing in host/ names it.
#pragma once

#include "config/section.hpp"

namespace cardmute::parley {

const config::Section& section();

}  // namespace cardmute::parley
