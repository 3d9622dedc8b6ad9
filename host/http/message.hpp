// An HTTP request and its result, independent of libcurl.
#pragma once

#include <optional>
#include <string>

namespace cardmute::http {

struct Request {
  std::string method = "GET";  // "GET", "POST" or "HEAD"
  std::string url;             // an absolute URL, already escaped
  std::string body = {};       // the body, sent as application/json; only with "POST"
  std::string bearer = {};     // a token for "Authorization: Bearer"; empty: none
};

// Why there is no usable HTTP response.
enum class Failure {
  none,
  resolve,    // no address for the host or the proxy
  connect,    // no TCP connection to the server or through the proxy
  tls,        // certificate not trusted, or no TLS at all
  timeout,    // the deadline passed, even during the response, or the request was cancelled
  reset,      // the connection ended before the response was complete
  too_large,  // a body over kMaxBody_bytes
  other,
};

struct Result {
  Failure failure = Failure::none;
  std::string failure_text;  // what failed; never contains the URL's query or the body
  bool sent = false;         // the request, or a part of it, may have reached the server
  int status = 0;            // HTTP status; 0 if there was no response
  std::string body;          // at most kMaxBody_bytes; empty after a failure, or if undecodable
  double latency_ms = 0;     // the time from start() to completion or cancel()
  std::optional<int> retry_after_ms;  // the pause that Retry-After asks for, at most ten minutes
};

}  // namespace cardmute::http
