// Reading and writing the pipe's descriptors so that both can be interrupted: the part of the
// channel that differs between operating systems. Only channel.cpp uses it.
#pragma once

#include <cstddef>
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

  // How many bytes came, at least one; nothing at the end of input, on an error or when
  // interrupted.
  std::optional<std::size_t> read_some(std::span<char> buffer) const;

  // False when not all could be written: the other end is gone, or interrupt() was called.
  [[nodiscard]] bool write_all(std::string_view bytes) const;

  // Writes as much as goes without waiting, nothing where that cannot be known; gives how much.
  [[nodiscard]] std::size_t write_at_once(std::string_view bytes) const;

  // Ends every present and later read_some() and write_all(). From any thread.
  void interrupt() const;

 private:
  enum class Ready { yes, no };
  [[nodiscard]] Ready wait_for(int descriptor, short events) const;

  Descriptors descriptors_;
  int interrupt_in_ = -1;  // readable once interrupted
  int interrupt_out_ = -1;
};

}  // namespace cardmute::native_messaging
