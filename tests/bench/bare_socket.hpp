// The fastest possible mute: one keep-alive connection, one write, one read, no library.
#pragma once

#include "system_call.hpp"

namespace cardmute::bench {

class BareSocket {
 public:
  explicit BareSocket(int port);

  // Sends one mute or unmute. Returns the milliseconds until the response was read.
  double post(bool mute);

 private:
  Descriptor socket_;
};

}  // namespace cardmute::bench
