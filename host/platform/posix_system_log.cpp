#include <fcntl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <ctime>
#include <system_error>

#include "platform/system_log.hpp"

namespace cardmute::platform {

namespace {

// RFC 3164: 8 times the facility "user" (1), plus the severity "informational" (6) or "warning"
// (4).
constexpr int kInformational = 1 * 8 + 6;
constexpr int kWarning = 1 * 8 + 4;
constexpr const char* kProgram = "cardmute-host";

// The text with which syslog(3) begins a line. It contains the local time, in English.
std::string head(std::chrono::system_clock::time_point at, Severity severity) {
  const std::time_t seconds = std::chrono::system_clock::to_time_t(at);
  std::tm local{};
  localtime_r(&seconds, &local);
  std::array<char, 32> time{};
  const auto size = std::strftime(time.data(), time.size(), "%b %e %H:%M:%S", &local);
  const int priority = severity == Severity::warning ? kWarning : kInformational;
  return "<" + std::to_string(priority) + ">" + std::string(time.data(), size) + " " + kProgram +
         "[" + std::to_string(getpid()) + "]: ";
}

}  // namespace

std::vector<std::filesystem::path> system_log_sockets() {
  return {"/run/systemd/journal/dev-log", "/dev/log"};
}

bool warnings_belong_in_system_log() { return false; }

SystemLog::SystemLog(std::vector<std::filesystem::path> sockets) : sockets_(std::move(sockets)) {}

SystemLog::~SystemLog() {
  if (descriptor_ >= 0) close(descriptor_);
}

std::string SystemLog::connect() {
  int reason = ENOENT;
  for (const auto& socket : sockets_) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    const std::string path = socket.string();
    if (path.size() >= sizeof(address.sun_path)) continue;
    std::memcpy(address.sun_path, path.c_str(), path.size() + 1);
    descriptor_ = ::socket(AF_UNIX, SOCK_DGRAM, 0);
    if (descriptor_ < 0) return std::generic_category().message(errno);
    fcntl(descriptor_, F_SETFD, FD_CLOEXEC);
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): the interface of connect()
    if (::connect(descriptor_, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) == 0) {
      return "";
    }
    reason = errno;
    close(descriptor_);
    descriptor_ = -1;
  }
  return std::generic_category().message(reason);
}

std::string SystemLog::send(std::string_view line, std::chrono::system_clock::time_point at,
                            Severity severity) {
  const std::string text = head(at, severity) + std::string(line);
  // Sending is tried twice, because a daemon that was restarted has a new socket.
  std::string problem;
  for (int attempt = 0; attempt < 2; ++attempt) {
    if (descriptor_ < 0) problem = connect();
    if (descriptor_ < 0) return problem;
    if (::send(descriptor_, text.data(), text.size(), MSG_DONTWAIT) >= 0) return "";
    problem = std::generic_category().message(errno);
    if (errno == EAGAIN) return problem;  // the daemon hangs
    close(descriptor_);
    descriptor_ = -1;
  }
  return problem;
}

}  // namespace cardmute::platform
