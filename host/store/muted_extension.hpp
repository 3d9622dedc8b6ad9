// Tells for which extension a mute is outstanding. The command `settle` may not know the agent's
// extension, because the configuration may take it from the environment of the browser.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

namespace cardmute::store {

struct MutedExtension {
  // nullopt: no mute of an extension is outstanding, or there is a problem
  std::optional<std::string> value;
  std::optional<std::string> problem;  // why the store could not be read, one line
};

// Returns the extension that was last muted and is not known to be unmuted. A mute of this boot
// comes before those of other boots. If the store's file is missing, no mute is outstanding.
MutedExtension read_muted_extension(const std::filesystem::path& file, const std::string& boot);

struct OutstandingInStore {
  bool any = false;
  std::optional<std::string> problem;  // why the store could not be read, one line
};

// Whether a mute of this boot is outstanding, of an extension or a call.
OutstandingInStore read_outstanding(const std::filesystem::path& file, const std::string& boot);

}  // namespace cardmute::store
