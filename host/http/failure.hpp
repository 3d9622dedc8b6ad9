// Maps libcurl's result codes to Failure. Private to http/.
#pragma once

#include <curl/curl.h>

#include "http/message.hpp"

namespace cardmute::http {

// `sent`: whether the beginning of the request, or more, may have been written.
Failure failure_of(CURLcode code, bool sent);

}  // namespace cardmute::http
