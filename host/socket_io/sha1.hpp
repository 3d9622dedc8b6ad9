// SHA-1 and base64, for the WebSocket handshake (RFC 6455, section 4.2.2). The handshake only shows
// that the other side implements WebSocket. No secret depends on SHA-1.
#pragma once

#include <string>
#include <string_view>

namespace cardmute::socket_io {

// The 20 bytes of the digest.
std::string sha1(std::string_view text);

std::string base64(std::string_view bytes);

}  // namespace cardmute::socket_io
