// Tests the channel with real pipes: the order of frames, the end, and a browser that does not
// read.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <condition_variable>
#include <csignal>
#include <mutex>
#include <thread>

#include "native_messaging/channel.hpp"

namespace cardmute::native_messaging {
namespace {

// The browser's ends of two pipes, with a channel at the other ends.
class ChannelTest : public testing::Test {
 protected:
  ChannelTest() {
    static_cast<void>(std::signal(SIGPIPE, SIG_IGN));
    std::array<int, 2> to_host{};
    std::array<int, 2> to_browser{};
    EXPECT_EQ(::pipe(to_host.data()), 0);
    EXPECT_EQ(::pipe(to_browser.data()), 0);
    browser_out_ = to_host[1];
    browser_in_ = to_browser[0];
    channel_ = std::make_unique<Channel>(Descriptors{to_host[0], to_browser[1]}, [this] {
      const std::scoped_lock lock(mutex_);
      ++wakes_;
      woken_.notify_all();
    });
  }
  ~ChannelTest() override {
    close_out();
    close_in();
  }

  void close_out() { close_once(browser_out_); }
  void close_in() { close_once(browser_in_); }

  void browser_writes(const std::string& bytes) const {
    ASSERT_EQ(::write(browser_out_, bytes.data(), bytes.size()),
              static_cast<ssize_t>(bytes.size()));
  }

  bool send(const std::string& text) { return channel_->send(std::array{text}); }

  std::vector<Incoming> next(std::size_t count) {
    std::vector<Incoming> all;
    std::unique_lock lock(mutex_);
    while (all.size() < count) {
      const int seen = wakes_;
      lock.unlock();
      for (auto& item : channel_->take()) all.push_back(std::move(item));
      lock.lock();
      if (all.size() < count) woken_.wait(lock, [&] { return wakes_ != seen; });
    }
    return all;
  }

  static void close_once(int& descriptor) {
    if (descriptor >= 0) ::close(descriptor);
    descriptor = -1;
  }

  int browser_out_ = -1;
  int browser_in_ = -1;
  std::mutex mutex_;
  std::condition_variable woken_;
  int wakes_ = 0;
  std::unique_ptr<Channel> channel_;
};

TEST_F(ChannelTest, ReturnsFramesInOrderAndThenTheEnd) {
  browser_writes(*encode_frame("1") + *encode_frame("2"));
  close_out();
  const auto items = next(3);
  EXPECT_EQ(std::get<Frame>(items[0]).text, "1");
  EXPECT_EQ(std::get<Frame>(items[1]).text, "2");
  EXPECT_FALSE(std::get<End>(items[2]).inside_frame);
}

TEST_F(ChannelTest, WritesFramesThatAreSentTogetherAsOnePiece) {
  const std::string both = *encode_frame("1") + *encode_frame("22");
  ASSERT_TRUE(channel_->send(std::array<std::string, 2>{"1", "22"}));
  std::string read(both.size() + 1, '\0');
  EXPECT_EQ(::read(browser_in_, read.data(), read.size()), static_cast<ssize_t>(both.size()));
  EXPECT_EQ(read.substr(0, both.size()), both);
}

TEST_F(ChannelTest, ReportsAnEndInsideAFrame) {
  browser_writes(encode_frame("abcdef")->substr(0, 7));
  close_out();
  EXPECT_TRUE(std::get<End>(next(1)[0]).inside_frame);
}

TEST_F(ChannelTest, QueuesNoMoreThanItsLimit) {
  std::string many;
  for (std::size_t i = 0; i < kMaxQueuedIn_frames; ++i) many += *encode_frame("x");
  browser_writes(many + *encode_frame("last"));
  close_out();
  const auto items = next(kMaxQueuedIn_frames + 2);
  EXPECT_EQ(std::get<Frame>(items[kMaxQueuedIn_frames]).text, "last");
}

// Before each take(), this test waits for longer than kBacklog_ms. So the reader sees the end of
// the input while most frames are still queued, and these are dropped.
TEST_F(ChannelTest, DropsTheBacklogOnceTheEndWasSeen) {
  constexpr std::size_t kBacklog_frames = 1000;
  std::string many;
  for (std::size_t i = 0; i < kBacklog_frames; ++i) many += *encode_frame("x");
  browser_writes(many);
  close_out();
  std::size_t frames = 0;
  for (bool ended = false; !ended && frames < kBacklog_frames;) {
    std::this_thread::sleep_for(std::chrono::milliseconds(kBacklog_ms * 3 / 2));
    for (const auto& item : channel_->take()) {
      if (std::holds_alternative<End>(item)) ended = true;
      if (std::holds_alternative<Frame>(item)) ++frames;
    }
  }
  EXPECT_LT(frames, kBacklog_frames);
}

TEST_F(ChannelTest, WritesFramesWhole) {
  const std::string text(200'000, 'y');
  ASSERT_TRUE(send(text));
  std::string got;
  std::array<char, 65536> buffer{};
  while (got.size() < text.size() + 4) {
    const auto count = ::read(browser_in_, buffer.data(), buffer.size());
    ASSERT_GT(count, 0);
    got.append(buffer.data(), static_cast<std::size_t>(count));
  }
  EXPECT_EQ(got, *encode_frame(text));
}

TEST_F(ChannelTest, TakesABrokenPipeForTheEnd) {
  close_in();
  ASSERT_TRUE(send("{}"));
  EXPECT_TRUE(std::holds_alternative<End>(next(1)[0]));
  EXPECT_FALSE(send("{}"));
}

TEST_F(ChannelTest, TakesABrowserThatDoesNotReadForGone) {
  const std::string text(16 * 1024, 'z');
  std::size_t sent = 0;
  while (send(text)) ++sent;
  // The pipe itself holds a few frames more.
  EXPECT_GE(sent, kMaxQueuedOut_frames);
  EXPECT_LE(sent, kMaxQueuedOut_frames + 8);
  EXPECT_TRUE(std::holds_alternative<End>(next(1)[0]));
}

TEST_F(ChannelTest, EndsWhileTheBrowserIsSilent) {
  channel_.reset();  // this would hang if reading could not be interrupted
}

TEST_F(ChannelTest, EndsAfterAFatalFrame) {
  browser_writes("/home/agent: command not found");
  EXPECT_TRUE(std::get<BadFrame>(next(1)[0]).fatal);
}

}  // namespace
}  // namespace cardmute::native_messaging
