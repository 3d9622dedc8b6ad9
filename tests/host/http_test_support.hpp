// Requests and waits for the tests of host/http.
#pragma once

#include <gtest/gtest.h>

#include <chrono>
#include <string>

#include "http/client.hpp"
#include "test_server.hpp"

namespace cardmute::test {

// How long tests wait for something that must happen, in ms.
inline constexpr int kPatience_ms = 10'000;

inline http::Request get(const std::string& url) { return {"GET", url, ""}; }
inline http::Request post(const std::string& url, const std::string& body = "{}") {
  return {"POST", url, body};
}

// Waits for the end of the only request in flight.
inline http::Completed next(http::Client& client) {
  const auto until = std::chrono::steady_clock::now() + std::chrono::milliseconds(kPatience_ms);
  while (std::chrono::steady_clock::now() < until) {
    auto completed = client.wait(kPatience_ms);
    EXPECT_LE(completed.size(), 1U);
    if (!completed.empty()) return completed.front();
  }
  ADD_FAILURE() << "no request ended";
  return {};
}

// Lets the client work until done() is true. Returns false if that takes too long.
template <typename Done>
bool work_until(http::Client& client, Done done) {
  constexpr int kStep_ms = 5;
  const auto until = std::chrono::steady_clock::now() + std::chrono::milliseconds(kPatience_ms);
  while (!done()) {
    if (std::chrono::steady_clock::now() > until) return false;
    EXPECT_TRUE(client.wait(kStep_ms).empty());
  }
  return true;
}

// Waits until the client has read the response to its HEAD. `answers`: how many responses the
// server has sent by then.
inline void await_warmth(http::Client& client, const TestServer& server, std::size_t answers = 1) {
  ASSERT_TRUE(work_until(client, [&] { return server.sends() == answers; }));
  // The data has arrived, but TLS may return it in several pieces.
  constexpr int kTurns = 50;
  for (int turn = 0; turn < kTurns; ++turn) EXPECT_TRUE(client.wait(0).empty());
}

}  // namespace cardmute::test
