// libcurl's start-up; see curl_handles.hpp.
#include "http/curl_handles.hpp"

#include <csignal>

namespace cardmute::http {

void start_curl() {
  static const CURLcode started = [] {
#ifdef SIGPIPE
    // OpenSSL writes to sockets without MSG_NOSIGNAL: a server that goes away must not end us.
    // (libcurl would guard each call by itself, but by changing signal handlers under the other
    // thread.)
    static_cast<void>(std::signal(SIGPIPE, SIG_IGN));
#endif
    return curl_global_init(CURL_GLOBAL_DEFAULT);
  }();
  if (started != CURLE_OK) throw std::runtime_error("libcurl did not start");
}

}  // namespace cardmute::http
