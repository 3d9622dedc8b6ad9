// Interruptible reading and writing of the pipe's descriptors: the part of the channel that differs
// between operating systems. Private to native_messaging/.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string_view>

#include "native_messaging/channel.hpp"

namespace cardmute::native_messaging {

class PipeEnds {
 public:
  explicit PipeEnds(Descriptors descriptors);
  ~PipeEnds();
  PipeEnds(const PipeEnds&) = delete;
  PipeEnds& operator=(const PipeEnds&) = delete;

  // Returns the number of bytes that were read, at least one. nullopt at the end of input, after an
  // error, or if interrupted.
  std::optional<std::size_t> read_some(std::span<char> buffer) const;

  // Waits until everything is written. Returns false if that fails: the other end has gone, or
  // interrupt() was called.
  [[nodiscard]] bool write_all(std::string_view bytes) const;

  // Writes what the pipe takes without waiting, and returns how many bytes that was. Returns 0 if
  // there are more bytes than the system guarantees to take at once, if the system cannot tell, or
  // after an error, which write_all() then reports.
  [[nodiscard]] std::size_t write_at_once(std::string_view bytes) const;

  // Whether the other end was closed, even if there is still something to read. (False on Windows
  // while read_some() waits, because the system cannot tell then.)
  [[nodiscard]] bool has_ended() const;

  // Ends the current and all later calls of read_some() and write_all(). Any thread may call it.
  void interrupt() const;

 private:
  struct State;  // defined for each operating system
  std::unique_ptr<State> state_;
};

}  // namespace cardmute::native_messaging
