// A made-up telephone provider with an API of another shape. It shows that a second provider is one
// folder: nothing in host/ knows of it.
#pragma once

#include "config/section.hpp"

namespace cardmute::parley {

const config::Section& section();

}  // namespace cardmute::parley
