// What machines and containers that share a store know of each other.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

namespace cardmute::store {

// The file that all processes of a boot (platform::ProcessIdentity::boot) hold locked, with a
// platform::LifeSign.
std::filesystem::path life_sign_of(const std::filesystem::path& file, const std::string& boot);

// Whether a process of another boot is using the store: on another machine, or on this one in
// another container, or outside this container. `own_boot`: the boot of this process. Never creates
// the store. A store that cannot be read counts as not shared.
bool is_shared_now(const std::filesystem::path& file, const std::string& own_boot);

}  // namespace cardmute::store
