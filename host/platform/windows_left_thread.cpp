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

// Not by std::thread: in mingw's library, the next thread takes the place of one that was detached
// before it has begun. Both then do the work of the next one, and nobody that of the first.
void start_left_thread(std::function<void()> work) {
  auto owned = std::make_unique<std::function<void()>>(std::move(work));
  const Handle thread(CreateThread(nullptr, 0, run, owned.get(), 0, nullptr));
  if (!thread) fail_with_last_error("cannot start a thread");
  static_cast<void>(owned.release());
}

}  // namespace cardmute::platform
