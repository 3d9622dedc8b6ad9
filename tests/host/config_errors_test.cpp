// Tests that every kind of wrong configuration is reported with its file, its key and what was
// expected.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <ostream>
#include <string>

#include "config/load.hpp"
#include "temporary_folder.hpp"

namespace cardmute::config {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* kSecret = "S3cretC0de";

struct WrongCase {
  std::string name;
  std::string text;
  std::string key;
  std::string says;  // a part of the expected message
};

void PrintTo(const WrongCase& wrong, std::ostream* out) { *out << wrong.name; }

// Each returns a valid configuration with one more member, perhaps a wrong one, in its section.
std::string voicenter(const std::string& member) {
  return R"({"voicenter": {"extension": "API1API", )" + member + "}}";
}
std::string policy(const std::string& member) {
  return R"({"voicenter": {"extension": "API1API"}, "policy": {)" + member + "}}";
}

class WrongConfiguration : public ::testing::TestWithParam<WrongCase> {};

TEST_P(WrongConfiguration, NamesFileKeyAndExpectation) {
  const test::TemporaryFolder folder;
  Sources sources;
  sources.only = folder.write("config.json", GetParam().text);
  const Loaded loaded = load(sources);
  EXPECT_FALSE(loaded.config.has_value());
  ASSERT_EQ(loaded.errors.size(), 1U);
  const Problem& problem = loaded.errors.front();
  EXPECT_EQ(problem.file, *sources.only);
  EXPECT_EQ(problem.key, GetParam().key);
  EXPECT_THAT(problem.message, HasSubstr(GetParam().says));
  EXPECT_THAT(problem.message, HasSubstr("Expected: "));
  EXPECT_THAT(problem.text(), HasSubstr(sources.only->string() + ": "));
  EXPECT_THAT(problem.text(), Not(HasSubstr("\n")));
  EXPECT_THAT(problem.text(), Not(HasSubstr(kSecret)));
}

std::string named(const ::testing::TestParamInfo<WrongCase>& info) { return info.param.name; }

INSTANTIATE_TEST_SUITE_P(
    File, WrongConfiguration,
    ::testing::Values(
        WrongCase{"Log", R"({"voicenter": {"extension": "A"}, "log": "mail"})", "log",
                  R"("file" or "syslog" or "both")"},
        WrongCase{"Empty", "", "", "line 1, column 1"}, WrongCase{"NoObject", "[]", "", "a list"},
        WrongCase{"CommaTooMany", "{\n  \"policy\": {},\n}", "", "line 3, column 1"},
        WrongCase{"SecretBesideMistake",
                  R"({"voicenter": {"active_calls": {"code": "S3cretC0de)"
                  "\n\"}}}",
                  "", "line 2, column"},
        WrongCase{"BrokenUtf8", "{\"a\": \"\xc3\x28\"}", "", "UTF-8"},
        WrongCase{"Utf16", std::string("\xff\xfe{\0}\0", 6), "", "UTF-8"},
        WrongCase{"TooDeep", std::string(2000, '['), "", "inside each other"},
        WrongCase{"HugeNumber", voicenter(R"("timeout_ms": 1e999)"), "", "too large"},
        WrongCase{"TooLarge", std::string(kMaxFile_bytes + 1, ' '), "", "at most 256 KiB"},
        WrongCase{"KeyTwice", voicenter(R"("timeout_ms": 500, "timeout_ms": 600)"),
                  "voicenter.timeout_ms", "twice"},
        WrongCase{"GroupTwice", R"({"policy": {}, "voicenter": {"extension": "a"}, "policy": {}})",
                  "policy", "twice"}),
    named);

INSTANTIATE_TEST_SUITE_P(
    Keys, WrongConfiguration,
    ::testing::Values(
        WrongCase{"UnknownAtTop", R"({"voicenter": {"extension": "a"}, "polcy": {}})", "polcy",
                  "did you mean \"policy\""},
        WrongCase{"UnknownInGroup", voicenter(R"("time_out_ms": 5)"), "voicenter.time_out_ms",
                  "did you mean \"voicenter.timeout_ms\""},
        WrongCase{"InTheWrongGroup", voicenter(R"("sites": [])"), "voicenter.sites",
                  "did you mean \"policy.sites\""},
        WrongCase{"NothingLikeIt", voicenter(R"("zzzzzzzzzz": 5)"), "voicenter.zzzzzzzzzz",
                  "unknown key. Expected: one of mute_url, method"},
        WrongCase{"NotYetKnown", policy(R"("teleport": true)"), "policy.teleport", "unknown key"},
        WrongCase{"IdleMinutes", policy(R"("idle_minutes": 0)"), "policy.idle_minutes",
                  "a whole number of minutes from 1 to 480"},
        WrongCase{"OnIdle", policy(R"("on_idle": "stop")"), "policy.on_idle",
                  "\"alert\" or \"resume\""},
        WrongCase{"AlertSound", policy(R"("alert_sound": "yes")"), "policy.alert_sound",
                  "true or false (without quotes)"},
        WrongCase{"AgentMayCorrect", policy(R"("agent_may_correct": true)"),
                  "policy.agent_may_correct", "\"nothing\" or \"mute\" or \"both\""},
        WrongCase{"ControlCharactersInKey", voicenter(R"("a\nb": 5)"), "\"voicenter.a\\nb\"",
                  "unknown key"},
        WrongCase{"DeleteInKey", voicenter("\"a\x7f\": 5"), "\"voicenter.a\\u007f\"",
                  "unknown key"},
        WrongCase{"ExtensionMissing", "{}", "voicenter.extension", "the agent's SIP ID"},
        WrongCase{"GroupIsList", R"({"voicenter": {"extension": "a"}, "policy": []})", "policy",
                  "a group"}),
    named);

INSTANTIATE_TEST_SUITE_P(
    Voicenter, WrongConfiguration,
    ::testing::Values(
        WrongCase{"ExtensionEmpty", R"({"voicenter": {"extension": ""}})", "voicenter.extension",
                  "an empty string"},
        WrongCase{"ExtensionNumber", R"({"voicenter": {"extension": 7}})", "voicenter.extension",
                  "found a number"},
        WrongCase{"ExtensionTooLong",
                  R"({"voicenter": {"extension": ")" + std::string(65, 'x') + "\"}}",
                  "voicenter.extension", "found 65 characters"},
        WrongCase{"ExtensionBlank", R"({"voicenter": {"extension": " API1API"}})",
                  "voicenter.extension", "blanks"},
        WrongCase{"PlainHttp", voicenter(R"("mute_url": "http://voicenter.example/mute")"),
                  "voicenter.mute_url", "http only on this machine"},
        WrongCase{"LooksLikeLoopback", voicenter(R"("mute_url": "http://127.0.0.1.example.com/")"),
                  "voicenter.mute_url", "http only on this machine"},
        WrongCase{"ShortLoopback", voicenter(R"("mute_url": "http://127.1/")"),
                  "voicenter.mute_url", "http only on this machine"},
        WrongCase{"OtherScheme", voicenter(R"("mute_url": "ftp://voicenter.example/")"),
                  "voicenter.mute_url", "neither https nor http"},
        WrongCase{"UserInUrl", voicenter(R"("mute_url": "https://a:S3cretC0de@v.example/")"),
                  "voicenter.mute_url", "user name"},
        WrongCase{"QueryInUrl", voicenter(R"("mute_url": "https://v.example/?code=S3cretC0de")"),
                  "voicenter.mute_url", "query"},
        WrongCase{"BackslashInUrl", voicenter(R"("mute_url": "http://127.0.0.1\\@v.example/")"),
                  "voicenter.mute_url", "a user name"},
        WrongCase{"BlankInUrl", voicenter(R"("mute_url": "https://v.example/a b")"),
                  "voicenter.mute_url", "a blank"},
        WrongCase{"HostOfUrl", voicenter(R"("mute_url": "https://v_\\x.example/")"),
                  "voicenter.mute_url", "no valid host name"},
        WrongCase{"PortInUrl", voicenter(R"("mute_url": "https://v.example:70000/")"),
                  "voicenter.mute_url", "port"},
        WrongCase{"NoUrl", voicenter(R"("mute_url": "v.example/mute")"), "voicenter.mute_url",
                  "no URL"},
        WrongCase{"Method", voicenter(R"("method": "PUT")"), "voicenter.method",
                  "found \"PUT\". Expected: \"POST\" or \"GET\""},
        WrongCase{"Target", voicenter(R"("target": "call")"), "voicenter.target",
                  "without voicenter.active_calls"},
        WrongCase{"TargetWord", voicenter(R"("target": "ivrid")"), "voicenter.target",
                  "found \"ivrid\". Expected: \"extension\" or \"call\""},
        WrongCase{"MuteStateNumber", voicenter(R"("mute_state": 1)"), "voicenter.mute_state",
                  "found 1. Expected: \"1\" or \"0\""},
        WrongCase{"TimeoutText", voicenter(R"("timeout_ms": "2000")"), "voicenter.timeout_ms",
                  "from 100 to 30000"},
        WrongCase{"TimeoutFraction", voicenter(R"("timeout_ms": 2000.5)"), "voicenter.timeout_ms",
                  "found 2000.5"},
        WrongCase{"TimeoutHuge", voicenter(R"("timeout_ms": 18446744073709551615)"),
                  "voicenter.timeout_ms", "from 100 to 30000"},
        WrongCase{"ReassertSmall", voicenter(R"("reassert_ms": 99)"), "voicenter.reassert_ms",
                  "from 100 to 60000"},
        WrongCase{"CaFileMissing", voicenter(R"("ca_file": "/nowhere/ca.pem")"),
                  "voicenter.ca_file", "there is no file"},
        WrongCase{"CaFileRelative", voicenter(R"("ca_file": "ca.pem")"), "voicenter.ca_file",
                  "relative"},
        WrongCase{"ProxyScheme", voicenter(R"("proxy": "ftp://proxy.example:21")"),
                  "voicenter.proxy", "socks5://"},
        WrongCase{"ProxyHost", voicenter(R"("proxy": "http://u:S3cretC0de@:3128")"),
                  "voicenter.proxy", "no valid host name"},
        WrongCase{"ProxyAt", voicenter(R"("proxy": "http://u:S3cret@C0de@proxy.example:3128")"),
                  "voicenter.proxy", "%40"},
        WrongCase{"ProxyPath", voicenter(R"("proxy": "http://u:S3cretC0de@proxy.example/x")"),
                  "voicenter.proxy", "after the proxy's host"},
        WrongCase{"ActiveCallsText", voicenter(R"("active_calls": "S3cretC0de")"),
                  "voicenter.active_calls", "found a string"},
        WrongCase{"ActiveCallsWithoutCode",
                  voicenter(R"("active_calls": {"url": "https://v.example/"})"),
                  "voicenter.active_calls.code", "missing"},
        WrongCase{"ActiveCallsWithoutUrl", voicenter(R"("active_calls": {"code": "S3cretC0de"})"),
                  "voicenter.active_calls.url", "missing"},
        WrongCase{"CodeNumber",
                  voicenter(R"("active_calls": {"url": "https://v.example/", "code": 7})"),
                  "voicenter.active_calls.code", "found a number"},
        WrongCase{"CodeFileMissing", voicenter(R"("active_calls": {"url": "https://v.example/",
                  "code": {"file": "/nowhere/code"}})"),
                  "voicenter.active_calls.code.file", "there is no such file"},
        WrongCase{"CodeInPlaceOfItsFile", voicenter(R"("active_calls": {"url": "https://v.example/",
                  "code": {"file": "S3cretC0de"}})"),
                  "voicenter.active_calls.code.file", "found a relative path. Expected"},
        WrongCase{"CodeWithASlashInPlaceOfItsFile",
                  voicenter(R"("active_calls": {"url": "https://v.example/",
                  "code": {"file": "/S3cretC0de=="}})"),
                  "voicenter.active_calls.code.file", "there is no such file"},
        WrongCase{"CodeInPlaceOfAVariable",
                  voicenter(R"("active_calls": {"url": "https://v.example/",
                  "code": {"env": "S3cretC0de"}})"),
                  "voicenter.active_calls.code", "found a group"},
        WrongCase{"CodeUnderAnotherKey", voicenter(R"("active_calls": {"url": "https://v.example/",
                  "code": "c", "code_file": "S3cretC0de"})"),
                  "voicenter.active_calls.code_file", "unknown"},
        WrongCase{
            "PinInPlaceOfItsFile",
            voicenter(R"("realtime": {"email": "a@b.example", "pin": {"file": "S3cretC0de"}})"),
            "voicenter.realtime.pin.file", "found a relative path. Expected"},
        WrongCase{"TokenInPlaceOfItsFile",
                  voicenter(R"("realtime": {"token": {"file": "~S3cretC0de"}})"),
                  "voicenter.realtime.token.file", "only a shell"},
        WrongCase{"CodeTooLong",
                  voicenter(R"("active_calls": {"url": "https://v.example/", "code": "S3cretC0de)" +
                            std::string(300, 'x') + "\"}"),
                  "voicenter.active_calls.code", "found 310 characters"},
        WrongCase{"RealtimeText", voicenter(R"("realtime": "S3cretC0de")"), "voicenter.realtime",
                  "found a string"},
        WrongCase{"RealtimeWithoutPin", voicenter(R"("realtime": {"email": "a@b.example"})"),
                  "voicenter.realtime", "not one whole log-in"},
        WrongCase{"RealtimeWithTwoLogins",
                  voicenter(R"("realtime": {"email": "a@b.example", "pin": "S3cretC0de",
                  "token": "S3cretC0de"})"),
                  "voicenter.realtime", "not one whole log-in"},
        WrongCase{"RealtimeOfAnAccount",
                  voicenter(R"("realtime": {"username": "boss", "password": "S3cretC0de"})"),
                  "voicenter.realtime.username", "every call and caller of the organisation"},
        WrongCase{"PinFileMissing", voicenter(R"("realtime": {"email": "a@b.example",
                  "pin": {"file": "/nowhere/pin"}})"),
                  "voicenter.realtime.pin.file", "there is no such file"},
        WrongCase{"PinInAKeyring", voicenter(R"("realtime": {"email": "a@b.example",
                  "pin": {"keyring": "cardmute"}})"),
                  "voicenter.realtime.pin", R"(Expected: the agent's pin, a string, or {"file")"},
        WrongCase{"TokenNumber", voicenter(R"("realtime": {"token": 7})"),
                  "voicenter.realtime.token", "found a number"},
        WrongCase{"MonitorUrl", voicenter(R"("realtime": {"token": "S3cretC0de",
                  "url": "wss://m.example"})"),
                  "voicenter.realtime.url", "https"},
        WrongCase{"ReassertLiveLarge", voicenter(R"("reassert_live_ms": 60001)"),
                  "voicenter.reassert_live_ms", "60000"},
        WrongCase{"CodeInUrl", voicenter(R"("active_calls": {"code": "c",
                  "url": "https://v.example/?code=S3cretC0de"})"),
                  "voicenter.active_calls.url", "query"}),
    named);

INSTANTIATE_TEST_SUITE_P(
    Policy, WrongConfiguration,
    ::testing::Values(
        WrongCase{"SitesText", policy(R"("sites": "https://crm.example.com/*")"), "policy.sites",
                  "a list of site patterns"},
        WrongCase{"SiteNumber", policy(R"("sites": ["https://a.example/*", 7])"), "policy.sites[1]",
                  "found 7"},
        WrongCase{"SiteWithoutPath", policy(R"("sites": ["https://crm.example.com"])"),
                  "policy.sites[0]", "no path"},
        WrongCase{"SiteWithWrongPort", policy(R"("sites": ["http://localhost:99999/*"])"),
                  "policy.sites[0]", "its host"},
        WrongCase{"SiteScheme", policy(R"("sites": ["file:///*"])"), "policy.sites[0]",
                  "does not start with https://"},
        WrongCase{"SiteStarInside", policy(R"("sites": ["https://crm.*.com/*"])"),
                  "policy.sites[0]", "its host"},
        WrongCase{"TooManySites",
                  policy("\"sites\": [" +
                         [] {
                           std::string sites;
                           for (std::size_t i = 0; i <= kMaxSites; ++i) {
                             sites += (i == 0 ? "" : ",") + std::string(R"("https://a.example/*")");
                           }
                           return sites;
                         }() +
                         "]"),
                  "policy.sites", "at most 200"},
        WrongCase{"Interlock", policy(R"("interlock": "loud")"), "policy.interlock",
                  "\"off\" or \"warn\" or \"block\""},
        WrongCase{"InterlockTimeoutSmall", policy(R"("interlock_timeout_ms": 99)"),
                  "policy.interlock_timeout_ms", "from 100 to 30000"},
        WrongCase{"InterlockTimeoutLarge", policy(R"("interlock_timeout_ms": 30001)"),
                  "policy.interlock_timeout_ms", "from 100 to 30000"},
        WrongCase{"Premute", policy(R"("premute": 1)"), "policy.premute", "true or false"},
        WrongCase{"OnBrowserGone", policy(R"("on_browser_gone": true)"), "policy.on_browser_gone",
                  "\"resume\" or \"stay-muted\""},
        WrongCase{"GraceNegative", policy(R"("grace_ms": -1)"), "policy.grace_ms",
                  "from 0 to 60000"},
        WrongCase{"OverrideText", policy(R"("allow_record_override": "yes")"),
                  "policy.allow_record_override", "true or false"}),
    named);

}  // namespace
}  // namespace cardmute::config
