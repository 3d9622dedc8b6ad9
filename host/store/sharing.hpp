// What the machines and containers that share a store know about each other.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

namespace cardmute::store {

// The file that the processes of a boot (platform::ProcessIdentity::boot) keep locked, by a
// platform::LifeSign.
std::filesystem::path life_sign_of(const std::filesystem::path& file, const std::string& boot);

// Whether a process of another boot is using the store now: on another machine, in another
// container of this machine, or outside this container. `own_boot` is the boot of this process.
// Never creates the store. A store that cannot be read counts as not shared.
bool is_shared_now(const std::filesystem::path& file, const std::string& own_boot);

}  // namespace cardmute::store
