// This process and other processes, as the operating system sees them.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace cardmute::platform {

// Identifies a process forever: after it has ended, a new process may get its PID, but not with the
// same start time in the same boot.
struct ProcessIdentity {
  // Identifies one boot of the machine, or one container on it; empty if unknown.
  std::string boot;
  std::int64_t pid = 0;
  // The start time: clock ticks since boot (Linux), UTC microseconds (macOS) or 100 ns since 1601
  // (Windows); 0: unknown.
  std::int64_t started = 0;
  bool operator==(const ProcessIdentity&) const = default;
};

// The boot in a form that can be part of a file's name.
std::string file_name_of_boot(std::string boot);

// This program's arguments in UTF-8, without the program's name. From now on the standard streams
// pass bytes on unchanged.
std::vector<std::string> arguments(int argc, char** argv);

std::int64_t process_id();
bool process_is_alive(std::int64_t pid);
ProcessIdentity this_process();
// The process that has started this one: of a host, the browser. On Windows a cmd.exe between the
// two is skipped.
ProcessIdentity parent_process();
bool process_is_alive(const ProcessIdentity& process);
// Starts this program again in a new session, with `arguments`. The new process inherits only the
// environment and `kept_descriptor` (-1: none), which stays open until that process ends. The end
// of this process, or of this process's group, does not end it. On Linux it runs the same binary
// even if an update has replaced the file. Returns false if it could not be started.
bool start_this_detached(const std::vector<std::string>& arguments, int kept_descriptor);
// Disables core dumps, which would contain secrets. On Linux it also prevents other processes of
// this user from reading this process's memory.
void forbid_core_dumps();

// Removes SSLKEYLOGFILE from the environment, because libcurl would write the keys of TLS
// connections to the file that it names. Call it before there is a second thread.
void forbid_key_log();
bool stdin_is_terminal();

}  // namespace cardmute::platform
