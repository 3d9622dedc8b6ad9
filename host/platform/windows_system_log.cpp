// Windows' event log. The installer registers the source "CardMute"; without it, the event viewer
// shows the line beside a remark that the source is unknown.
#include <windows.h>

#include <array>

#include "platform/system_log.hpp"
#include "platform/windows_text.hpp"

namespace cardmute::platform {

namespace {
constexpr DWORD kLine_event = 1;
}

std::vector<std::filesystem::path> system_log_sockets() { return {}; }

SystemLog::SystemLog(std::vector<std::filesystem::path> sockets) : sockets_(std::move(sockets)) {}

SystemLog::~SystemLog() = default;

// The source is registered for each line. Its handle cannot be kept in descriptor_, because it is a
// pointer and an int is too small.
std::string SystemLog::send(std::string_view line, std::chrono::system_clock::time_point /*at*/) {
  const HANDLE source = RegisterEventSourceW(nullptr, L"CardMute");
  if (source == nullptr) return last_error_text();
  const std::wstring text = wide(line);
  std::array<const wchar_t*, 1> texts{text.c_str()};
  // The event log keeps the time itself.
  const bool sent = ReportEventW(source, EVENTLOG_INFORMATION_TYPE, 0, kLine_event, nullptr, 1, 0,
                                 texts.data(), nullptr) != 0;
  std::string problem = sent ? "" : last_error_text();
  DeregisterEventSource(source);
  return problem;
}

}  // namespace cardmute::platform
