#include "http/transfer_options.hpp"

#include <initializer_list>
#include <stdexcept>
#include <string>

#include "http/system_certificates.hpp"

namespace cardmute::http {

namespace {

// A dead peer is noticed at the latest after the idle time and Linux's 9 probes, one in each
// interval.
constexpr long kKeepaliveIdle_s = 30;
constexpr long kKeepaliveInterval_s = 10;
// How long libcurl keeps an idle connection. By default libcurl drops a connection that was idle
// for 118 s, but here the server decides.
constexpr long kMaxIdle_s = 24L * 60 * 60;

// How long libcurl may use its copy of the system's certificates; its default is a day. A CA
// that the administrator no longer trusts must not be trusted for long. Reading the certificates
// takes some 20 ms.
constexpr long kCertificates_s = 600;

HeaderList list_of(std::initializer_list<const char*> lines) {
  HeaderList list;
  for (const char* line : lines) {
    curl_slist* longer = curl_slist_append(list.get(), line);
    if (longer == nullptr) throw std::runtime_error("libcurl created no header list");
    static_cast<void>(list.release());
    list.reset(longer);
  }
  return list;
}

#ifdef _WIN32
// Does nothing: Schannel has no folders of certificates, and rejects the option.
void use_no_ca_folder(CURL* /*easy*/) {}

// Turns off a check of Schannel. While the mute waits, Schannel would ask the issuer's server
// whether a certificate is revoked, and reject the certificate if that server cannot be reached.
// OpenSSL does not ask.
void skip_revocation(CURL* easy) {
  set(easy, CURLOPT_SSL_OPTIONS, static_cast<long>(CURLSSLOPT_NO_REVOKE));
  set(easy, CURLOPT_PROXY_SSL_OPTIONS, static_cast<long>(CURLSSLOPT_NO_REVOKE));
}
#else
void use_no_ca_folder(CURL* easy) {
  const char* no_folder = nullptr;
  set(easy, CURLOPT_CAPATH, no_folder);
  set(easy, CURLOPT_PROXY_CAPATH, no_folder);
}

void skip_revocation(CURL* /*easy*/) {}
#endif

void set_tls(CURL* easy, const std::string& ca_pem) {
  set(easy, CURLOPT_SSL_VERIFYPEER, 1L);
  set(easy, CURLOPT_SSL_VERIFYHOST, 2L);
  set(easy, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  skip_revocation(easy);
  if (!ca_pem.empty()) {
    // These certificates replace the system's, so the system's folder must not be used either.
    curl_blob blob{
        const_cast<char*>(ca_pem.data()),  // NOLINT(cppcoreguidelines-pro-type-const-cast)
        ca_pem.size(), CURL_BLOB_NOCOPY};
    set(easy, CURLOPT_CAINFO_BLOB, &blob);
    set(easy, CURLOPT_PROXY_CAINFO_BLOB, &blob);
    use_no_ca_folder(easy);
  } else if (const std::string system = system_ca_file(); !system.empty()) {
    // There must be no folder of certificates: with a folder, libcurl would read the system's
    // certificate file for every new connection.
    set(easy, CURLOPT_CAINFO, system.c_str());
    set(easy, CURLOPT_CA_CACHE_TIMEOUT, kCertificates_s);
    set(easy, CURLOPT_PROXY_CAINFO, system.c_str());
    use_no_ca_folder(easy);
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
  // Without this option, libcurl waits for the name resolver's thread when a request is cancelled,
  // so a name server that does not answer would block the loop.
  set(easy, CURLOPT_QUICK_EXIT, 1L);
  set(easy, CURLOPT_FOLLOWLOCATION, 0L);
  set(easy, CURLOPT_USERAGENT, "CardMute");
  // Decoding is left to content_encoding.cpp, since some proxies compress although nobody asked for
  // it.
  set(easy, CURLOPT_HTTP_CONTENT_DECODING, 0L);
  // libcurl would offer Kerberos too, but the program is built without it (curl_absent.cpp).
  set(easy, CURLOPT_SOCKS5_AUTH, CURLAUTH_BASIC);
  set_tls(easy, settings.ca_pem);
  set_connection(easy);
}

HeaderList make_post_headers() {
  // "Expect:" without a value removes the header that libcurl would send: "Expect: 100-continue"
  // would cost a round trip.
  return list_of({"Content-Type: application/json", "Expect:"});
}

}  // namespace cardmute::http
