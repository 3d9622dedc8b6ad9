#include "platform/windows_session_end.hpp"

#include <windows.h>

#include <atomic>

#include "platform/left_thread.hpp"

namespace cardmute::platform {

namespace {

// NOLINTNEXTLINE(cppcoreguidelines-avoid-non-const-global-variables): the system's handlers take no
// argument
std::atomic<void (*)()> call_when_asked{nullptr};

// When the console is closed, at the log-off and at the shut-down, Windows ends the process as soon
// as this handler returns. So it does not return then: the process ends by itself, or Windows ends
// it after some seconds.
BOOL WINAPI on_control(DWORD event) {
  call_when_asked.load()();
  if (event == CTRL_CLOSE_EVENT || event == CTRL_LOGOFF_EVENT || event == CTRL_SHUTDOWN_EVENT) {
    Sleep(INFINITE);
  }
  return TRUE;
}

LRESULT CALLBACK on_message(HWND window, UINT message, WPARAM first, LPARAM second) {
  // Another program may still refuse the log-off; then `first` of WM_ENDSESSION is 0.
  if (message == WM_QUERYENDSESSION) return TRUE;
  if (message == WM_ENDSESSION && first != 0) {
    call_when_asked.load()();
    Sleep(INFINITE);
  }
  return DefWindowProcW(window, message, first, second);
}

void listen_by_window() {
  WNDCLASSW kind{};
  kind.lpfnWndProc = on_message;
  kind.hInstance = GetModuleHandleW(nullptr);
  kind.lpszClassName = L"CardMute";
  RegisterClassW(&kind);
  // The window must be an ordinary one, because Windows does not send WM_ENDSESSION to a
  // message-only window.
  if (CreateWindowExW(0, kind.lpszClassName, L"CardMute", WS_OVERLAPPED, 0, 0, 0, 0, nullptr,
                      nullptr, kind.hInstance, nullptr) == nullptr) {
    return;
  }
  MSG message{};
  while (GetMessageW(&message, nullptr, 0, 0) > 0) DispatchMessageW(&message);
}

}  // namespace

// A program that has loaded user32.dll, as this one has, is told of the log-off and the shut-down
// only through a window, even if it has a console (SetConsoleCtrlHandler, "Remarks").
void when_asked_to_end(void (*asked)()) {
  if (call_when_asked.exchange(asked) != nullptr) return;
  SetConsoleCtrlHandler(on_control, TRUE);
  start_left_thread(listen_by_window);
}

}  // namespace cardmute::platform
