#include <windows.h>

#include <atomic>
#include <thread>

#include "platform/signals.hpp"

namespace cardmute::platform {

namespace {

// NOLINTNEXTLINE(cppcoreguidelines-avoid-non-const-global-variables): the system's handlers have no
// other
std::atomic<bool> asked{false};

// Windows ends the process when the handler of a log-off returns, so it never does: the process
// ends by itself, or Windows ends it after some seconds.
BOOL WINAPI on_control(DWORD event) {
  asked = true;
  if (event == CTRL_CLOSE_EVENT || event == CTRL_LOGOFF_EVENT || event == CTRL_SHUTDOWN_EVENT) {
    Sleep(INFINITE);
  }
  return TRUE;
}

LRESULT CALLBACK on_message(HWND window, UINT message, WPARAM first, LPARAM second) {
  if (message == WM_QUERYENDSESSION) return TRUE;
  if (message == WM_ENDSESSION && first != 0) {
    asked = true;
    Sleep(INFINITE);
  }
  return DefWindowProcW(window, message, first, second);
}

// A process without a console hears of the log-off by a window only.
void listen_by_window() {
  WNDCLASSW kind{};
  kind.lpfnWndProc = on_message;
  kind.hInstance = GetModuleHandleW(nullptr);
  kind.lpszClassName = L"CardMute";
  RegisterClassW(&kind);
  // Not a window for messages only, which is not told of it.
  if (CreateWindowExW(0, kind.lpszClassName, L"CardMute", WS_OVERLAPPED, 0, 0, 0, 0, nullptr,
                      nullptr, kind.hInstance, nullptr) == nullptr) {
    return;
  }
  MSG message{};
  while (GetMessageW(&message, nullptr, 0, 0) > 0) DispatchMessageW(&message);
}

}  // namespace

void end_on_request() {
  static const bool once = [] {
    SetConsoleCtrlHandler(on_control, TRUE);
    // Whose output somebody reads is ended by that program. (Wine without a display starts a
    // desktop for a window, which would keep the output open for minutes.)
    const bool is_read = GetFileType(GetStdHandle(STD_OUTPUT_HANDLE)) == FILE_TYPE_PIPE;
    if (GetConsoleWindow() == nullptr && !is_read) std::thread(listen_by_window).detach();
    return true;
  }();
  static_cast<void>(once);
}

bool asked_to_end() { return asked; }

}  // namespace cardmute::platform
