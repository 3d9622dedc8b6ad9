// Makes text from outside (a page, a server, a library) safe for a reply, a log line and a
// terminal.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace cardmute {

// Returns `text` as valid UTF-8 of at most `max_bytes` bytes, cut between two characters. Each
// invalid byte, control character, line separator, bidirectional control and byte order mark
// becomes U+FFFD.
std::string plain_text(std::string_view text, std::size_t max_bytes);

// Returns `text` with each occurrence of the secret replaced by "…", because a server may repeat
// what was sent to it. Call it before plain_text(), which may cut the secret in two.
std::string without(std::string_view secret, std::string text);

bool is_utf8(std::string_view text);

}  // namespace cardmute
