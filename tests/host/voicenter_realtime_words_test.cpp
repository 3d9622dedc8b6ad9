// Tests the words for each way in which the connection of events can end, and whether the token
// counts as the cause.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <set>

#include "socket_io_server.hpp"
#include "voicenter/realtime_words.hpp"

namespace cardmute::voicenter {
namespace {

using socket_io::Connection;
using socket_io::server_frame;
using socket_io::Steady;
using std::chrono::milliseconds;
using testing::HasSubstr;

// Returns a connection that has received this answer to its handshake.
std::unique_ptr<Connection> answered(const std::string& answer) {
  auto connection = std::make_unique<Connection>("monitor.example", "token=S3cret", 1, Steady());
  connection->take_output();
  connection->received(answer, {});
  return connection;
}

std::string http(const std::string& status, const std::string& body = "") {
  return "HTTP/1.1 " + status + "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" +
         body;
}

// Returns a connection that has received the answer to its handshake, the server's intervals and
// `bytes`.
std::unique_ptr<Connection> joined(const std::string& bytes) {
  auto connection = std::make_unique<Connection>("monitor.example", "token=S3cret", 1, Steady());
  const std::string answer = socket_io::server_accept(connection->take_output());
  connection->received(answer + server_frame(socket_io::kHandshake) + bytes, {});
  return connection;
}

struct Row {
  std::unique_ptr<Connection> connection;
  ErrorCode code;
  const char* words;
  bool denies_token = false;
};

std::vector<Row> rows_of_the_server() {
  std::vector<Row> rows;
  rows.push_back({joined(server_frame("44\"Authentication error\"")), ErrorCode::refused,
                  "denies the token for events (Authentication error)", true});
  rows.push_back({answered(http("400 Bad Request", "token expired")), ErrorCode::refused,
                  "HTTP 400 (token expired): it denies the token.", true});
  rows.push_back({answered(http("400 Bad Request")), ErrorCode::refused,
                  "HTTP 400: it denies the token, or what is asked for is not there.", true});
  rows.push_back(
      {answered(http("401 Unauthorized")), ErrorCode::refused, "HTTP 401: it denies", true});
  rows.push_back({answered(http("400 Bad Request", R"({"code":0,"message":"Transport unknown"})")),
                  ErrorCode::bad_answer,
                  "HTTP 400 (Transport unknown), so there are no events at this address."});
  rows.push_back({answered(http("400 Bad Request", R"({"code":1,"message":"Session ID unknown"})")),
                  ErrorCode::bad_answer, "HTTP 400 (Session ID unknown), so"});
  rows.push_back(
      {answered(http("404 Not Found")), ErrorCode::bad_answer, "HTTP 404, so there are no"});
  rows.push_back({answered(http("302 Found")), ErrorCode::bad_answer, "names another address"});
  rows.push_back({answered(http("502 Bad Gateway")), ErrorCode::unreachable, "is not ready"});
  return rows;
}

std::vector<Row> rows_of_the_connection() {
  std::vector<Row> rows;
  rows.push_back(
      {joined("HTTP/1.1 400 Bad Request"), ErrorCode::bad_answer, "another version of Socket.IO"});
  rows.push_back({answered("220 mail.example"), ErrorCode::bad_answer, "Nobody speaks Socket.IO"});
  rows.push_back({answered("HTTP/1.1 101 Switching Protocols\r\n\r\n"), ErrorCode::bad_answer,
                  "does not speak Socket.IO"});
  rows.push_back(
      {joined(server_frame("40") + server_frame("41")), ErrorCode::unreachable, "put this"});
  rows.push_back(
      {joined(server_frame("", '\x88')), ErrorCode::unreachable, "closed the connection"});
  rows.push_back({joined("\xC1\x01x"), ErrorCode::bad_answer, "cannot be read"});
  rows.push_back({joined(std::string("\x81\x7F\0\0\0\0\0\x40\0\x01", 10)), ErrorCode::bad_answer,
                  "more than 4 MiB"});
  rows.push_back({joined(server_frame("40")), ErrorCode::timeout, "does not answer any more"});
  Connection& silent = *rows.back().connection;
  silent.tick(milliseconds(socket_io::kPing_ms));
  silent.tick(milliseconds(socket_io::kPing_ms + socket_io::kPong_ms));
  return rows;
}

TEST(VoicenterRealtimeWords, TellEachWayInWhichTheConnectionEndsApart) {
  std::set<std::string> all;
  std::size_t count = 0;
  for (const auto& make : {rows_of_the_server, rows_of_the_connection}) {
    for (const Row& row : make()) {
      ASSERT_NE(row.connection->end(), socket_io::End::none) << row.words;
      const Error error = error_of_end(*row.connection);
      EXPECT_THAT(error.message, HasSubstr(row.words));
      EXPECT_EQ(error.message.find("S3cret"), std::string::npos);
      EXPECT_EQ(error.code, row.code) << row.words;
      EXPECT_EQ(denies_token(*row.connection), row.denies_token) << row.words;
      all.insert(error.message);
      ++count;
    }
  }
  EXPECT_EQ(all.size(), count) << "two ends have the same words";
}

}  // namespace
}  // namespace cardmute::voicenter
