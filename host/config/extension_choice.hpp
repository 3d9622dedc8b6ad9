// Decides which extension is the person's, after all files were read:
// 1. the person's own choice: `extension` in the user's file over the machine's, or else what the
//    person answered in the popup;
// 2. the row of the table that has the person's log-in;
// 3. `extension`.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <variant>

#include "base/error.hpp"
#include "config/keys.hpp"
#include "config/load.hpp"

namespace cardmute::config {

// Where the answer in the popup is kept: extension.json beside the user's file, which a person may
// have written by hand and which is therefore never written.
std::filesystem::path asked_extension_file(const Sources& sources);

// Takes that answer, if the person may choose and the user's file does not.
void take_asked_extension(const Sources& sources, Draft& draft, Loaded& loaded);

// Takes the person's row of the table. Reports rows that cannot be used: as errors if one of them
// may be the person's, otherwise as warnings. Then there must be an extension.
void choose_extension(const Sources& sources, Draft& draft, Loaded& loaded);

// The configuration with this answer; its errors, if there are other ones than the extension. Or
// why the answer cannot be kept: what is wrong with it, or that the person may not choose.
std::variant<Loaded, Error> load_with_answer(const Sources& sources, const std::string& extension);

// Keeps the person's answer. Returns why it was not kept: as above, or that the file cannot be
// written.
std::optional<Error> keep_asked_extension(const Sources& sources, const std::string& extension);

}  // namespace cardmute::config
