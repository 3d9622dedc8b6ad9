// SHA-1 and base64, as the WebSocket handshake uses them (RFC 6455, section 4.2.2). The handshake
// only shows that the peer speaks WebSocket; nothing secret depends on SHA-1.
#pragma once

#include <string>
#include <string_view>

namespace cardmute::socket_io {

// The 20 bytes of the digest.
std::string sha1(std::string_view text);

std::string base64(std::string_view bytes);

}  // namespace cardmute::socket_io
