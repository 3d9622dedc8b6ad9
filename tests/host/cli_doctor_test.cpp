// Tests doctor: every line says OK, or what to do, or why the check was not made. The first problem
// determines the exit code.
#include <string>
#include <vector>

#include "agent/settler.hpp"
#include "cli_fixture.hpp"
#include "install/identity.hpp"
#include "store/proof.hpp"
#include "store/store.hpp"

namespace cardmute::cli {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

class Doctor : public CommandLine {
 protected:
  Doctor() {
    fs::create_directories(home() / ".config/chromium");
    run({"install"});
    answer(200, "");
    say_hello(std::string(install::kChromiumOrigins[0]), "chromium");
  }
  // Records that a browser has sent hello, as a host does.
  void say_hello(const std::string& caller, const std::string& browser,
                 const std::string& installation = "0b9d1c5e-8f43-4e0a-9f6e-2f4f1c7f9d11") {
    store::Store store({.file = folder().path() / "state/cardmute.db",
                        .self = {"boot", 1, 1},
                        .browser = {"boot", 2, 1},
                        .caller = caller,
                        .is_alive = [](const platform::ProcessIdentity&) { return true; },
                        .syncs_apart = false});
    store.said_hello({caller, installation, browser, "1.0.0", "", 0, now().utc});
    store.rest(now());
  }
  // The result of one check in the JSON output; null if the check is missing.
  [[nodiscard]] json result_of(const std::string& name) const {
    const json answer = json_out();
    for (const json& check : answer["checks"]) {
      if (check["check"] == name) {
        return check;
      }
    }
    return nullptr;
  }
  static http::Result body(const std::string& text) {
    http::Result result;
    result.sent = true;
    result.status = 200;
    result.body = text;
    return result;
  }
};

TEST_F(Doctor, FindsNothingWrong) {
  EXPECT_EQ(run({"doctor"}), 0);
  EXPECT_THAT(out(), HasSubstr("OK       configuration: "));
  EXPECT_THAT(out(), HasSubstr("OK       manifest for Chromium (this user): "));
  for (const char* name :
       {"DNS", "TCP", "TLS", "round trip", "server", "proxy", "state folder", "store"}) {
    EXPECT_THAT(out(), HasSubstr("OK       " + std::string(name) + ": "));
  }
  EXPECT_THAT(out(), HasSubstr("note     Active Calls: not configured"));
  EXPECT_THAT(out(), HasSubstr("note     polarity: "));
  EXPECT_THAT(out(), Not(HasSubstr("PROBLEM")));
  ASSERT_EQ(requests().size(), 1U);
  EXPECT_EQ(requests()[0].method, "HEAD");
  EXPECT_EQ(requests()[0].url, "https://monapisec.voicenter.co.il/");
}

TEST_F(Doctor, SaysHowFarTheConnectionToVoicenterGot) {
  struct Case {
    http::Failure failure;
    bool sent;
    int exit_code;
    std::vector<const char*> results;  // for DNS, TCP, TLS and the round trip
  };
  const std::vector<Case> cases{
      {http::Failure::resolve, false, 20, {"problem", "note", "note", "note"}},
      {http::Failure::connect, false, 20, {"ok", "problem", "note", "note"}},
      {http::Failure::tls, false, 20, {"ok", "ok", "problem", "note"}},
      {http::Failure::timeout, false, 21, {"note", "problem", "note", "note"}},
      {http::Failure::timeout, true, 21, {"ok", "ok", "ok", "problem"}},
      {http::Failure::reset, true, 20, {"ok", "ok", "ok", "problem"}},
  };
  for (const Case& each : cases) {
    answer(each.failure, each.sent);
    EXPECT_EQ(run({"doctor", "--json"}), each.exit_code);
    const std::vector<const char*> names{"DNS", "TCP", "TLS", "round trip"};
    for (std::size_t i = 0; i < names.size(); ++i) {
      const json check = result_of(names[i]);
      EXPECT_EQ(check["result"], each.results[i]) << names[i] << ' ' << each.exit_code;
      EXPECT_EQ(check.contains("remedy"), check["result"] == "problem");
    }
  }
}

TEST(DoctorOnConfiguration, SaysWhatToDoAboutAVariableThatIsIgnored) {
  config::Loaded loaded;
  loaded.warnings.push_back(
      {"machine.json", "environment_may", "CARDMUTE_CONFIG is set and ignored"});
  const auto checks = check_configuration(loaded);
  ASSERT_EQ(checks.size(), 1U);
  EXPECT_EQ(checks[0].verdict, Verdict::warning);
  EXPECT_THAT(checks[0].text, HasSubstr("CARDMUTE_CONFIG is set and ignored"));
  EXPECT_EQ(checks[0].remedy, "take the variable out of the environment");
}

TEST_F(Doctor, SaysWhereTheExtensionComesFrom) {
  EXPECT_EQ(run({"doctor", "--json"}), 0);
  EXPECT_THAT(result_of("your extension")["text"].get<std::string>(),
              AllOf(HasSubstr("API1API"), HasSubstr("config.json")));
}

TEST_F(Doctor, DoesNotExpectTlsOnThisComputer) {
  configure(R"({"voicenter": {"extension": "a", "mute_url": "http://127.0.0.1:8080/mute"},
                "policy": {"sites": ["https://crm.example.com/*"]}})");
  EXPECT_EQ(run({"doctor", "--json"}), 0);
  EXPECT_EQ(result_of("TLS")["result"], "note");
  EXPECT_EQ(requests().at(0).url, "http://127.0.0.1:8080/");
}

TEST_F(Doctor, HidesTheProxysPassword) {
  configure(R"({"voicenter": {"extension": "a", "proxy": "http://me:S3cret@proxy.example:3128"},
                "policy": {"sites": ["https://crm.example.com/*"]}})");
  EXPECT_EQ(run({"doctor"}), 0);
  EXPECT_THAT(out(), HasSubstr("http://proxy.example:3128, from voicenter.proxy"));
  EXPECT_THAT(out(), Not(HasSubstr("S3cret")));
}

TEST_F(Doctor, SaysThatSitesAreMissing) {
  configure(R"({"voicenter": {"extension": "a"}, "policy": {"interlock": "block"}})");
  EXPECT_EQ(run({"doctor", "--json"}), 78);
  EXPECT_EQ(result_of("sites")["code"], "config_invalid");
}

class DoctorOfRules : public Doctor {
 protected:
  DoctorOfRules() { use(kRules); }

  void use(const std::string& rules) {
    configure(R"({"voicenter": {"extension": "API1API"}, "policy": {"interlock": "block",
        "interlock_timeout_ms": 2500, "sites": ["https://crm.example.com/*"], "rules": )" +
              rules + "}}");
    rules_ = config::load({folder().path() / "config.json", "", ""}).config.value().policy.rules;
  }
  void report(RuleEvent event) {
    store::Store store({.file = folder().path() / "state/cardmute.db",
                        .self = {"boot", 1, 1},
                        .browser = {"boot", 2, 1},
                        .caller = "test",
                        .is_alive = [](const platform::ProcessIdentity&) { return true; },
                        .syncs_apart = false});
    const bool unruled = event == RuleEvent::unruled;
    store.report({event, unruled ? "" : "Pay dialog",
                  unruled ? config::digest_of(rules_) : config::digest_of(rules_.at(0)),
                  "https://crm.example.com", now().utc});
    store.rest(now());
  }

  static constexpr const char* kRules =
      R"([{"name": "Pay dialog", "match": "https://crm.example.com/*", "open": "#pay"}])";
  std::vector<config::Rule> rules_;
};

TEST_F(DoctorOfRules, CountsRulesAndSaysWhatTheInterlockDoes) {
  EXPECT_EQ(run({"doctor"}), 0);
  EXPECT_THAT(out(), HasSubstr("OK       rules: 1 in policy.rules\n"));
  EXPECT_THAT(out(), HasSubstr("OK       interlock: block, the agent may choose to go on after "
                               "2500 ms\n"));
  EXPECT_EQ(run({"status"}), 0);
  EXPECT_THAT(out(), HasSubstr("Rules of your own: 1\nInterlock: block, the agent may choose"));
  EXPECT_EQ(run({"status", "--json"}), 0);
  EXPECT_EQ(json_out()["configuration"]["policy"]["rules"][0]["name"], "Pay dialog");
}

TEST_F(DoctorOfRules, WarnsOfARuleThatHasDrifted) {
  report(RuleEvent::matched);
  for (int i = 0; i < store::kMissesBeforeDrift; ++i) report(RuleEvent::missed);
  EXPECT_EQ(run({"doctor"}), 0) << "mutes work without it";
  EXPECT_THAT(
      out(),
      HasSubstr("WARNING  rule drift: rule \"Pay dialog\" does not match on "
                "https://crm.example.com any more, since 2026-11-21T10:00:00.123Z (it last matched "
                "at 2026-11-21T10:00:00.123Z): 3 payment forms were seen without it\n"
                "         What to do: look whether that page has changed"));
  EXPECT_THAT(out(), Not(HasSubstr("OK       rules")));
  EXPECT_EQ(run({"doctor", "--json"}), 0);
  EXPECT_EQ(result_of("rule drift")["result"], "warning");
  EXPECT_THAT(result_of("rule drift")["remedy"].get<std::string>(), HasSubstr("policy.rules"));
  use(R"([{"name": "Other", "match": "https://crm.example.com/*", "open": "#pay"}])");
  EXPECT_EQ(run({"doctor", "--json"}), 0);
  EXPECT_EQ(result_of("rule drift"), nullptr) << "it is no longer configured";
}

TEST_F(DoctorOfRules, WarnsOfASelectorThatTheBrowserRejectsUntilItIsChanged) {
  report(RuleEvent::invalid);
  EXPECT_EQ(run({"doctor", "--json"}), 0);
  EXPECT_EQ(result_of("rules")["result"], "warning");
  EXPECT_THAT(result_of("rules")["text"].get<std::string>(),
              HasSubstr("refuses a selector of rule \"Pay dialog\" on https://crm.example.com"));
  use(R"([{"name": "Pay dialog", "match": "https://crm.example.com/*", "open": "#paid"}])");
  EXPECT_EQ(run({"doctor", "--json"}), 0);
  EXPECT_EQ(result_of("rules")["result"], "ok");
}

TEST_F(DoctorOfRules, NotesFormsThatNoRuleCovers) {
  report(RuleEvent::unruled);
  report(RuleEvent::unruled);
  EXPECT_EQ(run({"doctor"}), 0);
  EXPECT_THAT(out(), HasSubstr("note     rules: 2 payment forms were seen on "
                               "https://crm.example.com on pages that no rule covers"));
  EXPECT_THAT(out(), HasSubstr("OK       rules: 1 in policy.rules\n"));
  use(R"([{"name": "Pay dialog", "match": "https://crm.example.com/*", "open": "#paid"}])");
  EXPECT_EQ(run({"doctor"}), 0);
  EXPECT_THAT(out(), Not(HasSubstr("no rule covers"))) << "the rules have changed since";
}

TEST_F(Doctor, TriesNoNetworkWithoutAConfiguration) {
  configure("{}");
  EXPECT_EQ(run({"doctor"}), 78);
  EXPECT_THAT(out(), HasSubstr("PROBLEM  configuration: "));
  EXPECT_THAT(out(), HasSubstr("note     network: not tried"));
  EXPECT_TRUE(requests().empty());
}

TEST_F(Doctor, ChecksTheManifests) {
  fs::create_directories(home() / ".mozilla");
  folder().write("root/etc/opt/edge/native-messaging-hosts/com.cardmute.host.json", "[");
  EXPECT_EQ(run({"doctor", "--json"}), 78);
  EXPECT_EQ(result_of("manifest for Firefox")["result"], "problem");
  EXPECT_THAT(result_of("manifest for Microsoft Edge (every user)")["remedy"].get<std::string>(),
              HasSubstr("not CardMute's"));
  EXPECT_EQ(run({"install", "--path", "/usr/bin/true"}), 0);
  EXPECT_EQ(run({"doctor", "--json"}), 78);
  const json chromium = result_of("manifest for Chromium (this user)");
  EXPECT_THAT(chromium["text"].get<std::string>(), HasSubstr("another program, /usr/bin/true"));
  EXPECT_EQ(chromium["remedy"], "run cardmute-host install");
}

TEST_F(Doctor, ReportsAStateFolderThatIsAFile) {
  fs::remove_all(folder().path() / "state");
  folder().write("state", "a file");
  EXPECT_EQ(run({"doctor", "--json"}), 40);
  EXPECT_EQ(result_of("state folder")["code"], "store_failed");
}

TEST_F(Doctor, SaysThatTheStateFolderIsNotOnADiskOfThisComputer) {
  fs::remove_all(folder().path() / "state");
  fs::create_directory_symlink("/proc/self", folder().path() / "state");
  run({"doctor"});
  EXPECT_THAT(out(), HasSubstr("state is not known to be on a disk of this computer"));
}

TEST_F(Doctor, ReportsAFileThatIsNotAStore) {
  fs::remove_all(folder().path() / "state");
  folder().write("state/cardmute.db", std::string(8192, 'x'));
  EXPECT_EQ(run({"doctor", "--json"}), 40);
  EXPECT_EQ(result_of("store")["code"], "store_failed");
}

TEST_F(Doctor, ReportsTheResultOfTheLastTestCall) {
  const auto configuration =
      store::configuration_of("https://monapisec.voicenter.co.il/Comet/API/MuteUnmuteCalls", "1");
  const auto file = folder().path() / "state" / "cardmute.db";
  EXPECT_EQ(run({"doctor", "--json"}), 0);
  EXPECT_EQ(result_of("polarity")["result"], "note");
  ASSERT_EQ(store::write_proof(file, {configuration, now().utc, true, "listened"}), std::nullopt);
  EXPECT_EQ(run({"doctor", "--json"}), 0);
  EXPECT_EQ(result_of("polarity")["result"], "ok");
  EXPECT_EQ(result_of("store")["text"], file.string());
  ASSERT_EQ(store::write_proof(file, {configuration, now().utc, false, "listened"}), std::nullopt);
  EXPECT_EQ(run({"doctor", "--json"}), 31);
  EXPECT_EQ(result_of("polarity")["code"], "verification_failed");
}

TEST_F(Doctor, CallsAProofForAnotherStateOrUrlAProblem) {
  const auto with_proof = [this](const std::string& url, const std::string& state) {
    configure(R"({"voicenter": {"extension": "API1API", "mute_url": "https://v.example/mute",
        "proof": {"at": "2026-11-20T10:00:00.000Z", "method": "listened", "url": ")" +
              url + R"(", "state": ")" + state +
              R"("}}, "policy": {"sites": ["https://crm.example.com/*"]}})");
    return run({"doctor", "--json"});
  };
  EXPECT_EQ(with_proof("https://v.example/mute", "1"), 0);
  EXPECT_EQ(result_of("polarity")["result"], "ok");
  EXPECT_EQ(with_proof("https://v.example/mute", "0"), 31);
  EXPECT_EQ(result_of("polarity")["code"], "verification_failed");
  EXPECT_THAT(result_of("polarity")["text"].get<std::string>(),
              HasSubstr(R"(it is for state "0", and the configuration has "1")"));
  EXPECT_EQ(with_proof("https://other.example/mute", "1"), 31);
  EXPECT_THAT(result_of("polarity")["text"].get<std::string>(),
              HasSubstr("it is for https://other.example/mute, and the configuration has "
                        "https://v.example/mute"));
  EXPECT_EQ(run({"report", "--json"}), 0);
  const json person = json_out()["persons"][0];
  EXPECT_EQ(person["proof"]["proven"], false);
  EXPECT_THAT(person["why"].dump(), HasSubstr("the configuration's proof does not count"));
  // The person's own test call counts. But the configuration's proof is still wrong for the others.
  ASSERT_EQ(store::write_proof(folder().path() / "state/cardmute.db",
                               {store::configuration_of("https://v.example/mute", "1"), now().utc,
                                true, "listened"}),
            std::nullopt);
  EXPECT_EQ(with_proof("https://other.example/mute", "1"), 0);
  EXPECT_EQ(result_of("polarity")["result"], "warning");
}

TEST_F(Doctor, TriesTheEventsAndComparesTheClocks) {
  configure(R"({"voicenter": {"extension": "API1API",
      "realtime": {"email": "dana@example.com", "pin": "S3cretPin"}},
      "policy": {"sites": ["https://crm.example.com/*"]}})");
  try_feed({.live = true, .clock_ahead = std::chrono::seconds(-2), .calls = 1, .latency_ms = 80});
  EXPECT_EQ(run({"doctor"}), 0);
  EXPECT_THAT(out(), HasSubstr("OK       events: logged in, and the calls of API1API came after 80 "
                               "ms; calls now: 1"));
  EXPECT_THAT(out(), HasSubstr("OK       clock: this computer's clock is 2 s behind Voicenter's"));

  try_feed({.live = true, .clock_ahead = std::chrono::seconds(31)});
  EXPECT_EQ(run({"doctor", "--json"}), 0);
  EXPECT_EQ(result_of("clock")["result"], "warning");

  try_feed({.problem = Error{ErrorCode::refused, "Voicenter denies the log-in"}});
  EXPECT_EQ(run({"doctor", "--json"}), 13);
  EXPECT_EQ(result_of("events")["code"], "refused");
  EXPECT_EQ(result_of("events")["remedy"], "Voicenter denies the log-in");
  EXPECT_THAT(out() + err(), Not(HasSubstr("S3cretPin")));
}

TEST_F(Doctor, SaysThatEventsAreNotConfigured) {
  EXPECT_EQ(run({"doctor", "--json"}), 0);
  EXPECT_EQ(result_of("events")["result"], "note");
}

TEST_F(Doctor, WaitsForItsTurnToRequestActiveCalls) {
  constexpr store::CallsTurn kTurn{5000, 2000};
  configure(R"({"voicenter": {"extension": "API1API",
      "active_calls": {"url": "https://v.example/calls", "code": "c"}},
      "policy": {"sites": ["https://crm.example.com/*"]}})");
  store::Store host(agent::store_settings(folder().path() / "state", "a running host"));
  host.begin_calls_request(kTurn, now());
  host.end_calls_request(kTurn, now());
  const auto answered = now().steady;
  answer_in_turn({body(""), body(R"({"ERR": 0, "EXTENSIONS": [{"username": "API1API"}]})")});
  EXPECT_EQ(run({"doctor"}), 0);
  EXPECT_EQ(now().steady - answered, std::chrono::seconds(5));
  EXPECT_NE(host.begin_calls_request(kTurn, now()), std::nullopt) << "its own request counts";
}

TEST_F(Doctor, RequestsActiveCallsAndKeepsTheCodeSecret) {
  const std::string code = folder().write("code", "S3cretC0de\n").generic_string();
  configure(R"({"voicenter": {"extension": "API1API",
      "active_calls": {"url": "https://v.example/calls", "code": {"file": ")" +
            code + R"("}}}, "policy": {"sites": ["https://crm.example.com/*"]}})");
  answer_in_turn({body(""), body(R"({"ERR": 0, "EXTENSIONS": [{"username": "API1API"}]})")});
  EXPECT_EQ(run({"doctor"}), 0);
  EXPECT_THAT(out(), HasSubstr("OK       Active Calls: answered after "));
  EXPECT_THAT(out(), HasSubstr("OK       extension: API1API: Voicenter names nobody for it"));
  EXPECT_THAT(requests().at(1).body, HasSubstr("S3cretC0de"));

  answer_in_turn({body(""), body(R"({"ERR": 0, "EXTENSIONS": [{"username": "API1API",
      "representative": "Dana Levi"}]})")});
  EXPECT_EQ(run({"doctor"}), 0);
  EXPECT_THAT(out(), HasSubstr("OK       extension: API1API: its calls are those of Dana Levi"));

  answer_in_turn({body(""), body(R"({"ERR": 0, "EXTENSIONS": []})")});
  EXPECT_EQ(run({"doctor"}), 10);

  answer_in_turn({body(""), body(R"({"ERR": 1, "DESC": "bad code S3cretC0de!"})")});
  EXPECT_EQ(run({"doctor"}), 13);
  EXPECT_THAT(out(), HasSubstr("PROBLEM  Active Calls"));
  EXPECT_THAT(out(), HasSubstr("bad code …!"));
  EXPECT_THAT(out() + err(), Not(HasSubstr("S3cretC0de")));

  folder().write("code", "\n");
  EXPECT_EQ(run({"doctor"}), 78);
  EXPECT_THAT(out(), HasSubstr("holds no code"));
}

}  // namespace
}  // namespace cardmute::cli
