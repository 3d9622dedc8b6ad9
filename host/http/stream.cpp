// See stream.hpp. libcurl makes the connection (CURLOPT_CONNECT_ONLY); curl_easy_send() and
// curl_easy_recv() then move the bytes. Until the end, the handle must stay in its multi handle.
#include "http/stream.hpp"

#include <array>
#include <span>
#include <utility>

#include "base/url.hpp"
#include "http/failure.hpp"
#include "http/transfer.hpp"
#include "http/watched.hpp"
#include "platform/secret.hpp"

namespace cardmute::http {

namespace {

constexpr std::size_t kRead_bytes = std::size_t{16} * 1024;
// At most this much is read at a time, so that a server that sends without end cannot hold up the
// loop.
constexpr std::size_t kMaxTurn_bytes = std::size_t{128} * 1024;

}  // namespace

class Stream::Impl final : public Watched {
 public:
  explicit Impl(Settings settings) : settings_(std::move(settings)) {}
  ~Impl() override { close(); }
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  void open(const std::string& url, int timeout_ms) {
    close();
    end_.reset();
    transfer_ = std::make_unique<Transfer>(settings_);
    auto flaw = transfer_->prepare_stream(url, timeout_ms);
    if (flaw || curl_multi_add_handle(multi_.get(), transfer_->easy()) != CURLM_OK) {
      transfer_.reset();
      end_ = StreamEnd{Failure::other, flaw.value_or("libcurl did not take the connection")};
      return;
    }
    connecting_ = true;
  }

  void close() {
    if (transfer_) curl_multi_remove_handle(multi_.get(), transfer_->easy());
    transfer_.reset();
    connecting_ = false;
    platform::wipe(unwritten_);
    platform::wipe(read_);
  }

  void write(std::string_view bytes) {
    unwritten_ += bytes;
    if (unwritten_.size() > kMaxUnwritten_bytes) {
      over({Failure::other, "The other side does not read"});
    } else {
      write_what_is_possible();
    }
  }

  std::optional<Clock::time_point> watch(std::vector<curl_waitfd>& sockets) override {
    if (!transfer_) return end_ ? std::optional(Clock::now()) : std::nullopt;
    if (connecting_) return watch_multi(multi_.get(), sockets);
    const int out = unwritten_.empty() ? 0 : CURL_WAIT_POLLOUT;
    sockets.push_back({transfer_->open_socket(), static_cast<short>(CURL_WAIT_POLLIN | out), 0});
    // The TLS library may have received bytes that the socket no longer shows.
    return more_to_read_ ? std::optional(Clock::now()) : std::nullopt;
  }

  bool drive() override {
    if (connecting_) connect();
    if (is_open()) write_what_is_possible();
    if (is_open()) read_what_is_there();
    return std::exchange(opened_, false) || !read_.empty() || end_.has_value();
  }

  [[nodiscard]] const SharedMulti& multi() const { return multi_; }
  [[nodiscard]] bool is_open() const { return transfer_ && !connecting_; }

  std::string read_;
  std::optional<StreamEnd> end_;

 private:
  void connect() {
    drive_multi(multi_.get());
    const auto code = transfer_->take_end();
    if (!code) return;
    connecting_ = false;
    opened_ = code == CURLE_OK;
    if (opened_) return;
    const Result result = transfer_->finish(*code);
    over({result.failure, result.failure_text});
  }

  void write_what_is_possible() {
    while (!unwritten_.empty() && is_open()) {
      std::size_t count = 0;
      const CURLcode code =
          curl_easy_send(transfer_->easy(), unwritten_.data(), unwritten_.size(), &count);
      if (code == CURLE_AGAIN) return;
      if (code != CURLE_OK) return over({failure_of(code, true), curl_easy_strerror(code)});
      platform::wipe(unwritten_.data(), count);
      unwritten_.erase(0, count);
    }
  }

  void read_what_is_there() {
    std::array<char, kRead_bytes> bytes{};
    read_by(bytes);
    // The provider's answers may contain a token, so no copy of them stays in memory.
    platform::wipe(bytes.data(), bytes.size());
  }

  void read_by(std::span<char> bytes) {
    more_to_read_ = false;
    for (std::size_t total = 0; total < kMaxTurn_bytes;) {
      std::size_t count = 0;
      const CURLcode code = curl_easy_recv(transfer_->easy(), bytes.data(), bytes.size(), &count);
      if (code == CURLE_AGAIN) return;
      if (code != CURLE_OK) return over({failure_of(code, true), curl_easy_strerror(code)});
      if (count == 0) return over({Failure::none});
      read_.append(bytes.data(), count);
      total += count;
    }
    more_to_read_ = true;
  }

  // Ends the stream, but keeps what was read before.
  void over(StreamEnd end) {
    std::string read = std::exchange(read_, {});
    close();
    read_ = std::move(read);
    end_ = std::move(end);
  }

  Settings settings_;
  SharedMulti multi_ = make_side_multi();  // declared before the transfer, which uses it
  std::unique_ptr<Transfer> transfer_;
  bool connecting_ = false;
  bool opened_ = false;
  bool more_to_read_ = false;
  std::string unwritten_;
};

Stream::Stream(const Settings& settings) : impl_(std::make_unique<Impl>(settings)) {}

Stream::~Stream() = default;

void Stream::open(const std::string& url, int timeout_ms) { impl_->open(url, timeout_ms); }

void Stream::close() {
  impl_->close();
  impl_->end_.reset();
}

void Stream::write(std::string_view bytes) { impl_->write(bytes); }

bool Stream::is_open() const { return impl_->is_open(); }

std::string Stream::take_read() { return std::exchange(impl_->read_, {}); }

std::optional<StreamEnd> Stream::take_end() {
  return impl_->read_.empty() ? std::exchange(impl_->end_, std::nullopt) : std::nullopt;
}

const std::shared_ptr<void>& Stream::multi() const { return impl_->multi(); }

Watched& Stream::watched() { return *impl_; }

}  // namespace cardmute::http
