// Tests Voicenter's events as a feed. The test plays the server: log-in, monitor hosts, lists that
// are fetched again, events that come twice, and deadlines.
#include <gtest/gtest.h>

#include <algorithm>
#include <deque>
#include <set>

#include "socket_io_server.hpp"
#include "voicenter/realtime_feed.hpp"

namespace cardmute::voicenter {
namespace {

using engine::Moment;
using socket_io::server_frame;
using std::chrono::milliseconds;
using telephony::FeedState;

constexpr int kTimeout_ms = 2000;
constexpr const char* kLogin =
    R"({"Data":{"Socket":{"Token":"T0ken","URLList":["https://m1.example","https://m2.example"]}}})";

std::string event_of(const std::string& name, const std::string& calls, int server_time_s) {
  const std::string extension = R"({"extenUser":"API1API","calls":[)" + calls + "]}";
  const std::string data = name == "AllExtensionsStatus" ? R"("extensions":[)" + extension + "]"
                                                         : R"("data":)" + extension;
  return server_frame("42[\"" + name + "\",{" + data +
                      ",\"servertime\":" + std::to_string(server_time_s) + "}]");
}

std::string call(const std::string& ivrid) {
  return R"({"ivrid":")" + ivrid + R"(","answered":1,"callstatus":"Talking"})";
}

class Played {
 public:
  Played() : feed({.email = "a@b", .pin = "p"}, "API1API", kTimeout_ms, 1) { tick(); }

  [[nodiscard]] Moment now() const { return {milliseconds(now_ms), milliseconds(now_ms)}; }
  void tick() {
    feed.tick(now());
    collect();
  }
  // Advances the time, and wakes the feed at each of its deadlines.
  void pass(int ms) {
    for (const int until_ms = now_ms + ms; now_ms < until_ms;) {
      const auto due = feed.next_deadline();
      const auto due_ms = due ? std::chrono::ceil<milliseconds>(*due).count() : until_ms;
      ASSERT_GT(due_ms, now_ms) << "the feed has a deadline that has passed";
      now_ms = static_cast<int>(std::min<std::int64_t>(due_ms, until_ms));
      tick();
      if (feed.state() == FeedState::live) receive(server_frame("3"));  // a pong
    }
  }
  // Advances the time until the feed sends a log-in or opens a connection.
  void pass_until_it_acts(int at_most_ms) {
    const auto before = asked + opened.size();
    for (const int until_ms = now_ms + at_most_ms;
         now_ms < until_ms && asked + opened.size() == before;) {
      pass(1);
    }
  }
  void log_in(const std::string& body = kLogin, int status = 200) {
    http::Result result;
    result.status = status;
    result.body = body;
    feed.answered(result, now());
    collect();
  }
  void receive(const std::string& bytes) {
    feed.received(bytes, now());
    collect();
  }
  void connect() {
    feed.opened(now());
    collect();
    receive(socket_io::server_accept(written) + server_frame(socket_io::kHandshake) +
            server_frame("40"));
  }
  void join(const std::string& calls, int server_time_s) {
    connect();
    receive(event_of("AllExtensionsStatus", calls, server_time_s));
  }
  void end(http::Failure failure = http::Failure::connect) {
    feed.ended({failure, ""}, now());
    collect();
  }
  void renew() {
    feed.renew(now());
    collect();
  }
  // The IDs of the calls in the newest list.
  [[nodiscard]] std::string calls() const {
    std::string text;
    for (const auto& each : lists.back().calls) text += each.call_id;
    return text;
  }
  void collect() {
    for (auto& action : feed.take_actions()) {
      if (std::holds_alternative<telephony::FeedRequest>(action)) ++asked;
      if (auto* open = std::get_if<telephony::FeedOpen>(&action)) {
        opened.push_back(open->url);
        written.clear();
      }
      if (auto* write = std::get_if<telephony::FeedWrite>(&action)) written += write->bytes;
      if (std::holds_alternative<telephony::FeedClose>(action)) ++closed;
    }
    for (auto& list : feed.take_lists()) lists.push_back(std::move(list));
  }

  int now_ms = 1;
  RealtimeFeed feed;
  std::size_t asked = 0;  // how many log-ins were sent
  int closed = 0;
  std::vector<std::string> opened;
  std::string written;
  std::deque<engine::CallList> lists;
};

TEST(VoicenterRealtime, IsLiveOnceTheStatusHasCome) {
  Played at;
  EXPECT_EQ(at.asked, 1U);
  at.log_in();
  EXPECT_EQ(at.opened, std::vector<std::string>{"https://m1.example"});
  at.connect();
  EXPECT_EQ(at.feed.state(), FeedState::connecting);
  at.receive(event_of("ExtensionEvent", call("early"), 100));
  EXPECT_FALSE(at.lists.back().complete) << "it may be older than the status";
  at.receive(event_of("AllExtensionsStatus", call("a"), 99));
  EXPECT_EQ(at.feed.state(), FeedState::live);
  EXPECT_TRUE(at.lists.back().complete);
  EXPECT_EQ(at.calls(), "a");
}

TEST(VoicenterRealtime, ANewListComesOverANewConnectionAndTheFeedStaysLiveMeanwhile) {
  Played at;
  at.log_in();
  at.join(call("a"), 100);
  at.renew();
  EXPECT_EQ(at.opened.size(), 2U);
  EXPECT_EQ(at.opened.back(), "https://m1.example") << "the same server";
  EXPECT_EQ(at.asked, 1U) << "without a new log-in";
  EXPECT_EQ(at.feed.state(), FeedState::renewing);
  at.join(call("b"), 100);
  EXPECT_EQ(at.feed.state(), FeedState::live);
  EXPECT_EQ(at.calls(), "b");
  at.pass(kRenewal_ms + kStatus_ms);
  EXPECT_EQ(at.feed.state(), FeedState::live) << "no deadline of the renewal is left";
}

TEST(VoicenterRealtime, ANewListThatDoesNotComeInTimeIsALoss) {
  Played at;
  at.log_in();
  at.join("", 100);
  at.renew();
  at.connect();
  at.pass(kRenewal_ms - 1);
  EXPECT_EQ(at.feed.state(), FeedState::renewing);
  at.pass(1);
  EXPECT_EQ(at.feed.state(), FeedState::connecting);
  EXPECT_NE(at.feed.problem()->message.find("no new list of calls"), std::string::npos);
}

TEST(VoicenterRealtime, AnOlderEventRemovesNoCallAndANewListDecides) {
  Played at;
  at.log_in();
  at.join(call("a"), 100);
  at.receive(event_of("ExtensionEvent", call("b"), 101));
  const auto lists = at.lists.size();
  at.receive(event_of("ExtensionEvent", call("a"), 100));
  at.receive(event_of("AllExtensionsStatus", call("a"), 100));
  ASSERT_EQ(at.lists.size(), lists + 2);
  EXPECT_FALSE(at.lists[lists].complete)
      << "it may name a call to mute, but says nothing of others";
  EXPECT_FALSE(at.lists[lists + 1].complete);
  at.receive(event_of("ExtensionEvent", call("c"), 101));
  EXPECT_EQ(at.calls(), "c") << "of the same second, in the order in which they come";
  at.pass_until_it_acts(kDoubt_ms);
  EXPECT_EQ(at.feed.state(), FeedState::renewing);
  at.join(call("a"), 50);
  EXPECT_EQ(at.calls(), "a") << "the server's clock was set back";
  at.receive(event_of("ExtensionEvent", "", 51));
  EXPECT_EQ(at.calls(), "");
}

TEST(VoicenterRealtime, AnEventThatCannotBeReadNeedsANewList) {
  Played at;
  at.log_in();
  at.join(call("a"), 100);
  // A name that was cut within a letter.
  at.receive(server_frame("42[\"ExtensionEvent\",{\"data\":{\"callername\":\"\xD7\"}}]"));
  EXPECT_EQ(at.feed.state(), FeedState::live);
  at.pass_until_it_acts(kDoubt_ms);
  EXPECT_EQ(at.feed.state(), FeedState::renewing);
}

TEST(VoicenterRealtime, AMessageThatIsTooLargeIsNotFetchedAgainAndAgain) {
  Played at;
  at.log_in();
  at.connect();
  at.receive(std::string("\x81\x7F\0\0\0\0\xFF\0\0\0", 10));
  ASSERT_TRUE(at.feed.problem());
  EXPECT_NE(at.feed.problem()->message.find("Is the log-in that of one agent?"), std::string::npos);
  at.pass_until_it_acts(kAfterDeniedLogin_ms - 1);
  EXPECT_EQ(at.opened.size(), 1U);
}

TEST(VoicenterRealtime, AServerThatSendsWithoutEndIsLeftForAWhile) {
  Played at;
  at.log_in();
  at.join("", 100);
  const std::string event = event_of("ExtensionEvent", call("a"), 100);
  // About as many events as are allowed in one window of time.
  const std::size_t allowed = (kMaxReceived_bytes - 4096) / event.size();
  std::string events;
  for (std::size_t i = 0; i < allowed; ++i) events += event;
  for (int window = 0; window < 2; ++window) {
    at.receive(events);
    EXPECT_EQ(at.feed.state(), FeedState::live);
    at.pass(kReceivedWindow_ms);
  }
  at.receive(events);
  at.receive(events);
  EXPECT_EQ(at.feed.state(), FeedState::connecting);
  EXPECT_NE(at.feed.problem()->message.find("far more"), std::string::npos);
  at.pass_until_it_acts(kAfterDeniedLogin_ms - 1);
  EXPECT_EQ(at.opened.size(), 1U);
}

TEST(VoicenterRealtime, ARequestThatTheServerDoesNotTakeSaysNothingAboutTheToken) {
  Played at;
  at.log_in();
  at.feed.opened(at.now());
  at.receive("HTTP/1.1 400 Bad Request\r\n\r\n{\"code\":0,\"message\":\"Transport unknown\"}");
  at.end(http::Failure::none);
  at.pass_until_it_acts(kFirstReconnect_ms + 1);
  EXPECT_EQ(at.opened.size(), 2U);
  EXPECT_EQ(at.asked, 1U) << "without a new log-in";
}

TEST(VoicenterRealtime, ALogInThatNamesAnotherAddressIsNotSentThere) {
  for (const int status : {302, 404}) {
    Played at;
    at.log_in("{}", status);
    EXPECT_TRUE(at.opened.empty());
    EXPECT_NE(at.feed.problem()->message.find("voicenter.realtime.login_url"), std::string::npos)
        << status << ": nothing is wrong with email and pin";
  }
}

TEST(VoicenterRealtime, TimesOfATokenThatNoClockShowsAreNotBelieved) {
  for (const char* time :
       {"-9223372036854775808", "9223372036854775807", "\"99999999999999999999\""}) {
    Played at;
    at.log_in(
        R"({"Data":{"Token":"T","RefreshToken":"R","Url":"https://m1.example","TokenExpiry":)" +
        std::string(time) + "}}");
    at.join("", 100);
    at.pass(kLasting_ms);
    EXPECT_EQ(at.asked, 1U) << time;
  }
}

TEST(VoicenterRealtime, ALogInWhoseSecretDoesNotComeIsOverInTimeAndTriedAgain) {
  Played at;
  at.pass(kTimeout_ms + kSecretFile_ms);
  ASSERT_TRUE(at.feed.problem());
  EXPECT_NE(at.feed.problem()->message.find("has not ended in time"), std::string::npos);
  EXPECT_EQ(at.closed, 1);
  at.pass_until_it_acts(kFirstReconnect_ms + 1);
  EXPECT_EQ(at.asked, 2U);
}

TEST(VoicenterRealtime, AFileThatIsMissingEndsNoConnectionThatIsLive) {
  Played at;
  at.log_in(
      R"({"Data":{"Token":"T0ken","TokenExpiry":1,"RefreshToken":"R","Url":"https://m1.example"}})");
  at.join("", 100);
  at.tick();
  EXPECT_EQ(at.asked, 2U) << "a new token is requested";
  at.feed.not_made({ErrorCode::timeout, "slow"}, at.now());
  EXPECT_EQ(at.feed.state(), FeedState::live);
}

TEST(VoicenterRealtime, EachServerIsTriedBeforeAllHaveFailed) {
  Played at;
  at.log_in();
  at.end();
  EXPECT_TRUE(at.feed.problem());
  EXPECT_FALSE(at.feed.has_tried_all());
  at.pass_until_it_acts(kFirstReconnect_ms + 1);
  EXPECT_EQ(at.opened.back(), "https://m2.example");
  at.end();
  EXPECT_TRUE(at.feed.has_tried_all());
  at.pass_until_it_acts(2 * kFirstReconnect_ms + 1);
  at.join("", 100);
  EXPECT_FALSE(at.feed.has_tried_all());
}

// How long the feed waits after a connection is lost until it logs in or connects again.
int wait_after_loss_ms(Played& at) {
  const int lost_ms = at.now_ms;
  const auto asked = at.asked;
  at.end();
  at.pass_until_it_acts(kLongestReconnect_ms + 1);
  if (at.asked > asked) at.log_in();
  return at.now_ms - lost_ms;
}

TEST(VoicenterRealtime, WaitsGrowUpToTheLongestAreRandomAndShortAgainAfterALastingConnection) {
  Played at;
  at.log_in();
  int limit_ms = kFirstReconnect_ms;
  std::set<int> waits_ms;
  for (int loss = 0; loss < 30; ++loss) {
    const int waited_ms = wait_after_loss_ms(at);
    EXPECT_LE(waited_ms, limit_ms + 1);
    waits_ms.insert(waited_ms);
    limit_ms = std::min(limit_ms * 2, kLongestReconnect_ms);
  }
  EXPECT_GT(*waits_ms.rbegin(), kLongestReconnect_ms / 2);
  EXPECT_GT(waits_ms.size(), 20U) << "full jitter: no two workstations wait alike";

  at.join("", 100);
  at.pass(kLasting_ms - 1);
  EXPECT_GT(wait_after_loss_ms(at), kFirstReconnect_ms) << "the connection did not last";
  at.join("", 200);
  at.pass(kLasting_ms);
  EXPECT_LE(wait_after_loss_ms(at), kFirstReconnect_ms + 1);
}

TEST(VoicenterRealtime, ATokenThatIsDeniedIsLeftForAWhile) {
  Played at;
  at.log_in();
  at.connect();
  at.receive(server_frame("44\"Authentication error\""));
  at.pass(kAfterDenial_ms - 1);
  EXPECT_EQ(at.asked, 1U);
  at.pass_until_it_acts(kLongestReconnect_ms);
  EXPECT_EQ(at.asked, 2U) << "a new log-in, for another token";
}

TEST(VoicenterRealtime, ADeniedLogInIsFinalForNow) {
  Played at;
  at.log_in(R"({"Status":"0501234567"})", 401);
  EXPECT_TRUE(at.feed.has_tried_all());
  EXPECT_EQ(at.feed.problem()->message.find("0501234567"), std::string::npos);
  at.pass_until_it_acts(kAfterDeniedLogin_ms - 1);
  EXPECT_EQ(at.asked, 1U);
}

TEST(VoicenterRealtime, AnAccountsLogInIsGivenUp) {
  Played at;
  at.log_in();
  at.connect();
  std::string others;
  for (std::size_t i = 0; i <= kMaxExtensions_of_a_user; ++i) {
    others += (i == 0 ? "" : ",") + std::string(R"({"extenUser":"O","calls":[]})");
  }
  at.receive(server_frame(R"(42["AllExtensionsStatus",{"extensions":[)" + others + "]}]"));
  EXPECT_EQ(at.feed.state(), FeedState::refused);
  EXPECT_TRUE(at.feed.has_tried_all());
  EXPECT_EQ(at.feed.next_deadline(), std::nullopt);
}

}  // namespace
}  // namespace cardmute::voicenter
