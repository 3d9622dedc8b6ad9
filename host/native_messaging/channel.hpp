// The connection to the browser. It owns the two descriptors, a thread that reads frames and a
// thread that writes them, so that a slow or silent browser never blocks the loop thread.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "native_messaging/codec.hpp"

namespace cardmute::native_messaging {

// The most frames that wait for the loop. At this limit the reader stops reading, so the pipe fills
// up.
inline constexpr std::size_t kMaxQueuedIn_frames = 1024;
// The most frames that wait for the browser. At this limit the browser counts as gone, because it
// no longer reads.
inline constexpr std::size_t kMaxQueuedOut_frames = 1024;
// While this many frames wait for the browser, take() returns no requests. Otherwise the replies to
// a burst of requests could reach kMaxQueuedOut_frames although the browser reads.
inline constexpr std::size_t kBusyOut_frames = 256;
// The most frames that one take() returns. Each may cause a few replies.
inline constexpr std::size_t kMaxTaken_frames = 64;
// For this long after the end of input, take() still returns earlier frames. Later it drops the
// rest, because nobody waits for the replies any more.
inline constexpr int kBacklog_ms = 100;
// How often a reader that waits for room checks for the end of input.
inline constexpr int kEndCheck_ms = 50;
// How long the destructor waits for queued frames to be written.
inline constexpr int kDrain_ms = 100;

// The browser has gone: it has closed the pipe, or reading or writing has failed.
struct End {
  bool inside_frame = false;  // a frame was cut off
};
using Incoming = std::variant<Frame, BadFrame, End>;

// This process's ends of the pipes.
struct Descriptors {
  int in = -1;
  int out = -1;
};

// Takes standard input and output away from the rest of the process: descriptor 0 becomes empty and
// 1 becomes stderr, so that a library's output cannot get into a frame. SIGTERM, SIGINT and SIGHUP
// no longer end the process: they cause an ordinary End of the Channel, so that outstanding mutes
// are still ended. Call this before anything else.
Descriptors take_standard_streams();

class Channel {
 public:
  // Takes ownership of the descriptors and begins to read. `on_incoming` is called when take() may
  // have something new to return: on the reader or writer thread, or within take() or send(). It
  // must only wake the loop.
  Channel(Descriptors descriptors, std::function<void()> on_incoming);
  // Waits up to kDrain_ms for queued frames to be written, drops the rest, and ends both threads.
  ~Channel();
  Channel(const Channel&) = delete;
  Channel& operator=(const Channel&) = delete;

  // Returns what has arrived since the last call, in order, at most kMaxTaken_frames. If more is
  // waiting, on_incoming is called again. Returns nothing while kBusyOut_frames wait for the
  // browser, unless the input has ended. No frame follows an End or a fatal BadFrame. An End is
  // returned after what has arrived before it, but at most kBacklog_ms after the end of input, or
  // at once if the browser does not read.
  std::vector<Incoming> take();

  // Whether something has arrived that take() has not returned yet.
  [[nodiscard]] bool has_incoming() const;

  // Sends each of `texts` (JSON) as one frame: writes them together if that needs no waiting,
  // otherwise queues them. Returns false, and sends none, if a text is empty or over
  // kMaxFrameOut_bytes. Returns false also if the browser has gone, or counts as gone because
  // kMaxQueuedOut_frames wait.
  bool send(std::span<const std::string> texts);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace cardmute::native_messaging
