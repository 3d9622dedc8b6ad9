// Whether an upgrade has put another program in the place of a running one.
#pragma once

#include <filesystem>

#include "install/browsers.hpp"

namespace cardmute::install {

// True if manifests of this kind name programs that exist, and none of them is `program`. A
// manifest may name a program relative to the manifest's own folder.
bool is_replaced(const std::filesystem::path& program, Kind kind, const Roots& roots,
                 System system = this_system());

}  // namespace cardmute::install
