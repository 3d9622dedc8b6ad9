// The options that every request has in common. Only transfer.cpp includes this.
#pragma once

#include "http/client.hpp"
#include "http/curl_handles.hpp"

namespace cardmute::http {

// Sets what never changes between two requests of one client.
void set_lasting_options(CURL* easy, const Settings& settings);

// The header lines of a POST.
HeaderList make_post_headers();

}  // namespace cardmute::http
