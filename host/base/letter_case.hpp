// Letter case in UTF-8, the same on every system and in every locale.
#pragma once

#include <string>
#include <string_view>

namespace cardmute {

// The text with the capital letters of the Latin (also accented), Greek, Cyrillic and Armenian
// alphabets replaced by small ones. Everything else stays, also bytes that are no UTF-8.
std::string lower_case(std::string_view text);

}  // namespace cardmute
