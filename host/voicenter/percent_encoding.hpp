// Encodes a value for the query of a URL.
#pragma once

#include <string>
#include <string_view>

namespace cardmute::voicenter {

// RFC 3986, section 2.1: everything except unreserved characters becomes %XX.
std::string percent_encoded(std::string_view value);

}  // namespace cardmute::voicenter
