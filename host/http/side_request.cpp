// See side_request.hpp. The connection is closed when the request has ended, because the next
// request comes only after minutes or hours.
#include "http/side_request.hpp"

#include <utility>

#include "http/transfer.hpp"
#include "http/watched.hpp"

namespace cardmute::http {

class SideRequest::Impl final : public Watched {
 public:
  Impl(Settings settings, SharedMulti multi)
      : settings_(std::move(settings)), multi_(std::move(multi)) {}
  ~Impl() override { drop(); }
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  void start(const Request& request, int timeout_ms) {
    drop();
    result_.reset();
    transfer_ = std::make_unique<Transfer>(settings_);
    auto flaw = transfer_->prepare(0, request, timeout_ms, false);
    set(transfer_->easy(), CURLOPT_FORBID_REUSE, 1L);
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
  }

  std::optional<Clock::time_point> watch(std::vector<curl_waitfd>& sockets) override {
    if (transfer_) return watch_multi(multi_.get(), sockets);
    return result_ ? std::optional(Clock::now()) : std::nullopt;
  }

  bool drive() override {
    if (!transfer_) return result_.has_value();
    drive_multi(multi_.get());
    const auto code = transfer_->take_end();
    if (!code) return false;
    result_ = transfer_->finish(*code);
    drop();
    return true;
  }

  std::optional<Result> result_;

 private:
  Settings settings_;
  SharedMulti multi_;  // declared before the transfer, which uses it
  std::unique_ptr<Transfer> transfer_;
};

SideRequest::SideRequest(const Settings& settings, const Stream& stream)
    : impl_(std::make_unique<Impl>(settings, stream.multi())) {}

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
