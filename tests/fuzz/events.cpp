// Fuzzes what the server of the events sends: HTTP answer, WebSocket frames, packets, events, and
// the answer to the log-in. The first byte says how the stream is cut into pieces. If its highest
// bit is set, the rest is everything that the server sends; otherwise it is what the server sends
// after a valid handshake.
#include <cstdint>
#include <string>

#include "../host/socket_io_server.hpp"
#include "must.hpp"
#include "socket_io/connection.hpp"
#include "voicenter/extension_events.hpp"
#include "voicenter/realtime_login.hpp"

namespace {

using namespace cardmute;
using fuzz::must;
using socket_io::Connection;
using socket_io::End;

void check_event(std::string_view json) {
  const auto event = voicenter::read_extension_event(json, "API1API");
  if (!event) return;
  must(event->calls.size() <= voicenter::kMaxEventCalls, "no more calls than are allowed");
  must(event->names_extension || event->calls.empty(), "calls of another extension");
  for (const auto& call : voicenter::call_list_of(*event, UtcTime(1'800'000'000'000)).calls) {
    must(!call.call_id.empty() && fuzz::is_plain(call.call_id), "an ID is plain");
    must(!call.muted, "an event says that a call is muted");
  }
}

// Returns the events that the client reads when the bytes arrive in pieces of this size.
std::string read(const std::string& bytes, std::size_t piece, bool with_handshake) {
  Connection connection("m.example", "token=T", 7, {});
  const std::string request = connection.take_output();
  const std::string all = (with_handshake ? socket_io::server_accept(request) : "") + bytes;
  std::string seen;
  for (std::size_t at = 0; at < all.size(); at += piece) {
    connection.received(std::string_view(all).substr(at, piece), {});
    for (const auto& event : connection.take_events()) {
      check_event(event.value());
      seen += event.value();
    }
    must(connection.take_output().size() <= socket_io::kMaxUnsent_bytes + bytes.size() * 2 + 200,
         "the output is bounded");
  }
  must(fuzz::is_plain(connection.words()), "the server's words are plain");
  must(connection.end() == End::none || !connection.next_deadline(), "an end has no deadline");
  connection.ended({});
  must(connection.end() != End::none, "the end of the stream is an end");
  return seen;
}

void check_login(const std::string& bytes) {
  http::Result result;
  result.status = 200;
  result.body = bytes;
  const auto login = voicenter::read_login(result);
  must(login.error.has_value() == login.token.empty(), "a token or an error");
  must(login.hosts.size() <= voicenter::kMaxMonitorHosts, "no more hosts than are allowed");
  if (login.error) must(fuzz::is_plain(login.error->message), "a failure has plain words");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 1) return 0;
  const bool with_handshake = (data[0] & 0x80U) == 0;
  const std::size_t piece = 1 + (data[0] & 0x7FU);
  const std::string bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  // The result must be the same however the bytes are cut.
  must(read(bytes, piece, with_handshake) == read(bytes, bytes.size() + 1000, with_handshake),
       "the pieces make a difference");
  check_event(bytes);
  check_login(bytes);
  return 0;
}
