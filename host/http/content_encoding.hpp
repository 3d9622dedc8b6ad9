// Decodes a compressed body (RFC 9110, 8.4). libcurl could do it, but would not notice if the end
// of the body were missing.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <variant>

namespace cardmute::http {

enum class DecodingFlaw {
  unknown_encoding,  // an encoding other than gzip and deflate, or too many
  damaged,           // cut off, changed, or followed by other bytes
  too_large
};

// Returns `body` without its encodings. `encoding` is the value of Content-Encoding, a list; empty:
// no encoding. Undoing an encoding must give at most `most_bytes`. An encoding that cannot be
// undone is left out if the body is JSON already.
std::variant<std::string, DecodingFlaw> decoded(std::string body, std::string_view encoding,
                                                std::size_t most_bytes);

// Describes the flaw in words, for Result::failure_text.
std::string words_of(DecodingFlaw flaw, std::string_view encoding);

}  // namespace cardmute::http
