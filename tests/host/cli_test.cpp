// Tests the command line as a whole: usage, help, version; and the commands mute and unmute.
#include <string>
#include <utility>

#include "agent/settler.hpp"
#include "cli_fixture.hpp"
#include "platform/process.hpp"

namespace cardmute::cli {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* kSuccess =
    R"({"ErrorCode": "200", "Message": "Success", "ActionID": "14d3b3"})";

TEST_F(CommandLine, UsageErrorsAreReported) {
  const std::vector<std::vector<std::string>> wrong{{},
                                                    {"explode"},
                                                    {"mute", "--extension"},
                                                    {"mute", "--extension", "a", "--ivrid", "b"},
                                                    {"mute", "--extension", "two words"},
                                                    {"mute", "--ivrid", std::string(65, 'x')},
                                                    {"status", "more"},
                                                    {"install", "--path", "/nowhere/at/all"},
                                                    {"install", "--system", "--profile", "x"},
                                                    {"install", "--profile", ""},
                                                    {"doctor", "--yes"},
                                                    {"ledger", "--since", "yesterday"},
                                                    {"help", "explode"}};
  for (const auto& arguments : wrong) {
    EXPECT_EQ(run(arguments), 64) << ::testing::PrintToString(arguments);
    EXPECT_EQ(out(), "");
    EXPECT_THAT(err(), HasSubstr("cardmute-host: "));
  }
  EXPECT_EQ(run({"explode", "--json"}), 64);
  EXPECT_EQ(json_out()["error"]["code"], "bad_request");
}

TEST_F(CommandLine, HelpNamesEveryCommand) {
  for (const auto& arguments : std::vector<std::vector<std::string>>{{"help"}, {"--help"}}) {
    EXPECT_EQ(run(arguments), 0);
    for (const char* command : {"install", "uninstall", "status", "doctor", "mute", "unmute",
                                "ledger", "settle", "version", "--json"}) {
      EXPECT_THAT(out(), HasSubstr(command));
    }
  }
  EXPECT_EQ(run({"help", "install"}), 0);
  EXPECT_THAT(out(), HasSubstr("--dry-run"));
  EXPECT_EQ(run({"install", "--help"}), 0);
  EXPECT_THAT(out(), HasSubstr("--dry-run"));
}

TEST_F(CommandLine, VersionIsPrintedAsTextAndAsJson) {
  EXPECT_EQ(run({"version"}), 0);
  EXPECT_THAT(out(), HasSubstr("cardmute-host "));
  EXPECT_EQ(run({"--json", "version"}), 0);
  EXPECT_EQ(json_out()["protocol"], 1);
}

TEST_F(CommandLine, MuteSaysAcknowledgedAndNeverMuted) {
  answer(200, kSuccess);
  EXPECT_EQ(run({"mute"}), 0);
  EXPECT_THAT(out(), HasSubstr("acknowledged the mute of extension API1API (ErrorCode 200"));
  EXPECT_THAT(out(), HasSubstr("14d3b3"));
  EXPECT_THAT(out(), Not(HasSubstr("muted")));
  EXPECT_EQ(json::parse(requests().at(0).body), (json{{"extension", "API1API"}, {"state", "1"}}));
  EXPECT_EQ(run({"unmute"}), 0);
  EXPECT_THAT(out(), HasSubstr("acknowledged the unmute of extension API1API"));
  EXPECT_EQ(json::parse(requests().at(0).body), (json{{"extension", "API1API"}, {"state", "0"}}));
}

TEST_F(CommandLine, MuteSendsTheConfiguredRequest) {
  configure(R"({"voicenter": {"extension": "API1API", "method": "GET", "mute_state": "0",
      "mute_url": "https://v.example/mute", "proxy": "http://proxy.example:3128"}})");
  answer(200, kSuccess);
  EXPECT_EQ(run({"mute", "--extension", "Other"}), 0);
  EXPECT_EQ(requests().at(0).method, "GET");
  EXPECT_THAT(requests().at(0).url, HasSubstr("https://v.example/mute?"));
  EXPECT_THAT(requests().at(0).url, HasSubstr("extension=Other"));
  EXPECT_THAT(requests().at(0).url, HasSubstr("state=0"));
  EXPECT_EQ(settings().proxy, "http://proxy.example:3128");
}

TEST_F(CommandLine, OneCallIsMutedByItsIvrid) {
  answer(200, kSuccess);
  EXPECT_EQ(run({"mute", "--ivrid", "2020101201cc7b38df", "--json"}), 0);
  EXPECT_EQ(json::parse(requests().at(0).body),
            (json{{"ivrid", "2020101201cc7b38df"}, {"state", "1"}}));
  const json document = json_out();
  EXPECT_EQ(document["ok"], true);
  EXPECT_EQ(document["request"], "mute");
  EXPECT_EQ(document["target"], (json{{"by", "ivrid"}, {"value", "2020101201cc7b38df"}}));
  EXPECT_EQ(document["error_code"], 200);
  EXPECT_EQ(document["action_id"], "14d3b3");
  EXPECT_FALSE(document.contains("error"));
}

TEST_F(CommandLine, AFailedMuteEndsWithTheNumberOfItsError) {
  answer(200, R"({"ErrorCode": 400, "Message": "Extension not found"})");
  EXPECT_EQ(run({"mute"}), 10);
  EXPECT_EQ(out(), "");
  EXPECT_THAT(err(), HasSubstr("NOT acknowledged (ErrorCode 400"));
  answer(200, "{}");
  EXPECT_EQ(run({"mute", "--json"}), 22);
  EXPECT_EQ(json_out()["ok"], false);
  EXPECT_EQ(json_out()["error"]["code"], "bad_answer");
  EXPECT_TRUE(json_out()["error_code"].is_null());
  answer(http::Failure::resolve);
  EXPECT_EQ(run({"mute"}), 20);
  EXPECT_THAT(err(), Not(HasSubstr("all the same")));
  answer(http::Failure::timeout, true);
  EXPECT_EQ(run({"unmute"}), 21);
  EXPECT_THAT(err(), HasSubstr("It may have been carried out all the same"));
}

TEST_F(CommandLine, AnUnmuteThatIsNotSentNamesItsReason) {
  auto settings = agent::store_settings(folder().path() / "state", "test");
  settings.self = platform::parent_process();  // stands for another process that is alive
  store::Store other(std::move(settings));
  const auto begun = other.begin(engine::Command::unmute, {TargetBy::extension, "API1API"}, now());
  ASSERT_NE(begun.request, 0);
  answer(200, kSuccess);
  EXPECT_EQ(run({"unmute"}), 73);
  EXPECT_THAT(err(), HasSubstr("another unmute"));
  EXPECT_THAT(err(), Not(HasSubstr("form")));
  EXPECT_TRUE(requests().empty());
  EXPECT_EQ(run({"unmute", "--force"}), 0);
  engine::Outcome acknowledged;
  acknowledged.http_status = 200;
  acknowledged.error_code = 200;
  other.end(begun.request, acknowledged, false, true, now());
  other.acquire({"a", "https://crm.example.com", "cc-number", false}, now());
  EXPECT_EQ(run({"unmute"}), 73);
  EXPECT_THAT(err(), HasSubstr("a payment form is open"));
  EXPECT_THAT(err(), Not(HasSubstr("another unmute")));
  EXPECT_TRUE(requests().empty());
}

TEST_F(CommandLine, WithoutAConfigurationNothingIsSent) {
  configure(R"({"voicenter": {"timeout_ms": 1, "method": "PUT"}})");
  EXPECT_EQ(run({"mute"}), 78);
  EXPECT_TRUE(requests().empty());
  EXPECT_THAT(err(), HasSubstr("config.json: voicenter.timeout_ms: "));
  EXPECT_THAT(err(), HasSubstr("config.json: voicenter.method: "));
  EXPECT_THAT(err(), HasSubstr("config.json: voicenter.extension: "));
  EXPECT_EQ(run({"mute", "--json"}), 78);
  EXPECT_EQ(json_out()["error"]["code"], "config_invalid");
  EXPECT_EQ(json_out()["problems"].size(), 3U);
}

}  // namespace
}  // namespace cardmute::cli
