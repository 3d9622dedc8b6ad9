// Characters that nobody sees: direction marks, joiners, blanks of other sorts. They come along
// when a value is copied from a page or a chat, and a value that has one equals nothing. For
// config/ only.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace cardmute::config {

// Names the first such character of a UTF-8 text and its place: "an invisible character, U+200E, as
// character 8". Nothing where there is none. A blank (U+0020) is none.
std::optional<std::string> hidden_character(std::string_view text);

}  // namespace cardmute::config
