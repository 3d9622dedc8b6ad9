#include "http/watched.hpp"

#include <algorithm>

#include "http/transfer.hpp"

namespace cardmute::http {

std::optional<Watched::Clock::time_point> watch_multi(CURLM* multi,
                                                      std::vector<curl_waitfd>& sockets) {
  fd_set readable;
  fd_set writable;
  fd_set exceptional;
  FD_ZERO(&readable);
  FD_ZERO(&writable);
  FD_ZERO(&exceptional);
  int highest = -1;
  curl_multi_fdset(multi, &readable, &writable, &exceptional, &highest);
  const auto add = [&](curl_socket_t socket) {
    const int in = FD_ISSET(socket, &readable) ? CURL_WAIT_POLLIN : 0;
    const int out = FD_ISSET(socket, &writable) ? CURL_WAIT_POLLOUT : 0;
    if (in + out != 0) sockets.push_back({socket, static_cast<short>(in | out), 0});
  };
#ifdef _WIN32
  // On Windows a socket is not a small number, and an fd_set is a list of sockets. A socket in both
  // lists is added twice, which poll allows.
  for (const fd_set* set : {&readable, &writable}) {
    for (unsigned i = 0; i < set->fd_count; ++i) add(set->fd_array[i]);
  }
#else
  for (int each = 0; each <= highest; ++each) add(each);
#endif
  long wait_ms = -1;
  curl_multi_timeout(multi, &wait_ms);
  // Without a socket, libcurl is doing something that no socket shows, such as resolving a name.
  constexpr long kLook_ms = 20;
  if (highest < 0) wait_ms = wait_ms < 0 ? kLook_ms : std::min(wait_ms, kLook_ms);
  if (wait_ms < 0) return std::nullopt;
  return Watched::Clock::now() + std::chrono::milliseconds(wait_ms);
}

SharedMulti make_side_multi() {
  start_curl();
  return {curl_multi_init(), MultiCleanup()};
}

void drive_multi(CURLM* multi) {
  int running = 0;
  curl_multi_perform(multi, &running);
  int left = 0;
  while (const CURLMsg* message = curl_multi_info_read(multi, &left)) {
    if (message->msg != CURLMSG_DONE) continue;
    const CURLcode code = message->data.result;
    Transfer* transfer = nullptr;
    curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &transfer);
    transfer->ended(code);
  }
}

}  // namespace cardmute::http
