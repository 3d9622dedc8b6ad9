// Tests a client of socket.io 2 with the bytes of a real server (socket.io 2.5.1): every way in
// which a connection begins, goes on and ends.
#include <gtest/gtest.h>

#include "socket_io/connection.hpp"
#include "socket_io_server.hpp"

namespace cardmute::socket_io {
namespace {

using namespace std::string_literals;
using std::chrono::milliseconds;

class Client {
 public:
  Client() : connection("m.example", "token=T", 1, now) {
    request = connection.take_output();
    accept = server_accept(request);
  }
  void receive(const std::string& bytes) { connection.received(bytes, now); }
  void join() { receive(accept + server_frame(kHandshake) + server_frame("40")); }
  void pass(int ms) {
    now += milliseconds(ms);
    connection.tick(now);
  }
  // The frames that the client has sent since the last call, each as "OPCODE:PAYLOAD ", unmasked:
  // "1:2 8: " is a text "2" and an empty close frame.
  std::string sent() {
    const std::string bytes = connection.take_output();
    std::string text;
    for (std::size_t at = 0; at + 6 <= bytes.size();) {
      EXPECT_TRUE((bytes[at + 1] & 0x80) != 0) << "not masked";
      const auto size = static_cast<std::size_t>(bytes[at + 1] & 0x7F);
      text += std::to_string(bytes[at] & 0x0F) + ":";
      for (std::size_t i = 0; i < size; ++i) {
        text += static_cast<char>(bytes[at + 6 + i] ^ bytes[at + 2 + i % 4]);
      }
      text += ' ';
      at += 6 + size;
    }
    return text;
  }
  std::string events() {
    std::string text;
    for (const auto& event : connection.take_events()) text += event.value() + " ";
    return text;
  }

  Steady now{};
  Connection connection;
  std::string request;
  std::string accept;
};

TEST(SocketIoConnection, AsksForVersion3OverWebSocketOnly) {
  const Client client;
  EXPECT_TRUE(client.request.starts_with(
      "GET /socket.io/?token=T&EIO=3&transport=websocket HTTP/1.1\r\nHost: m.example\r\n"))
      << client.request;
}

TEST(SocketIoConnection, JoinsAndReadsEventsThatComeInOneSegmentWithTheHandshake) {
  Client client;
  client.receive(client.accept + server_frame(kHandshake) + server_frame("40") +
                 server_frame(R"(42["A",{}])"));
  EXPECT_TRUE(client.connection.joined());
  EXPECT_EQ(client.events(), R"(["A",{}] )");
  EXPECT_EQ(client.connection.end(), End::none);
}

TEST(SocketIoConnection, ReadsByteByByte) {
  Client client;
  for (const char c :
       client.accept + server_frame(kHandshake) + server_frame("40") + server_frame(R"(42["A"])")) {
    client.receive(std::string(1, c));
  }
  EXPECT_EQ(client.events(), R"(["A"] )");
}

TEST(SocketIoConnection, PingsEachFiveSecondsAndIsOverThreeSecondsAfterAPingWithoutPong) {
  Client client;
  client.join();
  client.pass(kPing_ms);
  EXPECT_EQ(client.sent(), "1:2 ");
  client.receive(server_frame("3"));
  client.pass(kPong_ms);
  EXPECT_EQ(client.connection.end(), End::none);
  client.pass(kPing_ms - kPong_ms);
  EXPECT_EQ(client.sent(), "1:2 ");
  client.pass(kPong_ms - 1);
  EXPECT_EQ(client.connection.end(), End::none);
  client.pass(1);
  EXPECT_EQ(client.connection.end(), End::silent);
}

TEST(SocketIoConnection, APongThatCountsIsEngineIosAndNotWebSockets) {
  Client client;
  client.join();
  client.pass(kPing_ms);
  client.receive(server_frame("", '\x8A'));
  client.pass(kPong_ms);
  EXPECT_EQ(client.connection.end(), End::silent);
}

TEST(SocketIoConnection, PingsAsOftenAsTheServerDemands) {
  Client client;
  client.receive(client.accept + server_frame(R"(0{"pingInterval":1000,"pingTimeout":500})") +
                 server_frame("40"));
  EXPECT_EQ(client.connection.next_deadline(), Steady(milliseconds(1000)));
}

TEST(SocketIoConnection, AnswersTheServersPingsAndAcknowledgements) {
  Client client;
  client.join();
  client.receive(server_frame("hey", '\x89') + server_frame("2probe") +
                 server_frame(R"(4212["q",{}])"));
  EXPECT_EQ(client.sent(), "10:hey 1:3probe 1:4312[] ");
  EXPECT_EQ(client.events(), R"(["q",{}] )");
}

TEST(SocketIoConnection, BinaryEventsAndOtherNamespacesAreDropped) {
  Client client;
  client.join();
  client.receive(server_frame(R"(452-["bin",{"_placeholder":true,"num":0}])") +
                 server_frame("\x04\x01", '\x82') + server_frame("\x04\x02", '\x82') +
                 server_frame(R"(42/admin,["x"])") + server_frame(R"(42["A"])"));
  EXPECT_EQ(client.connection.end(), End::none);
  EXPECT_EQ(client.events(), R"(["A"] )");
  client.receive(server_frame("\x04", '\x82'));
  EXPECT_EQ(client.connection.end(), End::invalid) << "a binary message without an event";
}

TEST(SocketIoConnection, RefusedTokenEndsItAlthoughTheServerKeepsItOpen) {
  for (const auto& [packet, words] : std::vector<std::pair<std::string, std::string>>{
           {R"(44"Authentication error")", "Authentication error"},
           {R"(44{"code":401})", "401"},
           {R"(44{"code":"401"})", "401"},
           {R"(44{"message":"token expired","code":7})", "token expired"},
           {R"(44{"message":"Dana Levi, 0501234567, is out"})", ""},
           {R"(44"0501234567")", ""},
           {R"(44{"code":972501234567})", ""},
           {"44", ""}}) {
    Client client;
    client.receive(client.accept + server_frame(kHandshake) + server_frame(packet));
    EXPECT_EQ(client.connection.end(), End::refused);
    EXPECT_EQ(client.connection.words(), words);
    EXPECT_FALSE(client.connection.joined());
  }
}

TEST(SocketIoConnection, RefusedByHttpSaysStatusAndReason) {
  Client client;
  client.receive("HTTP/1.1 400 Bad Request\r\nContent-Length: 13\r\n\r\ntoken expired");
  EXPECT_EQ(client.connection.end(), End::denied);
  EXPECT_EQ(client.connection.http_status(), 400);
  EXPECT_EQ(client.connection.words(), "token expired");
  Client other;
  other.receive("HTTP/1.1 403 Forbidden\r\nContent-Length: 10\r\n\r\n0501234567");
  EXPECT_EQ(other.connection.http_status(), 403);
  EXPECT_EQ(other.connection.words(), "") << "it may be a telephone number";
}

TEST(SocketIoConnection, AnotherVersionOfSocketIoIsRecognised) {
  Client client;
  client.receive(client.accept + "HTTP/1.1 400 Bad Request\r\n\r\n");
  EXPECT_EQ(client.connection.end(), End::other_version);
}

TEST(SocketIoConnection, OtherServersAreRecognised) {
  Client mute;
  mute.connection.ended(mute.now);
  EXPECT_EQ(mute.connection.end(), End::not_http) << "the end at once";
  Client chat;
  chat.receive(chat.accept + server_frame("welcome"));
  EXPECT_EQ(chat.connection.end(), End::not_socket_io);
  Client early;
  early.receive(early.accept + server_frame("40"));
  EXPECT_EQ(early.connection.end(), End::not_socket_io) << "joined before the handshake";
  Client wrong;
  wrong.receive("HTTP/1.1 101 Switching Protocols\r\n\r\n");
  EXPECT_EQ(wrong.connection.end(), End::not_socket_io);
}

TEST(SocketIoConnection, EveryWayInWhichTheServerEndsIt) {
  const std::vector<std::pair<std::string, End>> ways{
      {server_frame("41"), End::left},
      {server_frame("", '\x88'), End::closed},
      {server_frame("1"), End::closed},
      {server_frame("x"), End::invalid},
      {"\xC1\x00"s, End::invalid},
      {server_frame("42{}"), End::invalid},
      {"\x81\x7F\x00\x00\x00\x00\x00\x40\x00\x01"s, End::too_large}};
  for (const auto& [bytes, end] : ways) {
    Client client;
    client.join();
    client.receive(bytes);
    EXPECT_EQ(client.connection.end(), end) << bytes;
  }
  Client cut;
  cut.join();
  cut.connection.ended(cut.now);
  EXPECT_EQ(cut.connection.end(), End::closed);
}

TEST(SocketIoConnection, AnswersACloseFrameWithOne) {
  Client client;
  client.join();
  client.receive(server_frame("\x03\xe8"s, '\x88'));
  EXPECT_EQ(client.sent(), "8:\x03\xe8 "s);
}

TEST(SocketIoConnection, AServerThatNeverJoinsThisClientIsSilent) {
  Client client;
  client.receive(client.accept);
  client.pass(kJoin_ms - 1);
  EXPECT_EQ(client.connection.end(), End::none);
  client.pass(1);
  EXPECT_EQ(client.connection.end(), End::silent);
  EXPECT_EQ(client.connection.next_deadline(), std::nullopt);
}

TEST(SocketIoConnection, AServerThatPingsWithoutEndIsCutOffBeforeTheOutputGrows) {
  Client client;
  client.join();
  for (int i = 0; i < 10'000 && client.connection.end() == End::none; ++i) {
    client.receive(server_frame(std::string(100, 'p'), '\x89'));
  }
  EXPECT_EQ(client.connection.end(), End::invalid);
  EXPECT_LE(client.connection.take_output().size(), kMaxUnsent_bytes + 200);
}

TEST(SocketIoPackets, IntervalsOutOfBoundsAreNoHandshake) {
  EXPECT_TRUE(read_handshake(R"({"pingInterval":25000,"pingTimeout":5000})"));
  for (const std::string_view text : {"", "[]", "{}", R"({"pingInterval":0,"pingTimeout":5000})",
                                      R"({"pingInterval":25000,"pingTimeout":600001})",
                                      R"({"pingInterval":"1","pingTimeout":5})"}) {
    EXPECT_FALSE(read_handshake(text)) << text;
  }
}

TEST(SocketIoPackets, NameOfAnEventIsItsFirstString) {
  EXPECT_EQ(name_of_event(R"(["ExtensionEvent",{}])"), "ExtensionEvent");
  for (const std::string_view json : {"[]", "[1]", R"(["a\"b"])", R"(["open)"}) {
    EXPECT_EQ(name_of_event(json), "") << json;
  }
}

}  // namespace
}  // namespace cardmute::socket_io
