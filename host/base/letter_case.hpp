// Letter case in UTF-8, the same on every system and in every locale.
#pragma once

#include <string>
#include <string_view>

namespace cardmute {

// Replaces the capital letters that occur in names (Latin, also accented; Greek, Cyrillic and
// Armenian) with small letters, and the Greek final sigma with the other small sigma. Everything
// else stays unchanged, even bytes that are not UTF-8.
std::string lower_case(std::string_view text);

}  // namespace cardmute
