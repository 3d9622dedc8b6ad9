// The system's log: journald, or another daemon that listens where syslog(3) writes.
#pragma once

#include <chrono>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace cardmute::platform {

// Where daemons listen: journald's own socket, and the one that syslog(3) uses.
std::vector<std::filesystem::path> system_log_sockets();

// syslog(3) is not used: it waits while the daemon hangs, and does not say that a line was lost.
class SystemLog {
 public:
  explicit SystemLog(std::vector<std::filesystem::path> sockets = system_log_sockets());
  ~SystemLog();
  SystemLog(const SystemLog&) = delete;
  SystemLog& operator=(const SystemLog&) = delete;

  // Sends one line of this program as information. Never waits. Returns why the line was lost;
  // empty if it was sent.
  std::string send(std::string_view line, std::chrono::system_clock::time_point at);

 private:
  // Returns why no socket could be had; empty if there is one.
  std::string connect();

  std::vector<std::filesystem::path> sockets_;
  int descriptor_ = -1;
};

}  // namespace cardmute::platform
