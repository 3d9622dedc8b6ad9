// This process and others, as the operating system sees them.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace cardmute::platform {

// Identifies a process for good: a PID can be used again after the process ends, but not with the
// same start time in the same boot.
struct ProcessIdentity {
  // Identifies one boot of the machine, or one container on it; empty if unknown.
  std::string boot;
  std::int64_t pid = 0;
  // Start time: clock ticks since boot (Linux) or UTC microseconds (macOS).
  std::int64_t started = 0;
  bool operator==(const ProcessIdentity&) const = default;
};

// `boot` as part of the name of a file.
std::string file_name_of_boot(std::string boot);

// What this program was called with, in UTF-8, without its own name. From now on the standard
// streams carry bytes as they are.
std::vector<std::string> arguments(int argc, char** argv);

std::int64_t process_id();
bool process_is_alive(std::int64_t pid);
ProcessIdentity this_process();
// The process that started this one: the browser, or on Windows a shell in between.
ProcessIdentity parent_process();
bool process_is_alive(const ProcessIdentity& process);
// Starts this program again in a new session. The new process inherits only the environment and
// `kept_descriptor` (-1: none), which it has open to its end; it survives the end of this process
// and of its process group. It runs the same binary even if an update has replaced the file. False
// if it could not be started.
bool start_this_detached(const std::vector<std::string>& arguments, int kept_descriptor);
// Disables core dumps, which would hold the organisation's code, and keeps other processes of this
// user from reading this process's memory.
void forbid_core_dumps();
// Whether standard input is a terminal.
bool stdin_is_terminal();

}  // namespace cardmute::platform
