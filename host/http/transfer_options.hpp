// The options that all requests share. Private to http/.
#pragma once

#include "http/client.hpp"
#include "http/curl_handles.hpp"

namespace cardmute::http {

// Sets the options that are the same for every request of a client.
void set_lasting_options(CURL* easy, const Settings& settings);

// The header lines of a POST.
HeaderList make_post_headers();

}  // namespace cardmute::http
