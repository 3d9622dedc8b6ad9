// Tests the ledger's entries about status changes: which exposures last to the end of a form.
#include <gtest/gtest.h>

#include <chrono>
#include <string>

#include "agent/ledger_entries.hpp"

namespace cardmute::agent {
namespace {

using engine::State;

class ExposureEntries : public ::testing::Test {
 protected:
  // Returns the outcome of the exposure that this status ends; "none" if it ends none.
  std::string on(State state, bool wants_mute, std::optional<ErrorCode> problem = std::nullopt) {
    engine::Status status;
    status.state = state;
    if (problem) status.problem = Error{*problem, "made up by the test"};
    now_.steady += std::chrono::seconds(1);
    now_.utc += std::chrono::seconds(1);
    for (const auto& entry : entries_.on_status(status, wants_mute, now_)) {
      if (entry.kind == store::EntryKind::exposure) return entry.outcome;
    }
    return "none";
  }

 private:
  StatusEntries entries_{State::recording};
  engine::Moment now_{};
};

TEST_F(ExposureEntries, OfAFormThatClosesUnprotectedLastToTheEnd) {
  EXPECT_EQ(on(State::muting, true), "none");
  EXPECT_EQ(on(State::unprotected, true, ErrorCode::refused), "none");
  EXPECT_EQ(on(State::unmuting, false), store::kToTheEnd);
}

TEST_F(ExposureEntries, ThatAMuteEndsHaveNoOutcome) {
  on(State::unprotected, true, ErrorCode::refused);
  EXPECT_EQ(on(State::muted, true), "");
  EXPECT_EQ(on(State::unmuting, false), "none");
  on(State::muting, true);
  EXPECT_EQ(on(State::unmuting, false), "") << "the first mute was in flight";
}

TEST_F(ExposureEntries, WithoutACallHaveNoOutcome) {
  on(State::unprotected, true, ErrorCode::no_active_call);
  EXPECT_EQ(on(State::recording, false), "");
}

}  // namespace
}  // namespace cardmute::agent
