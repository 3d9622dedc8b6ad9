// A part of extension_choice.hpp: finds the person's row in the table of extensions. Private to
// config/.
#pragma once

#include <string>

#include "config/keys.hpp"
#include "config/load.hpp"

namespace cardmute::config {

inline constexpr const char* kExtensionName = "extension";

// The dotted key of the extension, "SECTION.extension". SECTION is that of the configured provider,
// or that of the first provider if no section is configured.
std::string extension_key(const Draft& draft);

// The extension that was found so far; empty if there is none.
std::string extension_of(const Draft& draft);

// Takes the extension from the person's row. Keeps the draft's extension if that is the person's
// own choice, or if the person certainly has no row. Reports rows that cannot be used, and an error
// if there is no extension or it is not certain whose it is. Call it only if the draft has a table.
void choose_from_table(const Sources& sources, Draft& draft, Loaded& loaded);

}  // namespace cardmute::config
