// See side_request.hpp. Its connection is closed when the request has ended: the next one comes
// after minutes or hours.
#include "http/side_request.hpp"

#include <utility>

#include "http/transfer.hpp"
#include "http/watched.hpp"

namespace cardmute::http {

class SideRequest::Impl final : public Watched {
 public:
  explicit Impl(Settings settings) : settings_(std::move(settings)) {}
  ~Impl() override { drop(); }
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  void start(const Request& request, int timeout_ms) {
    drop();
    result_.reset();
    start_curl();
    multi_.reset(curl_multi_init());
    transfer_ = std::make_unique<Transfer>(settings_);
    auto flaw = transfer_->prepare(0, request, timeout_ms, false);
    if (flaw || curl_multi_add_handle(multi_.get(), transfer_->easy()) != CURLM_OK) {
      transfer_.reset();
      result_.emplace();
      result_->failure = Failure::other;
      result_->failure_text = flaw.value_or("libcurl did not take the request");
    }
  }

  void drop() {
    if (transfer_) curl_multi_remove_handle(multi_.get(), transfer_->easy());
    transfer_.reset();
    multi_.reset();
  }

  std::optional<Clock::time_point> watch(std::vector<curl_waitfd>& sockets) override {
    if (transfer_) return watch_multi(multi_.get(), sockets);
    return result_ ? std::optional(Clock::now()) : std::nullopt;
  }

  bool drive() override {
    if (!transfer_) return result_.has_value();
    int running = 0;
    curl_multi_perform(multi_.get(), &running);
    int left = 0;
    while (const CURLMsg* message = curl_multi_info_read(multi_.get(), &left)) {
      if (message->msg != CURLMSG_DONE) continue;
      result_ = transfer_->finish(message->data.result);
      drop();
      return true;
    }
    return false;
  }

  std::optional<Result> result_;

 private:
  Settings settings_;
  Multi multi_;  // declared before its user
  std::unique_ptr<Transfer> transfer_;
};

SideRequest::SideRequest(const Settings& settings) : impl_(std::make_unique<Impl>(settings)) {}

SideRequest::~SideRequest() = default;

void SideRequest::start(const Request& request, int timeout_ms) {
  impl_->start(request, timeout_ms);
}

void SideRequest::drop() {
  impl_->drop();
  impl_->result_.reset();
}

std::optional<Result> SideRequest::take() { return std::exchange(impl_->result_, std::nullopt); }

Watched& SideRequest::watched() { return *impl_; }

}  // namespace cardmute::http
