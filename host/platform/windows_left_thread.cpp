#include <windows.h>

#include <memory>
#include <utility>

#include "platform/left_thread.hpp"
#include "platform/windows_handle.hpp"
#include "platform/windows_text.hpp"

namespace cardmute::platform {

namespace {

DWORD WINAPI run(void* work) {
  const std::unique_ptr<std::function<void()>> taken(static_cast<std::function<void()>*>(work));
  (*taken)();
  return 0;
}

}  // namespace

// std::thread is not used: in mingw's library, a thread that is detached before it has begun can
// get the work of the next thread, and its own work is then never done.
void start_left_thread(std::function<void()> work) {
  auto owned = std::make_unique<std::function<void()>>(std::move(work));
  const Handle thread(CreateThread(nullptr, 0, run, owned.get(), 0, nullptr));
  if (!thread) fail_with_last_error("cannot start a thread");
  static_cast<void>(owned.release());
}

}  // namespace cardmute::platform
