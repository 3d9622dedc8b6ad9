// Processes on Linux and macOS; see process.hpp.
#include <signal.h>  // NOLINT(modernize-deprecated-headers): <csignal> has no kill()
#include <unistd.h>

#include <cerrno>
#include <fstream>
#include <iterator>
#include <limits>
#include <string>

#include "platform/process.hpp"

namespace cardmute::platform {

namespace {

// A process that has ended and whose parent has not asked for its exit code yet. In a container
// without an init it stays so for good, and kill() still finds it.
bool has_ended([[maybe_unused]] std::int64_t pid) {
#ifdef __linux__
  std::ifstream file("/proc/" + std::to_string(pid) + "/stat");
  const std::string line{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  // "PID (NAME) STATE …"; the name may itself hold parentheses, so the last one counts.
  const auto name_end = line.rfind(") ");
  return name_end != std::string::npos && name_end + 2 < line.size() &&
         (line[name_end + 2] == 'Z' || line[name_end + 2] == 'X');
#else
  return false;
#endif
}

}  // namespace

std::int64_t process_id() { return getpid(); }

bool process_is_alive(std::int64_t pid) {
  // 0 and negative numbers mean groups of processes to kill().
  if (pid <= 0 || pid > std::numeric_limits<pid_t>::max()) {
    return false;
  }
  const bool found = kill(static_cast<pid_t>(pid), 0) == 0 || errno == EPERM;
  return found && !has_ended(pid);
}

bool stdin_is_terminal() { return isatty(STDIN_FILENO) == 1; }

}  // namespace cardmute::platform
