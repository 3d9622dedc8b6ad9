// An HTTP request and what came of it, without a word of curl, so that voicenter/ can build the one
// and read the other, and tests can make both by hand.
#pragma once

#include <optional>
#include <string>

namespace cardmute::http {

struct Request {
  std::string method = "GET";  // "GET", "POST" or "HEAD"
  std::string url;             // absolute, already escaped
  std::string body;            // sent as application/json; only with "POST"
};

// How a request ended without an HTTP answer that may be read.
enum class Failure {
  none,
  resolve,    // no address for the host or the proxy
  connect,    // no TCP connection to the server or through the proxy
  tls,        // certificate not trusted, or no TLS at all
  timeout,    // the whole deadline passed (also: the answer came too slowly)
  reset,      // the connection ended before the answer did
  too_large,  // an answer over kMaxBody_bytes
  other,
};

struct Result {
  Failure failure = Failure::none;
  std::string failure_text;  // in the library's words; never holds the URL's query or the body
  bool sent = false;         // the request, or a part of it, may have reached the server
  int status = 0;            // HTTP status, 0 without an answer
  std::string body;          // at most kMaxBody_bytes; complete when failure is none
  double latency_ms = 0;     // from start() to completion
  std::optional<int> retry_after_ms;  // from Retry-After; at most ten minutes
};

}  // namespace cardmute::http
