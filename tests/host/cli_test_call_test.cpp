// Tests `doctor --test-call` with a simulated account, and a clock that advances only when the
// command waits.
#include <algorithm>
#include <string>

#include "cli_fixture.hpp"
#include "store/ledger.hpp"
#include "store/proof.hpp"

namespace cardmute::cli {
namespace {

using nlohmann::json;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* kMuteUrl = "https://v.example/mute";

class TestCalls : public CommandLine {
 protected:
  TestCalls() {
    with_active_calls(true);
    serve([this](const http::Request& request) { return answer_of(request); });
  }

  void with_active_calls(bool there, const std::string& more = "") {
    const std::string calls =
        there ? R"(, "active_calls": {"url": "https://v.example/calls", "code": "S3cret"})" : "";
    configure(R"({"voicenter": {"extension": "API1API", "mute_url": ")" + std::string(kMuteUrl) +
              "\"" + calls + more + "}}");
  }

  http::Result answer_of(const http::Request& request) {
    const json body = json::parse(request.body);
    return request.url == kMuteUrl ? mute(body) : list();
  }

  http::Result mute(const json& body) {
    states_.push_back(body["state"]);
    targets_.push_back(body.contains("ivrid") ? "ivrid" : "extension");
    if (states_.size() == denied_request_) {
      return result(200, R"({"ErrorCode": 400, "Message": "Extension not found"})");
    }
    if (muted_ && (body["state"] == mute_state_ || body["state"] == unmute_state_)) {
      muted_ = body["state"] == mute_state_;
    }
    if (states_.size() == lost_answer_) {
      http::Result lost = result(0, "");
      lost.failure = http::Failure::timeout;
      return lost;
    }
    return result(200, R"({"ErrorCode": "200", "Message": "Success"})");
  }

  http::Result list() {
    asked_at_.push_back(now().steady);
    if (asked_at_.size() == broken_list_) return result(500, "");
    const bool shown = asked_at_.size() == late_list_ ? false : muted_.value_or(false);
    json extension{{"username", "API1API"}, {"calls", json::array()}};
    if (asked_at_.size() < over_at_list_ && muted_) {
      extension["calls"].push_back({{"ivrid", "2026"},
                                    {"answered", 1},
                                    {"callstatus", "Talking"},
                                    {"recording", {{"IsMuted", shown ? 1 : 0}}}});
    }
    return result(200, json{{"ERR", 0}, {"EXTENSIONS", {extension}}}.dump());
  }

  static http::Result result(int status, const std::string& body) {
    http::Result answer;
    answer.sent = true;
    answer.status = status;
    answer.body = body;
    answer.latency_ms = 12.3;
    return answer;
  }

  void reverse() { std::swap(mute_state_, unmute_state_); }
  [[nodiscard]] std::optional<store::Proof> proof(const char* mute_state = "1") const {
    return store::read_proof(folder().path() / "state/cardmute.db",
                             store::configuration_of(kMuteUrl, mute_state));
  }
  int prove() { return run({"doctor", "--test-call", "--yes", "--json"}); }

  static constexpr std::size_t kNever = 1000;
  // The simulated account and its call.
  std::string mute_state_ = "1";
  std::string unmute_state_ = "0";
  std::optional<bool> muted_ = false;  // nullopt: there is no call
  // The number of the request with which this happens. Requests to the mute API and to Active Calls
  // are counted separately, from 1.
  std::size_t denied_request_ = kNever;
  std::size_t lost_answer_ = kNever;
  std::size_t broken_list_ = kNever;
  std::size_t late_list_ = kNever;  // this list shows the call as not muted although it is
  std::size_t over_at_list_ = kNever;
  std::vector<std::string> states_;
  std::vector<std::string> targets_;
  std::vector<engine::Steady> asked_at_;
};

TEST_F(TestCalls, ProveThatTheStateMutes) {
  EXPECT_EQ(run({"doctor", "--test-call", "--yes"}), 0);
  EXPECT_THAT(out(), HasSubstr("PROVEN: state \"1\" mutes"));
  EXPECT_THAT(out(), HasSubstr("left unmuted: Active Calls says so"));
  EXPECT_THAT(states_, ElementsAre("1", "0"));
  EXPECT_EQ(muted_, false);
  ASSERT_EQ(asked_at_.size(), 3U);
  for (std::size_t i = 1; i < asked_at_.size(); ++i) {
    EXPECT_GE(asked_at_[i] - asked_at_[i - 1], std::chrono::seconds(5));
  }
  ASSERT_TRUE(proof());
  EXPECT_TRUE(proof()->passed);
  EXPECT_EQ(proof()->method, "active_calls");
  EXPECT_EQ(proof()->at, now().utc);
  EXPECT_FALSE(proof("0"));
  EXPECT_EQ(run({"ledger"}), 0);
  EXPECT_THAT(out(), HasSubstr("test call"));
}

TEST_F(TestCalls, ReportTheSameInJson) {
  EXPECT_EQ(prove(), 0);
  EXPECT_EQ(json_out(), (json{{"ok", true},
                              {"mute_state", "1"},
                              {"method", "active_calls"},
                              {"at", format_utc(now().utc)},
                              {"reversed", false},
                              {"left", "recorded"}}));
}

TEST_F(TestCalls, FindAnAccountReversedAndLeaveTheCallUnmuted) {
  reverse();
  EXPECT_EQ(run({"doctor", "--test-call", "--yes"}), 31);
  EXPECT_THAT(err(), HasSubstr("state \"0\" mutes and state \"1\" unmutes"));
  EXPECT_THAT(err(), HasSubstr("Set voicenter.mute_state to \"0\""));
  EXPECT_THAT(out(), HasSubstr("left unmuted"));
  EXPECT_THAT(states_, ElementsAre("1", "0", "1"));
  EXPECT_EQ(muted_, false);
  ASSERT_TRUE(proof());
  EXPECT_FALSE(proof()->passed);

  with_active_calls(true, R"(, "mute_state": "0")");
  EXPECT_EQ(prove(), 0);
  EXPECT_TRUE(proof("0")->passed);
}

TEST_F(TestCalls, DoNotTakeALateListForAReversedAccount) {
  late_list_ = 2;
  EXPECT_EQ(prove(), 0);
  EXPECT_THAT(states_, ElementsAre("1", "0"));
}

TEST_F(TestCalls, FindThatNeitherStateMutes) {
  mute_state_ = unmute_state_ = "none";
  EXPECT_EQ(prove(), 31);
  EXPECT_EQ(json_out()["reversed"], false);
  EXPECT_EQ(json_out()["left"], "recorded");
  EXPECT_FALSE(proof()->passed);
}

TEST_F(TestCalls, NeedAnAnsweredCallThatIsNotMuted) {
  muted_.reset();
  EXPECT_EQ(prove(), 30);
  EXPECT_THAT(json_out()["error"]["message"].get<std::string>(), HasSubstr("no answered call"));
  muted_ = true;
  EXPECT_EQ(prove(), 30);
  EXPECT_THAT(json_out()["error"]["message"].get<std::string>(), HasSubstr("muted already"));
  EXPECT_EQ(json_out()["left"], "untouched");
  EXPECT_TRUE(states_.empty());
  EXPECT_FALSE(proof());
}

TEST_F(TestCalls, SendNoUnmuteAfterARejectedMute) {
  denied_request_ = 1;
  EXPECT_EQ(prove(), 10);
  EXPECT_THAT(states_, ElementsAre("1"));
  EXPECT_EQ(json_out()["left"], "untouched");
  EXPECT_FALSE(proof());
}

TEST_F(TestCalls, UnmuteAfterAnUnknownOutcome) {
  lost_answer_ = 1;
  EXPECT_EQ(prove(), 21);
  EXPECT_EQ(muted_, false);
  EXPECT_EQ(json_out()["left"], "recorded");
}

TEST_F(TestCalls, UnmuteAgainWhatWasNotUnmuted) {
  denied_request_ = 2;
  EXPECT_EQ(prove(), 0);
  EXPECT_THAT(states_, ElementsAre("1", "0", "0"));
  EXPECT_EQ(muted_, false);
}

TEST_F(TestCalls, UnmuteEvenWhenTheListFails) {
  broken_list_ = 2;
  EXPECT_EQ(prove(), 22);
  EXPECT_THAT(states_, ElementsAre("1", "0"));
  EXPECT_EQ(json_out()["left"], "recorded");
  EXPECT_FALSE(proof()) << "nothing was seen";
}

TEST_F(TestCalls, SayThatTheCallEnded) {
  over_at_list_ = 2;
  EXPECT_EQ(prove(), 30);
  EXPECT_EQ(json_out()["left"], "ended");
  EXPECT_FALSE(proof());
}

TEST_F(TestCalls, MuteOneCallByItsIdIfHostsDo) {
  with_active_calls(true, R"(, "target": "call")");
  EXPECT_EQ(prove(), 0);
  EXPECT_THAT(targets_, ElementsAre("ivrid", "ivrid"));
}

TEST_F(TestCalls, BeginOnlyWithAPersonsConsent) {
  EXPECT_EQ(run({"doctor", "--test-call"}), 64);
  EXPECT_THAT(err(), HasSubstr("--yes"));
  EXPECT_EQ(run({"doctor", "--test-call", "--json"}), 64);
  type("n\n");
  EXPECT_EQ(run({"doctor", "--test-call"}), 30);
  type("");
  EXPECT_EQ(run({"doctor", "--test-call"}), 30);
  EXPECT_TRUE(requests().empty());
  type("what?\nyes\n");
  EXPECT_EQ(run({"doctor", "--test-call"}), 0);
}

TEST_F(TestCalls, FailIfTheResultCannotBeWritten) {
  folder().write("state", "a file");
  EXPECT_EQ(prove(), 40);
  EXPECT_EQ(json_out()["error"]["code"], "store_failed");
}

TEST_F(TestCalls, NeedAPersonToListenWithoutActiveCalls) {
  with_active_calls(false);
  EXPECT_EQ(prove(), 64);
  EXPECT_EQ(run({"doctor", "--test-call", "--yes"}), 64);
  EXPECT_THAT(err(), HasSubstr("a person has to listen"));
  EXPECT_TRUE(states_.empty());
}

TEST_F(TestCalls, AreProvenByListening) {
  with_active_calls(false);
  type("y\n\n\n\ny\n");
  EXPECT_EQ(run({"doctor", "--test-call"}), 0);
  EXPECT_THAT(states_, ElementsAre("1", "0"));
  ASSERT_TRUE(proof());
  EXPECT_TRUE(proof()->passed);
  EXPECT_EQ(proof()->method, "listened");
}

TEST_F(TestCalls, ByListeningFindReversedOrUnclearAccounts) {
  with_active_calls(false);
  type("y\n\n\n\nn\ny\n");
  EXPECT_EQ(run({"doctor", "--test-call"}), 31);
  EXPECT_THAT(err(), HasSubstr("Set voicenter.mute_state to \"0\""));
  EXPECT_FALSE(proof()->passed);
  type("y\n\n\n\nn\nn\n");
  EXPECT_EQ(run({"doctor", "--test-call"}), 31);
  EXPECT_THAT(err(), HasSubstr("NOT PROVEN"));
  EXPECT_THAT(err(), Not(HasSubstr("REVERSED")));
}

TEST_F(TestCalls, UnmuteIfThePersonLeaves) {
  with_active_calls(false);
  type("y\n\n");
  EXPECT_EQ(run({"doctor", "--test-call"}), 30);
  EXPECT_THAT(states_, ElementsAre("1", "0"));
  EXPECT_EQ(muted_, false);
  EXPECT_THAT(out(), HasSubstr("acknowledged unmute"));
  EXPECT_FALSE(proof());
}

}  // namespace
}  // namespace cardmute::cli
