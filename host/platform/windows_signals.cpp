#include <atomic>

#include "platform/signals.hpp"
#include "platform/windows_session_end.hpp"

namespace cardmute::platform {

namespace {

// NOLINTNEXTLINE(cppcoreguidelines-avoid-non-const-global-variables): the system's handlers take no
// argument
std::atomic<bool> asked{false};

}  // namespace

void end_on_request() {
  when_asked_to_end([] { asked = true; });
}

bool asked_to_end() { return asked; }

}  // namespace cardmute::platform
