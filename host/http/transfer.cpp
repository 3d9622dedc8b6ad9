// The options of libcurl that never change are in transfer_options.cpp.
#include "http/transfer.hpp"

#include <algorithm>
#include <utility>

#include "http/content_encoding.hpp"
#include "http/failure.hpp"
#include "http/proxy.hpp"
#include "http/system_proxy.hpp"
#include "http/transfer_options.hpp"
#include "platform/paths.hpp"
#include "platform/secret.hpp"

namespace cardmute::http {

namespace {

// The longest timeout for connecting, even if the request's own timeout is longer.
constexpr int kMaxConnect_ms = 5'000;
// A longer pause that a server requests is cut to this.
constexpr curl_off_t kMaxRetryAfter_s = 600;
// Whether the status is 200 to 299, so that the body is the answer to the request.
bool is_success(int status) { return status / 100 == 2; }

}  // namespace

Transfer::Transfer(Settings settings)
    : settings_(std::move(settings)), post_headers_(make_post_headers()), easy_(curl_easy_init()) {
  if (!easy_) throw std::runtime_error("libcurl created no handle");
  CURL* easy = easy_.get();
  set_lasting_options(easy, settings_);
  set(easy, CURLOPT_ERRORBUFFER, error_text_.data());
  set(easy, CURLOPT_PRIVATE, this);
  set(easy, CURLOPT_WRITEFUNCTION, &Transfer::on_body);
  set(easy, CURLOPT_WRITEDATA, this);
  set(easy, CURLOPT_PREREQFUNCTION, &Transfer::on_request);
  set(easy, CURLOPT_PREREQDATA, this);
}

std::optional<std::string> Transfer::prepare(std::uint64_t token, const Request& request,
                                             int timeout_ms, bool wait_for_multiplexing) {
  token_ = token;
  platform::wipe(request_body_);
  request_body_ = request.body;
  if (auto flaw = begin(request.url, timeout_ms)) return flaw;
  set(easy_.get(), CURLOPT_PIPEWAIT, wait_for_multiplexing ? 1L : 0L);
  set_method(request);
  set_bearer(request);
  return std::nullopt;
}

std::optional<std::string> Transfer::prepare_stream(const std::string& url, int timeout_ms) {
  if (auto flaw = begin(url, timeout_ms)) return flaw;
  CURL* easy = easy_.get();
  set(easy, CURLOPT_CONNECT_ONLY, 1L);
  set(easy, CURLOPT_HTTPPROXYTUNNEL, 1L);
  // The server must not choose HTTP/2 for a stream, which is not HTTP/2.
  set(easy, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
  set(easy, CURLOPT_SSL_ENABLE_ALPN, 0L);
  return std::nullopt;
}

std::optional<std::string> Transfer::begin(const std::string& url, int timeout_ms) {
  started_ = std::chrono::steady_clock::now();
  answer_body_.clear();
  error_text_.front() = '\0';
  sent_ = false;
  too_large_ = false;

  const std::optional<url::Origin> origin = url::origin_of(url);
  if (!origin) return "The URL is not an absolute http or https URL";
  if (!origin->secure && !url::is_loopback_host(origin->host)) {
    return "Plain http is allowed only to this computer itself; expected an https URL";
  }
  CURL* easy = easy_.get();
  set(easy, CURLOPT_URL, url.c_str());
  set(easy, CURLOPT_PROTOCOLS_STR, origin->secure ? "https" : "http");
  set(easy, CURLOPT_TIMEOUT_MS, static_cast<long>(std::max(timeout_ms, 1)));
  set(easy, CURLOPT_CONNECTTIMEOUT_MS,
      static_cast<long>(std::clamp(timeout_ms, 1, kMaxConnect_ms)));
  set_proxy(*origin);
  return std::nullopt;
}

void Transfer::set_method(const Request& request) {
  CURL* easy = easy_.get();
  if (request.method == "POST") {
    set(easy, CURLOPT_POST, 1L);
    set(easy, CURLOPT_POSTFIELDS, request_body_.data());
    set(easy, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request_body_.size()));
    set(easy, CURLOPT_HTTPHEADER, post_headers_.get());
  } else {
    const curl_slist* no_headers = nullptr;
    set(easy, CURLOPT_HTTPGET, 1L);
    set(easy, CURLOPT_NOBODY, request.method == "HEAD" ? 1L : 0L);
    set(easy, CURLOPT_HTTPHEADER, no_headers);
  }
}

// The handle is used for several requests, so a request without a token must remove the token of an
// earlier one.
void Transfer::set_bearer(const Request& request) {
  const bool has_token = !request.bearer.empty();
  set(easy_.get(), CURLOPT_XOAUTH2_BEARER, has_token ? request.bearer.c_str() : nullptr);
  set(easy_.get(), CURLOPT_HTTPAUTH, has_token ? CURLAUTH_BEARER : CURLAUTH_BASIC);
}

void Transfer::set_proxy(const url::Origin& origin) {
  const char* proxy = nullptr;     // null: libcurl takes it from the environment
  const char* no_proxy = nullptr;  // null: libcurl takes it from the environment
  std::optional<SystemProxy> system;
  proxy_note_.clear();
  proxy_flaw_.clear();
  library_text_is_public_ = true;
  if (!settings_.proxy.empty()) {
    proxy = settings_.proxy.c_str();
    no_proxy = "";  // the administrator's setting counts, not the environment's
    proxy_note_ = " (through the configured proxy)";
    library_text_is_public_ = may_be_repeated(settings_.proxy);
  } else if (url::is_loopback_host(origin.host)) {
    proxy = "";  // no proxy
  } else if (const auto variable = proxy_variable(origin)) {
    const std::string value = platform::environment(variable->c_str()).value_or("");
    proxy_note_ = " (the environment names a proxy in " + *variable + ")";
    library_text_is_public_ = may_be_repeated(value);
    if (const auto flaw = flaw_of_proxy(value)) {
      proxy_flaw_ =
          "The proxy in the environment variable " + *variable + " cannot be used: " + *flaw;
    }
  } else if ((system = system_proxy(origin))) {
    proxy = system->url.c_str();
    proxy_note_ =
        " (through the proxy " + proxy_in_words(system->url) + " of the system's settings)";
    library_text_is_public_ = may_be_repeated(system->url);
  }
  set(easy_.get(), CURLOPT_PROXY, proxy);
  set(easy_.get(), CURLOPT_NOPROXY, no_proxy);
}

Result Transfer::finish(CURLcode code) {
  platform::wipe(request_body_);
  Result result;
  result.latency_ms = elapsed_ms();
  result.sent = sent_;
  long status = 0;
  curl_easy_getinfo(easy_.get(), CURLINFO_RESPONSE_CODE, &status);
  result.status = static_cast<int>(status);
  result.failure = too_large_ ? Failure::too_large : failure_of(code, sent_);
  if (result.failure == Failure::none) {
    decode_body(result);
  } else {
    result.failure_text = failure_text(code);
  }
  curl_off_t retry_after_s = 0;
  curl_easy_getinfo(easy_.get(), CURLINFO_RETRY_AFTER, &retry_after_s);
  if (retry_after_s > 0) {
    result.retry_after_ms = static_cast<int>(std::min(retry_after_s, kMaxRetryAfter_s)) * 1000;
  }
  return result;
}

void Transfer::decode_body(Result& result) {
  if (answer_body_.empty()) return;  // an answer to a HEAD has no body, but may name an encoding
  curl_header* header = nullptr;
  const bool has_encoding =
      curl_easy_header(easy_.get(), "Content-Encoding", 0, CURLH_HEADER, -1, &header) == CURLHE_OK;
  const std::string_view encoding = has_encoding ? header->value : "";
  auto body = decoded(std::move(answer_body_), encoding, kMaxBody_bytes);
  if (auto* text = std::get_if<std::string>(&body)) {
    result.body = std::move(*text);
    return;
  }
  // With another status, the status itself says what has happened.
  if (!is_success(result.status)) return;
  const auto flaw = std::get<DecodingFlaw>(body);
  result.failure = flaw == DecodingFlaw::too_large ? Failure::too_large : Failure::other;
  result.failure_text = words_of(flaw, encoding);
}

Transfer::~Transfer() { platform::wipe(request_body_); }

Result Transfer::abandon() {
  // libcurl may still read request_body_, so the next request or the destructor wipes it.
  Result result;
  result.latency_ms = elapsed_ms();
  result.sent = sent_;
  result.failure = Failure::timeout;
  result.failure_text = "The request was cancelled";
  return result;
}

bool Transfer::multiplexed() const {
  long version = 0;
  curl_easy_getinfo(easy_.get(), CURLINFO_HTTP_VERSION, &version);
  return version >= CURL_HTTP_VERSION_2_0;
}

curl_socket_t Transfer::open_socket() const {
  curl_socket_t socket = CURL_SOCKET_BAD;
  curl_easy_getinfo(easy_.get(), CURLINFO_ACTIVESOCKET, &socket);
  return socket;
}

std::size_t Transfer::on_body(char* data, std::size_t size, std::size_t count, void* self) {
  auto& transfer = *static_cast<Transfer*>(self);
  const std::size_t length = size * count;
  if (length > kMaxBody_bytes - transfer.answer_body_.size()) {
    transfer.too_large_ = true;
    return CURL_WRITEFUNC_ERROR;
  }
  transfer.answer_body_.append(data, length);
  return length;
}

// libcurl calls this function when the connection is ready (with TLS and a proxy's tunnel), just
// before it writes the request. So before this call nothing of the request can have reached the
// server.
int Transfer::on_request(void* self, char* /*remote_ip*/, char* /*local_ip*/, int /*remote_port*/,
                         int /*local_port*/) {
  static_cast<Transfer*>(self)->sent_ = true;
  return CURL_PREREQFUNC_OK;
}

double Transfer::elapsed_ms() const {
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - started_)
      .count();
}

std::string Transfer::failure_text(CURLcode code) const {
  if (too_large_) return "The answer is over " + std::to_string(kMaxBody_bytes) + " bytes";
  // If the request was sent although the environment's proxy cannot be used, then no_proxy exempts
  // the server, and the proxy is not the cause of the failure.
  if (!sent_ && !proxy_flaw_.empty()) return proxy_flaw_;
  const bool own_words = error_text_.front() != '\0' && (sent_ || library_text_is_public_);
  std::string text = own_words ? error_text_.data() : curl_easy_strerror(code);
  return sent_ ? text : text + proxy_note_;
}

}  // namespace cardmute::http
