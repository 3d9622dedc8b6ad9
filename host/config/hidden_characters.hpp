// Finds invisible characters (direction marks, joiners, unusual blanks) and possible look-alikes.
// They are easily copied together with a value from a page or a chat. The value then differs from
// the one that was meant, although it looks the same.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace cardmute::config {

// Names the first invisible character of a UTF-8 text and its place: "an invisible character,
// U+200E, as character 8". nullopt if there is none. A blank (U+0020) does not count.
std::optional<std::string> hidden_character(std::string_view text);

// Names the place of the first character that is not ASCII, for IDs that a provider compares: "a
// character that is not ASCII, as character 1: it may look like …". nullopt if there is none. Does
// not repeat the character, because the text may be a secret.
std::optional<std::string> look_alike(std::string_view text);

}  // namespace cardmute::config
