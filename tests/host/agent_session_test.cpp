// Tests the session, which connects engine and store: what it records and when, and what it does
// when the store is lost or fails.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include "agent/session.hpp"
#include "store/ledger.hpp"
#include "temporary_folder.hpp"

namespace cardmute::agent {
namespace {

using engine::Moment;
using engine::State;
using std::chrono::milliseconds;

class SessionTest : public ::testing::Test {
 protected:
  SessionTest() : session(1, settings(), now) {
    session.configure({.target = {TargetBy::extension, "API1API"}}, {}, now);
  }

  store::Settings settings() {
    store::Settings made;
    made.file = file;
    made.self = {"boot", 1, 10};
    made.browser = {"boot", 2, 20};
    made.caller = "test";
    made.is_alive = [](const platform::ProcessIdentity&) { return true; };
    made.syncs_apart = false;
    return made;
  }
  void pass(int ms) {
    now.steady += milliseconds(ms);
    now.utc += milliseconds(ms);
  }
  // Ends the request in flight with this outcome.
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
  std::vector<store::Entry> ledger();
  [[nodiscard]] State state() const { return session.status().state; }

  test::TemporaryFolder folder;
  std::filesystem::path file = folder.path() / "state/cardmute.db";
  Moment now{std::chrono::seconds(1000), UtcTime(1'795'255'200'000)};
  Session session;
};

TEST_F(SessionTest, OutstandingMutesAreRecordedAgainInANewStore) {
  session.open(1, {"a", "https://crm.example.com", "autocomplete", false}, now);
  land(std::nullopt, 200);
  ASSERT_EQ(state(), State::muted);
  for (const char* end : {"", "-wal", "-shm"}) std::filesystem::remove(file.string() + end);
  pass(2000);
  session.close(2, "a", "hidden", now);
  land(ErrorCode::refused, 403);
  EXPECT_EQ(state(), State::unmuting) << "the call is still muted";
  EXPECT_FALSE(session.engine().idle());
}

TEST_F(SessionTest, IsNotUnprotectedWhenTheStoreIsCreatedAgain) {
  session.open(1, {"a", "https://crm.example.com", "autocomplete", false}, now);
  land(std::nullopt, 200);
  for (const char* end : {"", "-wal", "-shm"}) std::filesystem::remove(file.string() + end);
  pass(1500);
  session.open(2, {"b", "https://crm.example.com", "autocomplete", false}, now);
  const auto shown = state();
  EXPECT_TRUE(shown == State::muted || shown == State::muting);
  EXPECT_EQ(session.status().surfaces, 2U);
}

// Writes all pending entries, then reads the ledger.
std::vector<store::Entry> SessionTest::ledger() {
  session.rest(now);
  std::vector<store::Entry> entries;
  EXPECT_EQ(store::read_ledger(file, std::nullopt,
                               [&](const store::Entry& entry) { entries.push_back(entry); }),
            std::nullopt);
  return entries;
}

TEST_F(SessionTest, HowLongAFormWaitedIsRecordedWithItsOrigin) {
  session.open(1, {"a", "https://crm.example.com", "autocomplete", false}, now);
  session.visible("a", 12.5, now);
  pass(100);
  session.typed_card("a", 0, now);
  pass(100);
  land(std::nullopt, 200);
  const auto entries = ledger();
  const auto form =
      std::ranges::find(entries, store::EntryKind::form_exposure, &store::Entry::kind);
  ASSERT_NE(form, entries.end());
  EXPECT_EQ(form->surface, "a");
  EXPECT_EQ(form->origin, "https://crm.example.com");
  EXPECT_EQ(form->duration_ms, 212.5);
  EXPECT_EQ(form->outcome, store::kAcknowledged);
  const auto key =
      std::ranges::find(entries, store::EntryKind::keystroke_exposure, &store::Entry::kind);
  ASSERT_NE(key, entries.end());
  EXPECT_EQ(key->duration_ms, 100);
}

TEST_F(SessionTest, AFormThatEndsUnmutedIsRecordedAsNeverAcknowledged) {
  for (const bool by_closing : {true, false}) {
    const std::string surface = by_closing ? "closed" : "vanished";
    session.open(1, {surface, "https://crm.example.com", "autocomplete", false}, now);
    session.visible(surface, 0, now);
    pass(40);
    if (by_closing) {
      session.close(2, surface, "hidden", now);
    } else {
      session.browser_gone(now);
    }
    const auto entries = ledger();
    const auto form = std::ranges::find_if(entries, [&](const store::Entry& entry) {
      return entry.kind == store::EntryKind::form_exposure && entry.surface == surface;
    });
    ASSERT_NE(form, entries.end()) << surface;
    EXPECT_EQ(form->outcome, store::kNeverAcknowledged);
    EXPECT_EQ(form->origin, "https://crm.example.com");
    EXPECT_EQ(form->duration_ms, 40);
  }
}

TEST_F(SessionTest, ExposuresAreNotWrittenBeforeRest) {
  session.open(1, {"a", "https://crm.example.com", "autocomplete", false}, now);
  land(std::nullopt, 200);
  session.open(2, {"b", "https://crm.example.com", "autocomplete", false}, now);
  const auto before = std::filesystem::file_size(file.string() + "-wal");
  session.visible("b", 0, now);
  session.typed_card("b", 0, now);
  EXPECT_EQ(std::filesystem::file_size(file.string() + "-wal"), before);
  EXPECT_EQ(std::ranges::count(ledger(), store::EntryKind::form_exposure, &store::Entry::kind), 1);
}

TEST_F(SessionTest, ContinuingIsRecordedWithTheCurrentState) {
  session.open(1, {"a", "https://crm.example.com", "autocomplete", false}, now);
  land(ErrorCode::refused, 403);
  session.continued("a", true, now);
  session.overlay_reported(store::EntryKind::banner_not_seen, "a", now);
  const auto entries = ledger();
  const auto went_on = std::ranges::find(entries, store::EntryKind::continued, &store::Entry::kind);
  ASSERT_NE(went_on, entries.end());
  EXPECT_EQ(went_on->origin, "https://crm.example.com");
  EXPECT_EQ(went_on->detail, "unprotected");
  EXPECT_EQ(went_on->outcome, "seen");
  const auto unseen =
      std::ranges::find(entries, store::EntryKind::banner_not_seen, &store::Entry::kind);
  ASSERT_NE(unseen, entries.end());
  EXPECT_EQ(unseen->surface, "a");
  EXPECT_EQ(unseen->detail, "unprotected");
}

TEST_F(SessionTest, TheReplyDoesNotWaitForTheStore) {
  session.open(1, {"a", "https://crm.example.com", "autocomplete", false}, now);
  const auto before = std::filesystem::file_size(file.string() + "-wal");
  land(std::nullopt, 200);
  const auto actions = session.take_actions();
  EXPECT_TRUE(std::ranges::any_of(
      actions, [](const auto& action) { return std::holds_alternative<engine::Answer>(action); }));
  EXPECT_EQ(state(), State::muted);
  EXPECT_EQ(std::filesystem::file_size(file.string() + "-wal"), before);
  session.write_outcomes(now);
  EXPECT_GT(std::filesystem::file_size(file.string() + "-wal"), before);
  EXPECT_EQ(state(), State::muted);
}

TEST_F(SessionTest, WhatOthersHaveDoneMeanwhileCountsBeforeTheReply) {
  session.open(1, {"a", "https://crm.example.com", "autocomplete", false}, now);
  auto by_hand = settings();
  by_hand.self = {"boot", 3, 30};
  store::Store other(std::move(by_hand));
  const auto unmute = other.begin_unmute_by_hand({TargetBy::extension, "API1API"}, now);
  ASSERT_TRUE(unmute.may_send);
  pass(1);
  land(std::nullopt, 200);
  EXPECT_EQ(state(), State::muting) << "the unmute may be carried out after the mute";
}

TEST_F(SessionTest, AMuteThatBeganBeforeAnUnmuteByHandIsNeverShown) {
  session.open(1, {"a", "https://crm.example.com", "autocomplete", false}, now);
  auto by_hand = settings();
  by_hand.self = {"boot", 3, 30};
  by_hand.caller = store::kByHand;
  store::Store other(std::move(by_hand));
  // An unmute of another target, which ends before this process reads the store.
  const auto unmute = other.begin_unmute_by_hand({TargetBy::call, "2026112110000000001"}, now);
  engine::Outcome outcome;
  outcome.http_status = 200;
  other.end(unmute.request, outcome, false, true, now);
  pass(kRefreshSoon_ms);
  session.tick(now);
  land(std::nullopt, 200);
  EXPECT_EQ(state(), State::muting);
  land(std::nullopt, 200);
  EXPECT_EQ(state(), State::muted) << "the repetition has begun after it";
}

TEST_F(SessionTest, AFailingStoreIsReportedAndNothingElseChanges) {
  auto unusable = settings();
  unusable.file = folder.path();  // a folder where a file is expected
  Session failing(1, std::move(unusable), now);
  failing.configure({.target = {TargetBy::extension, "API1API"}}, {}, now);
  failing.open(1, {"a", "https://crm.example.com", "autocomplete", false}, now);
  EXPECT_TRUE(std::ranges::any_of(failing.status().notices, [](const auto& notice) {
    return notice.code == engine::NoticeCode::store_failed;
  }));
  const auto actions = failing.take_actions();
  EXPECT_TRUE(std::ranges::any_of(
      actions, [](const auto& action) { return std::holds_alternative<engine::Send>(action); }));
}

}  // namespace
}  // namespace cardmute::agent
