// A value made fit for a URL's query. For voicenter/ only.
#pragma once

#include <string>
#include <string_view>

namespace cardmute::voicenter {

// RFC 3986, section 2.1: everything but the unreserved characters becomes %XX.
std::string percent_encoded(std::string_view value);

}  // namespace cardmute::voicenter
