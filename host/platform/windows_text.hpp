// Converts between UTF-16, which Windows' interfaces use, and UTF-8, which the rest of this program
// uses. Private to platform/.
#pragma once

#include <string>
#include <string_view>

namespace cardmute::platform {

std::wstring wide(std::string_view utf8);
std::string utf8(std::wstring_view wide);
// Windows' text for one of its error codes, in English if possible: "Access is denied".
std::string error_text(unsigned long code);
// Windows' text for the last error of this thread.
std::string last_error_text();
// Throws std::system_error with the last error.
[[noreturn]] void fail_with_last_error(const std::string& what);

}  // namespace cardmute::platform
