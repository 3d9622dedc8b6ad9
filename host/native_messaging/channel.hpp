// The two ends of the browser's pipe. Owns the descriptors, one thread that reads frames and one
// that writes them, so that neither a slow browser nor a silent one holds up the loop in run/.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "native_messaging/codec.hpp"

namespace cardmute::native_messaging {

// Frames that wait for the loop; over it the reader waits, and the browser's pipe fills instead.
inline constexpr std::size_t kMaxQueuedIn_frames = 1024;
// Frames that wait for the browser; over it the browser has stopped reading and counts as gone.
inline constexpr std::size_t kMaxQueuedOut_frames = 1024;
// While this many wait, nothing more is taken in: a burst of requests must not look like a browser
// that has stopped reading.
inline constexpr std::size_t kBusyOut_frames = 256;
// What is taken in at a time; each may cause a few frames out.
inline constexpr std::size_t kMaxTaken_frames = 64;
// How long the end waits for frames that the browser has not yet taken.
inline constexpr int kDrain_ms = 100;

// The browser is gone: it closed its end, or reading or writing failed.
struct End {
  bool inside_frame = false;  // a frame was cut off
};
using Incoming = std::variant<Frame, BadFrame, End>;

// The descriptors of this process' end of the pipe.
struct Descriptors {
  int in = -1;
  int out = -1;
};

// SIGTERM, SIGINT and SIGHUP become an ordinary End, so that what is owed is still sent.
// Takes standard input and output away from everyone else in this process: from now on 0 is empty
// and 1 is stderr, so that nothing a library prints can become a frame. Call before anything else.
Descriptors take_standard_streams();

class Channel {
 public:
  // Takes the descriptors over and begins to read. `on_incoming` is called on the reading or the
  // writing thread after something was queued; it must only wake the loop.
  Channel(Descriptors descriptors, std::function<void()> on_incoming);
  // Waits up to kDrain_ms for queued frames to leave, then ends both threads.
  ~Channel();
  Channel(const Channel&) = delete;
  Channel& operator=(const Channel&) = delete;

  // What has come since the last call, in order, kMaxTaken_frames at most; on_incoming is called
  // again where something was left. After an End or a fatal BadFrame nothing comes.
  std::vector<Incoming> take();

  // Whether take() would give something.
  [[nodiscard]] bool has_incoming() const;

  // Queues `text` (JSON) as one frame; false when it is empty, over 1 MiB or the browser is gone.
  bool send(const std::string& text);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace cardmute::native_messaging
