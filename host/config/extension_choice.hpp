// Decides which extension is the person's, after all files were read. The first of these is used:
// 1. the person's own choice: `extension` in the user's file, if there is a machine's file too, or
//    the answer in the popup;
// 2. the row of the table with the person's log-in;
// 3. `extension` in the configuration, which is then the same for everyone.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <variant>

#include "base/error.hpp"
#include "config/keys.hpp"
#include "config/load.hpp"

namespace cardmute::config {

// The file with the extension that the person has chosen in the popup: extension.json beside the
// user's file. The user's file is never changed, because a person may have written it by hand.
std::filesystem::path asked_extension_file(const Sources& sources);

// Takes over the answer in the popup if the person may choose, the user's file has no extension,
// and there is no error so far. Warns if the person may not choose, or if the stored answer cannot
// be used.
void take_asked_extension(const Sources& sources, Draft& draft, Loaded& loaded);

// Takes over the person's row of the table, unless the person has chosen. Reports each row that
// cannot be used: as an error if it may be the person's and is needed, otherwise as a warning.
// Reports an error if the person then has no extension, unless `sources.need` says otherwise. Sets
// loaded.may_set_extension.
void choose_extension(const Sources& sources, Draft& draft, Loaded& loaded);

// Loads the configuration as it would be with this answer in the popup. The loaded configuration
// may have errors, but none about the extension. Returns an Error if the answer cannot be stored:
// it is wrong, or the person may not choose.
std::variant<Loaded, Error> load_with_answer(const Sources& sources, const std::string& extension);

// Stores the person's answer in the popup. Returns why it could not be stored: the Error of
// load_with_answer(), or that the file cannot be written.
std::optional<Error> keep_asked_extension(const Sources& sources, const std::string& extension);

}  // namespace cardmute::config
