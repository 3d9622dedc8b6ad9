// Maps libcurl's result codes to Failure. Private to http/.
#pragma once

#include <curl/curl.h>

#include "http/message.hpp"

namespace cardmute::http {

// `sent`: whether any part of the request may have been written to the connection.
Failure failure_of(CURLcode code, bool sent);

}  // namespace cardmute::http
