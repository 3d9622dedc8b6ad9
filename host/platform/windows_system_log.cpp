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

bool warnings_belong_in_system_log() { return true; }

SystemLog::SystemLog(std::vector<std::filesystem::path> sockets) : sockets_(std::move(sockets)) {}

SystemLog::~SystemLog() = default;

// The source is registered for each line. Its handle cannot be kept in descriptor_, because it is a
// pointer and an int is too small.
std::string SystemLog::send(std::string_view line, std::chrono::system_clock::time_point /*at*/,
                            Severity severity) {
  const HANDLE source = RegisterEventSourceW(nullptr, L"CardMute");
  if (source == nullptr) return last_error_text();
  const std::wstring text = wide(line);
  std::array<const wchar_t*, 1> texts{text.c_str()};
  // The event log keeps the time itself.
  const WORD type =
      severity == Severity::warning ? EVENTLOG_WARNING_TYPE : EVENTLOG_INFORMATION_TYPE;
  const bool sent =
      ReportEventW(source, type, 0, kLine_event, nullptr, 1, 0, texts.data(), nullptr) != 0;
  std::string problem = sent ? "" : last_error_text();
  DeregisterEventSource(source);
  return problem;
}

}  // namespace cardmute::platform
