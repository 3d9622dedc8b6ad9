// Engine and store joined, where the store fails and comes back.
#include "run/session.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

#include "temporary_folder.hpp"

namespace cardmute::run {
namespace {

using engine::Moment;
using protocol::State;
using std::chrono::milliseconds;

class SessionTest : public ::testing::Test {
 protected:
  SessionTest() : session(1, settings(), now) {
    session.configure({.target = {"extension", "API1API"}}, {}, now);
  }

  store::Settings settings() {
    store::Settings made;
    made.file = file;
    made.self = {"boot", 1, 10};
    made.browser = {"boot", 2, 20};
    made.caller = "test";
    made.is_alive = [](const platform::ProcessIdentity&) { return true; };
    return made;
  }
  void pass(int ms) {
    now.steady += milliseconds(ms);
    now.utc += milliseconds(ms);
  }
  // The request that goes out now ends so.
  void land(std::optional<ErrorCode> error, int http_status) {
    for (const auto& action : session.take_actions()) {
      const auto* send = std::get_if<engine::Send>(&action);
      if (send == nullptr) continue;
      engine::Outcome outcome;
      outcome.error = error;
      outcome.http_status = http_status;
      session.finished(send->attempt, outcome, now);
      return;
    }
    ADD_FAILURE() << "nothing was sent";
  }
  [[nodiscard]] State state() const { return session.status().state; }

  test::TemporaryFolder folder;
  std::filesystem::path file = folder.path() / "state/cardmute.db";
  Moment now{std::chrono::seconds(1000), protocol::UtcTime(1'795'255'200'000)};
  Session session;
};

TEST_F(SessionTest, WhatIsOwedIsNotForgottenWhenTheStoreIsMadeAnew) {
  session.open(1, {"a", "https://crm.example.com", "autocomplete", false}, now);
  land(std::nullopt, 200);
  ASSERT_EQ(state(), State::muted);
  for (const char* end : {"", "-wal", "-shm"}) std::filesystem::remove(file.string() + end);
  pass(2000);
  session.close(2, "a", "hidden", now);
  land(ErrorCode::refused, 403);
  EXPECT_EQ(state(), State::unmuting) << "the call is muted still";
  EXPECT_FALSE(session.engine().idle());
}

TEST_F(SessionTest, TheGreenDoesNotFlickerWhenTheStoreIsMadeAnew) {
  session.open(1, {"a", "https://crm.example.com", "autocomplete", false}, now);
  land(std::nullopt, 200);
  for (const char* end : {"", "-wal", "-shm"}) std::filesystem::remove(file.string() + end);
  pass(1500);
  session.open(2, {"b", "https://crm.example.com", "autocomplete", false}, now);
  const auto shown = state();
  EXPECT_TRUE(shown == State::muted || shown == State::muting);
  EXPECT_EQ(session.status().surfaces, 2U);
}

TEST_F(SessionTest, AStoreThatFailsIsToldOfAndNothingElseChanges) {
  auto in_vain = settings();
  in_vain.file = folder.path();  // a folder in place of the file
  Session failing(1, std::move(in_vain), now);
  failing.configure({.target = {"extension", "API1API"}}, {}, now);
  failing.open(1, {"a", "https://crm.example.com", "autocomplete", false}, now);
  EXPECT_TRUE(std::ranges::any_of(
      failing.status().notices, [](const auto& notice) { return notice.code == "store_failed"; }));
  const auto actions = failing.take_actions();
  EXPECT_TRUE(std::ranges::any_of(
      actions, [](const auto& action) { return std::holds_alternative<engine::Send>(action); }));
}

}  // namespace
}  // namespace cardmute::run
