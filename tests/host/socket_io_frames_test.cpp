// Tests WebSocket frames and the handshake with the bytes of RFC 6455 and of a real server.
#include <gtest/gtest.h>

#include "socket_io/frames.hpp"
#include "socket_io/sha1.hpp"
#include "socket_io/upgrade.hpp"

namespace cardmute::socket_io {
namespace {

using namespace std::string_literals;

// Reads every message of `bytes`, which arrive in pieces of this size, and returns each as
// "OPCODE:PAYLOAD ": "1:hello 8: " is a text "hello" and an empty close frame.
std::string read(const std::string& bytes, std::size_t piece = 1000, FrameFlaw* flaw = nullptr) {
  FrameReader reader;
  std::string seen;
  for (std::size_t at = 0; at < bytes.size(); at += piece) {
    reader.add(std::string_view(bytes).substr(at, piece));
    while (const auto message = reader.next()) {
      seen += std::to_string(static_cast<int>(message->kind)) + ":" + message->payload + " ";
    }
  }
  if (flaw != nullptr) *flaw = reader.flaw();
  return seen;
}

FrameFlaw flaw_in(const std::string& bytes) {
  FrameFlaw flaw = FrameFlaw::none;
  EXPECT_EQ(read(bytes, 1000, &flaw), "");
  return flaw;
}

TEST(SocketIoFrames, AreReadInPiecesOfAnySize) {
  const std::string bytes =
      "\x81\x05Hello"s + "\x89\x03hey" + "\x01\x03Hel" + "\x8A\x00"s + "\x80\x02lo" + "\x88\x00"s;
  for (const std::size_t piece : {1U, 2U, 3U, 7U, 100U}) {
    EXPECT_EQ(read(bytes, piece), "1:Hello 9:hey 10: 1:Hello 8: ") << piece;
  }
}

TEST(SocketIoFrames, LengthsOf16And64BitsAreRead) {
  const std::string middle(300, 'm');
  const std::string large(70'000, 'l');
  EXPECT_EQ(read("\x81\x7E\x01\x2C"s + middle), "1:" + middle + " ");
  EXPECT_EQ(read("\x82\x7F\x00\x00\x00\x00\x00\x01\x11\x70"s + large, 1000), "2:" + large + " ");
}

TEST(SocketIoFrames, WhatAServerMustNotSendIsAFlaw) {
  EXPECT_EQ(flaw_in("\xC1\x01z"), FrameFlaw::invalid) << "compressed";
  EXPECT_EQ(flaw_in("\x81\x81\x01\x02\x03\x04z"), FrameFlaw::invalid) << "masked";
  EXPECT_EQ(flaw_in("\x83\x01z"), FrameFlaw::invalid) << "an unknown opcode";
  EXPECT_EQ(flaw_in("\x80\x01z"), FrameFlaw::invalid) << "a continuation of nothing";
  EXPECT_EQ(flaw_in("\x01\x01z\x81\x01z"), FrameFlaw::invalid) << "a message inside another";
  EXPECT_EQ(flaw_in("\x09\x01z"), FrameFlaw::invalid) << "a ping in fragments";
  EXPECT_EQ(flaw_in("\x89\x7E\x00\x7E"s), FrameFlaw::invalid) << "a ping of 126 bytes";
  EXPECT_EQ(flaw_in("HTTP/1.1 400 Bad Request"), FrameFlaw::speaks_http);
}

TEST(SocketIoFrames, AMessageOverTheLimitIsAFlawAndOneAtTheLimitIsNot) {
  EXPECT_EQ(flaw_in("\x81\x7F\x00\x00\x00\x00\x00\x40\x00\x01"s), FrameFlaw::too_large);
  EXPECT_EQ(flaw_in("\x81\x7F\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF"s), FrameFlaw::too_large);
  // The limit applies to all fragments together.
  EXPECT_EQ(flaw_in("\x01\x01z\x80\x7F\x00\x00\x00\x00\x00\x40\x00\x00"s), FrameFlaw::too_large);
  const std::string whole(kMaxMessage_bytes, 'w');
  EXPECT_EQ(read("\x81\x7F\x00\x00\x00\x00\x00\x40\x00\x00"s + whole, 1 << 16).size(),
            whole.size() + 3);
}

TEST(SocketIoFrames, OfAClientAreMasked) {
  // RFC 6455, section 5.7: "Hello", masked with 37 fa 21 3d.
  EXPECT_EQ(client_frame(Opcode::text, "Hello", 0x3d21fa37),
            "\x81\x85\x37\xfa\x21\x3d\x7f\x9f\x4d\x51\x58"s);
  EXPECT_EQ(client_frame(Opcode::close, "", 0), "\x88\x80\x00\x00\x00\x00"s);
  EXPECT_EQ(client_frame(Opcode::text, std::string(200, 'a'), 0).substr(0, 4), "\x81\xFE\x00\xC8"s);
}

TEST(SocketIoUpgrade, DigestAndBase64AreThoseOfTheStandards) {
  EXPECT_EQ(base64(sha1("abc")), "qZk+NkcGgWq6PiVxeFDCbJzQ2J0=");
  EXPECT_EQ(base64(sha1(std::string(64, 'a'))), "AJi6gktcFkJ716ESKlpEKiXsZE0=") << "two blocks";
  EXPECT_EQ(base64(""), "");
  EXPECT_EQ(base64("f"), "Zg==");
  EXPECT_EQ(base64("fo"), "Zm8=");
  EXPECT_EQ(base64("foo"), "Zm9v");
}

// RFC 6455, section 1.3.
constexpr std::string_view kKey = "dGhlIHNhbXBsZSBub25jZQ==";
constexpr std::string_view kAccepted =
    "HTTP/1.1 101 Switching Protocols\r\nupgrade: WebSocket\r\nConnection: Upgrade\r\n"
    "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n";

TEST(SocketIoUpgrade, AnswerIsAcceptedOnlyForThisHandshake) {
  const Upgrade upgrade = read_upgrade(std::string(kAccepted) + "\x81", kKey, false);
  EXPECT_EQ(upgrade.state, Upgrade::State::accepted);
  EXPECT_EQ(upgrade.length, kAccepted.size());
  EXPECT_EQ(read_upgrade(kAccepted, "another", false).state, Upgrade::State::not_socket);
  EXPECT_EQ(read_upgrade("HTTP/1.1 101 OK\r\n\r\n", kKey, false).state, Upgrade::State::not_socket);
}

TEST(SocketIoUpgrade, AnswerThatIsNotWholeIsAwaited) {
  for (std::size_t size = 0; size < kAccepted.size(); ++size) {
    EXPECT_EQ(read_upgrade(kAccepted.substr(0, size), kKey, false).state,
              Upgrade::State::incomplete)
        << size;
  }
}

TEST(SocketIoUpgrade, HttpErrorSaysWhatTheServerSays) {
  const std::string answer = "HTTP/1.1 400 Bad Request\r\nContent-Length: 13\r\n\r\ntoken expired";
  Upgrade upgrade = read_upgrade(answer, kKey, false);
  EXPECT_EQ(upgrade.state, Upgrade::State::denied);
  EXPECT_EQ(upgrade.status, 400);
  EXPECT_EQ(upgrade.body, "token expired");
  const std::string unmeasured = "HTTP/1.1 400 Bad Request\r\n\r\ntoken";
  EXPECT_EQ(read_upgrade(unmeasured, kKey, false).state, Upgrade::State::incomplete);
  EXPECT_EQ(read_upgrade(unmeasured, kKey, true).body, "token");
}

TEST(SocketIoUpgrade, AnAnswerThatIsNotHttpIsReported) {
  for (const std::string_view bytes : {"SSH-2.0-x\r\n", "HTTP/1.1 abc\r\n\r\n", "\x16\x03\x01"}) {
    EXPECT_EQ(read_upgrade(bytes, kKey, false).state, Upgrade::State::not_http) << bytes;
  }
  EXPECT_EQ(read_upgrade("", kKey, true).state, Upgrade::State::not_http) << "ended at once";
  EXPECT_EQ(read_upgrade("HTTP/1.1 101 " + std::string(kMaxUpgrade_bytes, 'x'), kKey, false).state,
            Upgrade::State::not_http);
}

TEST(SocketIoUpgrade, RequestHasWhatTheServerNeeds) {
  EXPECT_EQ(upgrade_request("m.example:8443", "/socket.io/?token=T", "K"),
            "GET /socket.io/?token=T HTTP/1.1\r\nHost: m.example:8443\r\nUpgrade: websocket\r\n"
            "Connection: Upgrade\r\nSec-WebSocket-Key: K\r\nSec-WebSocket-Version: 13\r\n\r\n");
  EXPECT_EQ(upgrade_key(0, 0), "AAAAAAAAAAAAAAAAAAAAAA==");
}

}  // namespace
}  // namespace cardmute::socket_io
