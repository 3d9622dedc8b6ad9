#include <signal.h>  // NOLINT(modernize-deprecated-headers): <csignal> has no sigaction()

#include <initializer_list>

#include "platform/signals.hpp"

namespace cardmute::platform {

namespace {

volatile sig_atomic_t asked = 0;

void on_signal(int /*number*/) { asked = 1; }

}  // namespace

void end_on_request() {
  struct sigaction action {};
  action.sa_handler = on_signal;
  for (const int number : {SIGTERM, SIGINT, SIGHUP}) sigaction(number, &action, nullptr);
}

bool asked_to_end() { return asked != 0; }

}  // namespace cardmute::platform
