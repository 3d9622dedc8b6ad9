// Decodes a compressed body (RFC 9110, 8.4). libcurl can do that too, but does not notice that the
// end of the body is missing.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <variant>

namespace cardmute::http {

enum class DecodingFlaw {
  unknown_encoding,  // another than gzip and deflate
  damaged,           // cut off, changed, or followed by something else
  too_large
};

// `body` as it was before its encodings, at most `most_bytes` long. `encoding`: the value of
// Content-Encoding, a list; empty: none. A body that is JSON already is returned as it is.
std::variant<std::string, DecodingFlaw> decoded(std::string body, std::string_view encoding,
                                                std::size_t most_bytes);

// In words, for failure_text.
std::string words_of(DecodingFlaw flaw, std::string_view encoding);

}  // namespace cardmute::http
