// Text of Windows' interfaces: UTF-16 there, UTF-8 in the rest of this program. Private to
// platform/.
#pragma once

#include <string>
#include <string_view>

namespace cardmute::platform {

std::wstring wide(std::string_view utf8);
std::string utf8(std::wstring_view wide);
// What Windows says of one of its error codes, in English: "Access is denied".
std::string error_text(unsigned long code);
// The text of the last error of this thread.
std::string last_error_text();
// Throws std::system_error with the last error.
[[noreturn]] void fail_with_last_error(const std::string& what);

}  // namespace cardmute::platform
