// The system's log: journald, or another daemon that listens on the socket of syslog(3); on
// Windows, the event log.
#pragma once

#include <chrono>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace cardmute::platform {

// The sockets on which such daemons listen: journald's own, and the one that syslog(3) uses.
std::vector<std::filesystem::path> system_log_sockets();

// warning: an administrator must see the line.
enum class Severity { informational, warning };

// Whether warnings also go to the system's log if the other lines do not: on Windows, where
// administrators look into the event log and not into files of users.
bool warnings_belong_in_system_log();

// Writes to the system's log. It does not use syslog(3), which waits while the daemon hangs and
// does not report that a line was lost.
class SystemLog {
 public:
  explicit SystemLog(std::vector<std::filesystem::path> sockets = system_log_sockets());
  ~SystemLog();
  SystemLog(const SystemLog&) = delete;
  SystemLog& operator=(const SystemLog&) = delete;

  // Sends one line of this program. Never waits. Returns why the line was lost; empty if it was
  // sent.
  std::string send(std::string_view line, std::chrono::system_clock::time_point at,
                   Severity severity);

 private:
  // Returns why there is no open socket; empty if there is one.
  std::string connect();

  std::vector<std::filesystem::path> sockets_;
  int descriptor_ = -1;
};

}  // namespace cardmute::platform
