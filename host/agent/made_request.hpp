// The result of making a request on another thread: the request, or why it could not be made.
#pragma once

#include <utility>
#include <variant>

#include "base/error.hpp"
#include "http/message.hpp"
#include "platform/secret.hpp"
#include "telephony/account.hpp"

namespace cardmute::agent {

// The destructor wipes the request's secret from memory, whether or not the request was sent.
template <class Request>
class MadeRequest {
 public:
  explicit MadeRequest(std::variant<Request, Error> made) : made_(std::move(made)) {}
  ~MadeRequest() {
    if (http::Request* request = this->request()) {
      platform::wipe(request->body);
      platform::wipe(request->bearer);
    }
  }
  MadeRequest(const MadeRequest&) = delete;
  MadeRequest& operator=(const MadeRequest&) = delete;

  // Returns null if the request could not be made.
  [[nodiscard]] http::Request* request() {
    auto* made = std::get_if<Request>(&made_);
    return made == nullptr ? nullptr : &http_request(*made);
  }
  // Returns null if the request was made.
  [[nodiscard]] Error* error() { return std::get_if<Error>(&made_); }

 private:
  static http::Request& http_request(http::Request& request) { return request; }
  static http::Request& http_request(telephony::CallsRequest& made) { return made.request; }

  std::variant<Request, Error> made_;
};

}  // namespace cardmute::agent
