// Windows' event log. The installer registers the source "CardMute"; without it, the event viewer
// shows the line beside a remark that the source is unknown.
#include <windows.h>

#include <array>

#include "platform/system_log.hpp"
#include "platform/windows_handle.hpp"
#include "platform/windows_text.hpp"

namespace cardmute::platform {

namespace {
constexpr DWORD kLine_event = 1;
}

std::vector<std::filesystem::path> system_log_sockets() { return {}; }

SystemLog::SystemLog(std::vector<std::filesystem::path> sockets) : sockets_(std::move(sockets)) {}

SystemLog::~SystemLog() {
  if (descriptor_ != -1) DeregisterEventSource(handle_of(descriptor_));
}

std::string SystemLog::connect() {
  descriptor_ = number_of(RegisterEventSourceW(nullptr, L"CardMute"));
  return descriptor_ == -1 ? last_error_text() : "";
}

// The event log keeps the time itself.
std::string SystemLog::send(std::string_view line, std::chrono::system_clock::time_point /*at*/) {
  if (descriptor_ == -1) {
    if (auto problem = connect(); !problem.empty()) return problem;
  }
  const std::wstring text = wide(line);
  std::array<const wchar_t*, 1> texts{text.c_str()};
  const bool sent = ReportEventW(handle_of(descriptor_), EVENTLOG_INFORMATION_TYPE, 0, kLine_event,
                                 nullptr, 1, 0, texts.data(), nullptr) != 0;
  return sent ? "" : last_error_text();
}

}  // namespace cardmute::platform
