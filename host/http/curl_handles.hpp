// RAII for libcurl's handles, and its initialisation. Private to http/.
#pragma once

#include <curl/curl.h>

#include <memory>
#include <stdexcept>
#include <string>

namespace cardmute::http {

struct EasyCleanup {
  void operator()(CURL* easy) const { curl_easy_cleanup(easy); }
};
struct MultiCleanup {
  void operator()(CURLM* multi) const { curl_multi_cleanup(multi); }
};
struct ListCleanup {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using Easy = std::unique_ptr<CURL, EasyCleanup>;
using Multi = std::unique_ptr<CURLM, MultiCleanup>;
using SharedMulti = std::shared_ptr<CURLM>;
using HeaderList = std::unique_ptr<curl_slist, ListCleanup>;

// Initialises libcurl once in this process. Any thread may call it.
void start_curl();

// Sets a required option. Throws std::runtime_error if libcurl rejects it, because that must never
// go unnoticed, least of all with a TLS option.
template <typename Value>
void set(CURL* easy, CURLoption option, Value value) {
  const CURLcode code = curl_easy_setopt(easy, option, value);
  if (code != CURLE_OK) {
    throw std::runtime_error("libcurl refused option " + std::to_string(option) + ": " +
                             curl_easy_strerror(code));
  }
}

}  // namespace cardmute::http
