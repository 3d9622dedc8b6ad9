#include "test_names.hpp"

#include <dlfcn.h>
#include <netdb.h>

#include <condition_variable>
#include <mutex>
#include <string_view>

namespace cardmute::test {

namespace {

struct State {
  std::mutex mutex;
  std::condition_variable changed;
  bool hanging = false;
  int waiting = 0;
};

State& state() {
  static State only;
  return only;
}

}  // namespace

HangingNames::HangingNames() {
  const std::scoped_lock lock(state().mutex);
  state().hanging = true;
}

HangingNames::~HangingNames() {
  std::unique_lock lock(state().mutex);
  state().hanging = false;
  state().changed.notify_all();
  state().changed.wait(lock, [] { return state().waiting == 0; });
}

}  // namespace cardmute::test

// Replaces the C library's function, in libcurl too.
extern "C" int getaddrinfo(const char* node, const char* service, const addrinfo* hints,
                           addrinfo** result) {
  using cardmute::test::state;
  const std::string_view name = node != nullptr ? node : "";
  if (name == "hangs.test") {
    std::unique_lock lock(state().mutex);
    ++state().waiting;
    state().changed.wait(lock, [] { return !state().hanging; });
    --state().waiting;
    state().changed.notify_all();
  }
  if (name.ends_with(".test")) return EAI_NONAME;
  static const auto real =
      reinterpret_cast<decltype(&getaddrinfo)>(::dlsym(RTLD_NEXT, "getaddrinfo"));
  return real(node, service, hints, result);
}
