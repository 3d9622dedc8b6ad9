// Text from outside (a page, a server, a library) made fit for a reply, a log line and a screen.
// Anyone in host/ may include this.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace cardmute {

// `text` as valid UTF-8 of at most `max_bytes` bytes, cut between two characters. Bytes that are no
// UTF-8, control characters, line separators and the characters that change the direction of what
// stands around them each become one U+FFFD.
std::string plain_text(std::string_view text, std::size_t max_bytes);

}  // namespace cardmute
