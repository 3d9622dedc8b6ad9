// This process and others, as the operating system sees them.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace cardmute::platform {

// One process for good: its number may be given to another after its end, its start may not, and
// neither outlives a start of the machine.
struct ProcessIdentity {
  std::string boot;  // one start of the machine; empty where the system does not say
  std::int64_t pid = 0;
  std::int64_t started = 0;  // clock ticks since that start (Linux), or UTC microseconds (macOS)
  bool operator==(const ProcessIdentity&) const = default;
};

std::int64_t process_id();
bool process_is_alive(std::int64_t pid);
ProcessIdentity this_process();
// Who started this process: the browser, or on Windows a shell between.
ProcessIdentity parent_process();
bool process_is_alive(const ProcessIdentity& process);
// Starts this program anew in a session of its own, with nothing of this process but its
// environment: it outlives this one and whoever kills its group. The very program that runs, also
// where an update has replaced its file meanwhile. False: it could not be started.
bool start_this_detached(const std::vector<std::string>& arguments);
// Whether a person's terminal is on standard input.
bool stdin_is_terminal();

}  // namespace cardmute::platform
