// The options that every request has in common; see transfer_options.hpp.
#include "http/transfer_options.hpp"

namespace cardmute::http {

namespace {

// A peer that vanished without a word is noticed after idle + 9 probes at most.
constexpr long kKeepaliveIdle_s = 30;
constexpr long kKeepaliveInterval_s = 10;
// libcurl drops a connection that was idle for 118 s; ours lives until the server closes it.
constexpr long kMaxIdle_s = 24L * 60 * 60;

void set_tls(CURL* easy, const std::string& ca_file) {
  set(easy, CURLOPT_SSL_VERIFYPEER, 1L);
  set(easy, CURLOPT_SSL_VERIFYHOST, 2L);
  set(easy, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  const char* no_folder = nullptr;
  if (!ca_file.empty()) {
    // Instead of the system's, not besides: so the folder has to go as well.
    set(easy, CURLOPT_CAINFO, ca_file.c_str());
    set(easy, CURLOPT_CAPATH, no_folder);
    set(easy, CURLOPT_PROXY_CAINFO, ca_file.c_str());
    set(easy, CURLOPT_PROXY_CAPATH, no_folder);
  } else if (curl_version_info(CURLVERSION_NOW)->cainfo != nullptr) {
    // With a file alone libcurl reads it once; with a folder besides, for each new connection
    // again.
    set(easy, CURLOPT_CAPATH, no_folder);
    set(easy, CURLOPT_PROXY_CAPATH, no_folder);
  }
}

void set_connection(CURL* easy) {
  set(easy, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_2TLS));
  set(easy, CURLOPT_TCP_NODELAY, 1L);
  set(easy, CURLOPT_TCP_KEEPALIVE, 1L);
  set(easy, CURLOPT_TCP_KEEPIDLE, kKeepaliveIdle_s);
  set(easy, CURLOPT_TCP_KEEPINTVL, kKeepaliveInterval_s);
  set(easy, CURLOPT_MAXAGE_CONN, kMaxIdle_s);
}

}  // namespace

void set_lasting_options(CURL* easy, const Settings& settings) {
  set(easy, CURLOPT_NOSIGNAL, 1L);
  // A name server that does not answer must not hold up the loop: without this, giving a request up
  // waits for the thread that resolves its name.
  set(easy, CURLOPT_QUICK_EXIT, 1L);
  set(easy, CURLOPT_FOLLOWLOCATION, 0L);
  set(easy, CURLOPT_USERAGENT, "CardMute");
  set_tls(easy, settings.ca_file);
  set_connection(easy);
}

HeaderList make_post_headers() {
  HeaderList list(curl_slist_append(nullptr, "Content-Type: application/json"));
  // No "100-continue": it would cost a round trip.
  if (list == nullptr || curl_slist_append(list.get(), "Expect:") == nullptr) {
    throw std::runtime_error("libcurl gave no header list");
  }
  return list;
}

}  // namespace cardmute::http
