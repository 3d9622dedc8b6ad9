// A native messaging host as a process, driven as a browser drives it: frames in, frames out.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <string>
#include <vector>

#include "clock.hpp"
#include "system_call.hpp"

namespace cardmute::bench {

class HostProcess {
 public:
  // Starts the program and says hello; returns when that is answered.
  explicit HostProcess(const std::vector<std::string>& command);
  // Closes the pipe and waits until the process has ended.
  ~HostProcess();
  HostProcess(const HostProcess&) = delete;
  HostProcess& operator=(const HostProcess&) = delete;

  [[nodiscard]] Clock::time_point started_at() const { return started_at_; }
  [[nodiscard]] pid_t id() const { return process_; }

  // Opens or closes a payment form. Returns the milliseconds from the frame to the reply, which
  // comes when the mute or unmute is acknowledged. Throws if the reply is an error. If the host
  // delays the unmute, because forms open and close too fast, requests it by hand and returns the
  // milliseconds of that request.
  double mute() { return ask(R"("type":"surface.open")"); }
  double unmute();

 private:
  // Milliseconds until the reply, which stays in reply_.
  double ask(const std::string& what);
  std::string next_frame();
  void read_some();

  Clock::time_point started_at_;
  pid_t process_ = -1;
  Descriptor to_host_;
  Descriptor from_host_;
  std::string received_;
  std::string reply_;
  std::uint64_t last_id_ = 0;
};

}  // namespace cardmute::bench
