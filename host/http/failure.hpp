// libcurl's result codes in the words of message.hpp. Only transfer.cpp includes this.
#pragma once

#include <curl/curl.h>

#include "http/message.hpp"

namespace cardmute::http {

// `sent`: the request was at least begun on a standing connection.
Failure failure_of(CURLcode code, bool sent);

}  // namespace cardmute::http
