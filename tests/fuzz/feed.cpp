// Fuzzes Voicenter's feed with a server and a network that may do anything at any time. The input
// is a sequence of events. Each begins with a byte that selects what happens. A number that the
// event needs follows as one byte, and a text of the server up to the next zero byte.
#include <cstdint>
#include <set>
#include <string>

#include "../host/socket_io_server.hpp"
#include "must.hpp"
#include "voicenter/realtime_feed.hpp"

namespace {

using namespace cardmute;
using fuzz::must;
using std::chrono::milliseconds;
using telephony::FeedState;

// A telephone number in the server's messages. The host must never repeat it.
constexpr const char* kNumber = "0501234567";
constexpr std::size_t kMaxActions_at_once = 16;

class Input {
 public:
  Input(const std::uint8_t* data, std::size_t size)
      : bytes_(reinterpret_cast<const char*>(data), size) {}
  [[nodiscard]] bool ended() const { return at_ >= bytes_.size(); }
  std::uint8_t byte() { return ended() ? 0 : static_cast<std::uint8_t>(bytes_[at_++]); }
  std::string text() {
    const auto end = std::min(bytes_.find('\0', at_), bytes_.size());
    std::string text = bytes_.substr(at_, end - at_);
    at_ = end + 1;
    return text;
  }

 private:
  std::string bytes_;
  std::size_t at_ = 0;
};

class Network {
 public:
  Network() : feed_({.email = "a@b", .pin = "S3cret"}, "API1API", 2000, 7) { act(); }

  void happens(Input& input) {
    switch (input.byte() % 9) {
      case 0:
        return pass(input.byte());
      case 1:
        return answered(200, R"({"Data":{"Token":"T","RefreshToken":"R","TokenExpiry":)" +
                                 std::to_string(input.byte()) +
                                 R"(,"URLList":["https://m1","https://m2"]}})");
      case 2:
        return answered(100 + 4 * input.byte(), input.text() + kNumber);
      case 3:
        feed_.opened(now());
        return act();
      case 4:
        if (written_.find("Sec-WebSocket-Key: ") == std::string::npos) return;
        return receive(socket_io::server_accept(written_) +
                       socket_io::server_frame(socket_io::kHandshake) +
                       socket_io::server_frame("40"));
      case 5:
        return receive(socket_io::server_frame(input.text()));
      case 6:
        return receive(input.text() + kNumber);
      case 7:
        feed_.ended({input.byte() % 2 == 0 ? http::Failure::none : http::Failure::reset}, now());
        return act();
      default:
        if (input.byte() % 2 == 0) {
          feed_.renew(now());
        } else {
          feed_.not_made({ErrorCode::timeout, "slow"}, now());
        }
        return act();
    }
  }

 private:
  [[nodiscard]] engine::Moment now() const {
    return {now_, std::chrono::duration_cast<milliseconds>(now_)};
  }

  void pass(std::uint8_t exponent) {
    now_ += milliseconds(1ULL << (exponent % 20U));
    feed_.tick(now());
    act();
    const auto due = feed_.next_deadline();
    must(!due || *due > now_, "a deadline that has passed is left");
  }
  void answered(int status, std::string body) {
    http::Result result;
    result.status = status;
    result.body = std::move(body);
    feed_.answered(result, now());
    act();
  }
  void receive(const std::string& bytes) {
    feed_.received(bytes, now());
    act();
  }
  void act() {
    const auto actions = feed_.take_actions();
    must(actions.size() <= kMaxActions_at_once, "too much at once");
    for (const auto& action : actions) {
      if (const auto* open = std::get_if<telephony::FeedOpen>(&action)) {
        must(open->url.starts_with("https://"), "a connection without TLS");
        written_.clear();
      }
      const auto* write = std::get_if<telephony::FeedWrite>(&action);
      if (write != nullptr && written_.size() < socket_io::kMaxUnsent_bytes) {
        written_ += write->bytes;
      }
    }
    const bool knows_all = feed_.state() == FeedState::live || feed_.state() == FeedState::renewing;
    for (const auto& list : feed_.take_lists()) {
      must(list.calls.size() <= voicenter::kMaxEventCalls, "no more calls than are allowed");
      for (const auto& call : list.calls) must(!call.muted, "an event says that a call is muted");
    }
    must(feed_.state() != FeedState::live || !feed_.problem(), "live with a problem");
    must(!knows_all || !feed_.has_tried_all(), "live, and all has failed");
    if (const auto& problem = feed_.problem()) {
      must(fuzz::is_plain(problem->message), "plain words");
      must(problem->message.find(kNumber) == std::string::npos, "the server's words are repeated");
      must(problem->message.find("S3cret") == std::string::npos, "a secret is shown");
    }
  }

  engine::Steady now_{1};
  voicenter::RealtimeFeed feed_;
  std::string written_;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr std::size_t kMaxInput_bytes = 4096;
  if (size > kMaxInput_bytes) return 0;
  Input input(data, size);
  Network network;
  while (!input.ended()) network.happens(input);
  return 0;
}
