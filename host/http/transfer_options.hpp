// The options that all requests share. Private to http/.
#pragma once

#include "http/client.hpp"
#include "http/curl_handles.hpp"

namespace cardmute::http {

void set_lasting_options(CURL* easy, const Settings& settings);

HeaderList make_post_headers();

}  // namespace cardmute::http
