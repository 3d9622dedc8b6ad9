// A server that answers every request with Voicenter's documented success, at once and in a process
// of its own: its time is as small as a server's can be, and the same for all that are measured.
#pragma once

#include <sys/types.h>

#include <string>

namespace cardmute::bench {

class LoopbackServer {
 public:
  LoopbackServer();
  ~LoopbackServer();
  LoopbackServer(const LoopbackServer&) = delete;
  LoopbackServer& operator=(const LoopbackServer&) = delete;

  [[nodiscard]] int port() const { return port_; }
  [[nodiscard]] std::string mute_url() const;

 private:
  pid_t process_ = -1;
  int port_ = 0;
};

}  // namespace cardmute::bench
