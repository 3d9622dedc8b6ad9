// A server in a separate process that answers every request at once with Voicenter's documented
// success, so that the server's time is minimal and the same for all hosts.
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
