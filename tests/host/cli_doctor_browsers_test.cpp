// Tests doctor's checks of browsers: whether one has the extension, and what policies forbid.
#include <string>
#include <utility>
#include <vector>

#include "cli/check.hpp"
#include "cli_fixture.hpp"
#include "install/identity.hpp"
#include "store/store.hpp"

namespace cardmute::cli {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using ::testing::HasSubstr;

constexpr int kNotInstalled = 50;
constexpr int kBlockedByPolicy = 51;
const std::string kOwn{install::kChromiumOrigins[0]};
const std::string kOwnId = kOwn.substr(19, 32);

class DoctorOfBrowsers : public CommandLine {
 protected:
  DoctorOfBrowsers() {
    fs::create_directories(home() / ".config/chromium");
    run({"install"});
    answer(200, "");
  }
  void say_hello(const std::string& caller, const std::string& browser,
                 const std::string& installation, std::chrono::hours ago = {},
                 const std::string& card_frames_date = "2026-11-20", int hidden_sites = 0) {
    store::Store store({.file = folder().path() / "state/cardmute.db",
                        .self = {"boot", 1, 1},
                        .browser = {"boot", 2, 1},
                        .caller = caller,
                        .is_alive = [](const platform::ProcessIdentity&) { return true; },
                        .syncs_apart = false});
    store.said_hello(
        {caller, installation, browser, "1.0.0", card_frames_date, hidden_sites, now().utc - ago});
    store.rest(now());
  }
  // Makes a browser look as if it was started this long ago, by the time of `file` in its profile.
  void started(const std::string& file, std::chrono::minutes ago) {
    folder().write("home/" + file, "");
    const auto at = std::chrono::sys_time<std::chrono::milliseconds>(now().utc - ago);
    fs::last_write_time(home() / file, fs::file_time_type::clock::from_sys(at));
    run({"install"});  // now the browser counts as installed
  }
  void started_firefox(std::chrono::minutes ago) {
    started(".mozilla/firefox/x.default/.parentlock", ago);
  }
  void policy(const std::string& text) {
    folder().write("root/etc/chromium/policies/managed/cardmute.json", text);
  }
  int doctor() { return run({"doctor", "--json"}); }
  [[nodiscard]] json result_of(const std::string& name) const {
    const json document = json_out();
    for (const json& check : document["checks"]) {
      if (check["check"] == name) return check;
    }
    return nullptr;
  }
};

TEST_F(DoctorOfBrowsers, SaysThatNoBrowserHasTheExtension) {
  EXPECT_EQ(doctor(), kNotInstalled);
  EXPECT_EQ(result_of("extension")["code"], "not_installed");
  EXPECT_EQ(json_out()["ok"], false);
}

TEST_F(DoctorOfBrowsers, KnowsTheExtensionByItsHelloForEachProfile) {
  say_hello(kOwn, "chromium", "first-profile");
  say_hello(kOwn, "chromium", "second-profile");
  say_hello(kOwn, "chromium", "first-profile");
  EXPECT_EQ(doctor(), 0);
  EXPECT_EQ(result_of("extension in Chromium")["result"], "ok");
  EXPECT_EQ(run({"doctor"}), 0);
  EXPECT_THAT(out(), HasSubstr("OK       extension in Chromium: version 1.0.0 last called at "
                               "2026-11-21T10:00:00.123Z, profile first-pr"));
  EXPECT_THAT(out(), HasSubstr("profile second-p"));
}

TEST_F(DoctorOfBrowsers, CountsAProfileOnceWhoseFirstHelloCameBeforeItsId) {
  say_hello(kOwn, "chromium", "");
  say_hello(std::string(install::kFirefoxIds[0]), "firefox", "");
  EXPECT_EQ(run({"report", "--json"}), 0);
  EXPECT_EQ(json_out()["persons"][0]["browsers"].size(), 2U);
  say_hello(kOwn, "chromium", "p");
  EXPECT_EQ(run({"report", "--json"}), 0);
  const json browsers = json_out()["persons"][0]["browsers"];
  ASSERT_EQ(browsers.size(), 2U);
  for (const json& each : browsers) {
    EXPECT_EQ(each["profile"], each["browser"] == "chromium" ? "p" : "");
  }
}

TEST_F(DoctorOfBrowsers, DoesNotCountAnExtensionThatMayNotCallAnyMore) {
  say_hello("chrome-extension://abcdefghijklmnopabcdefghijklmnop/", "chromium", "p");
  EXPECT_EQ(doctor(), kNotInstalled);
}

TEST_F(DoctorOfBrowsers, DoesNotCountAnExtensionThatHasNotCalledForLong) {
  say_hello(kOwn, "chromium", "p", std::chrono::days(kHello_days) + std::chrono::hours(1));
  EXPECT_EQ(doctor(), kNotInstalled);
  EXPECT_EQ(result_of("extension in Chromium")["result"], "warning");
  EXPECT_THAT(result_of("extension")["text"].get<std::string>(),
              HasSubstr("has called this program in the last 30 days"));
  say_hello(kOwn, "chromium", "another profile", std::chrono::days(kHello_days));
  EXPECT_EQ(doctor(), 0);
}

TEST_F(DoctorOfBrowsers, SaysThatABrowserKeepsItsExtensionOffSites) {
  say_hello(kOwn, "chromium", "p", {}, "2026-11-20", 2);
  EXPECT_EQ(doctor(), kBlockedByPolicy);
  EXPECT_THAT(result_of("extension in Chromium")["text"].get<std::string>(),
              HasSubstr("the browser keeps it off 2 sites of the configuration"));
  say_hello(kOwn, "chromium", "p", {}, "2026-11-20", 0);
  EXPECT_EQ(doctor(), 0);
}

TEST_F(DoctorOfBrowsers, SaysHowOldTheListOfPaymentProvidersIs) {
  const auto said = [this](const std::string& date) {
    say_hello(kOwn, "chromium", "p", {}, date);
    EXPECT_EQ(doctor(), 0);
    const json result = result_of("extension in Chromium");
    const auto text = result["text"].get<std::string>();
    return result["result"].get<std::string>() +
           text.substr(std::min(text.find(", list"), text.size()));
  };
  EXPECT_EQ(said("2026-11-20"), "ok, list of payment providers of 2026-11-20 (1 day old)");
  EXPECT_EQ(said("2025-11-21"), "ok, list of payment providers of 2025-11-21 (365 days old)");
  EXPECT_EQ(said("2025-11-20"), "warning, list of payment providers of 2025-11-20 (366 days old)");
  EXPECT_THAT(result_of("extension in Chromium")["remedy"].get<std::string>(),
              HasSubstr("update the extension"));
  EXPECT_EQ(said("2026-11-29"), "ok, list of payment providers of 2026-11-29 (0 days old)")
      << "this computer's clock is behind";
  EXPECT_EQ(said(""), "ok") << "an older extension does not say";
}

TEST_F(DoctorOfBrowsers, CountsAPolicyThatInstallsTheExtension) {
  policy(R"({"ExtensionInstallForcelist": [")" + kOwnId + R"(;https://x.example/u.xml"]})");
  EXPECT_EQ(doctor(), 0);
  json found = result_of("extension in Chromium");
  EXPECT_EQ(found["result"], "warning") << "it has not called yet";
  EXPECT_THAT(found["text"].get<std::string>(),
              HasSubstr("a policy installs " + kOwn + ", but the extension has not called"));
  say_hello(kOwn, "chromium", "p");
  EXPECT_EQ(doctor(), 0);
  found = result_of("extension in Chromium");
  EXPECT_EQ(found["result"], "ok");
}

TEST_F(DoctorOfBrowsers, CountsNoPolicyForAnotherExtension) {
  policy(
      R"({"ExtensionInstallForcelist": ["abcdefghijklmnopabcdefghijklmnop;https://x.example"]})");
  EXPECT_EQ(doctor(), kNotInstalled) << "it is another extension";
}

TEST_F(DoctorOfBrowsers, CountsNoPolicyOfABrowserThatIsNotThere) {
  folder().write("root/etc/opt/edge/policies/managed/c.json",
                 R"({"ExtensionInstallForcelist": [")" + kOwnId + R"("]})");
  EXPECT_EQ(doctor(), kNotInstalled);
  json found = result_of("extension in Microsoft Edge");
  EXPECT_EQ(found["result"], "warning");
  EXPECT_THAT(found["text"].get<std::string>(),
              HasSubstr("but Microsoft Edge is not on this computer"));
  EXPECT_EQ(result_of("extension")["code"], "not_installed");
  say_hello(kOwn, "chromium", "p");
  EXPECT_EQ(doctor(), 0) << "another browser has it";
}

TEST_F(DoctorOfBrowsers, DoesNotMindABrowserThatThisUserDoesNotStart) {
  fs::create_directories(home() / ".mozilla");
  run({"install"});
  say_hello(kOwn, "chromium", "p");
  EXPECT_EQ(doctor(), 0);
  EXPECT_EQ(result_of("extension in Firefox")["result"], "note");
  started_firefox(std::chrono::days(kHello_days) + std::chrono::hours(1));
  EXPECT_EQ(doctor(), 0);
  EXPECT_EQ(result_of("extension in Firefox")["result"], "note");
}

TEST_F(DoctorOfBrowsers, CountsABrowserThatWasStartedAndIsSilent) {
  say_hello(kOwn, "chromium", "p", std::chrono::hours(5));
  const auto expect_silent = [this](const std::string& name) {
    EXPECT_EQ(doctor(), kNotInstalled);
    EXPECT_EQ(result_of(name)["code"], "not_installed");
    EXPECT_THAT(result_of(name)["text"].get<std::string>(),
                HasSubstr("and no extension in it has called this program since"));
  };
  started_firefox(std::chrono::minutes(kHelloAfterStart_minutes));
  expect_silent("extension in Firefox");
  started_firefox(std::chrono::minutes(kHelloAfterStart_minutes - 1));
  EXPECT_EQ(doctor(), 0) << "its extension may not have called yet";
  started_firefox(std::chrono::days(kHello_days));
  expect_silent("extension in Firefox");
  say_hello(std::string(install::kFirefoxIds[0]), "firefox", "p", std::chrono::days(1));
  EXPECT_EQ(doctor(), 0);
  // Both browsers have called, but Chromium not since it was started last.
  started(".config/chromium/Last Version", std::chrono::hours(4));
  EXPECT_EQ(doctor(), kNotInstalled);
  EXPECT_THAT(out(), HasSubstr("Chromium was started at 2026-11-21T06:00:00.123Z"));
}

TEST_F(DoctorOfBrowsers, CountsABrowserThatIsSilentAlthoughAPolicyInstallsTheExtension) {
  policy(R"({"ExtensionInstallForcelist": [")" + kOwnId + R"(;https://x.example/u.xml"]})");
  started(".config/chromium/Last Version", std::chrono::hours(1));
  EXPECT_EQ(doctor(), kNotInstalled);
  EXPECT_THAT(result_of("extension in Chromium")["remedy"].get<std::string>(),
              HasSubstr("the address in the policy"));
  say_hello(kOwn, "chromium", "p");
  EXPECT_EQ(doctor(), 0);
}

TEST_F(DoctorOfBrowsers, KnowsEveryPlaceOfProfiles) {
  say_hello(kOwn, "chromium", "p", std::chrono::hours(5));
  for (const char* file :
       {".config/chromium/Last Version", "snap/chromium/common/chromium/Last Version",
        ".config/google-chrome/Last Version", ".config/microsoft-edge/Last Version",
        ".mozilla/firefox/x.default/.parentlock", ".config/mozilla/firefox/x.default/.parentlock",
        "snap/firefox/common/.mozilla/firefox/x.default/.parentlock",
        ".var/app/org.mozilla.firefox/.mozilla/firefox/x.default/.parentlock"}) {
    started(file, std::chrono::hours(1));
    EXPECT_EQ(doctor(), kNotInstalled) << file;
    fs::remove(home() / file);
  }
}

TEST_F(DoctorOfBrowsers, CountsAnotherBrowserOfChromiumsKindThatWasStartedWithoutTheExtension) {
  say_hello(kOwn, "chromium", "p");
  for (const auto& [folder_of_profiles, browser] : std::vector<std::pair<std::string, std::string>>{
           {".config/vivaldi", "Vivaldi"},
           {".config/BraveSoftware/Brave-Browser", "Brave"},
           {".var/app/com.brave.Browser/config/BraveSoftware/Brave-Browser", "Brave"},
           {"snap/brave/current/.config/BraveSoftware/Brave-Browser", "Brave"},
           {".config/opera", "Opera"}}) {
    const std::string name = "extension in " + browser;
    const std::string sign =
        folder_of_profiles + (browser == "Opera" ? "/Local State" : "/Last Version");
    started(sign, std::chrono::hours(1));
    EXPECT_EQ(doctor(), kNotInstalled) << folder_of_profiles;
    EXPECT_EQ(result_of(name)["code"], "not_installed");
    EXPECT_THAT(result_of(name)["text"].get<std::string>(),
                HasSubstr(browser + " was started at 2026-11-21T09:00:00.123Z, and none of its "
                                    "profiles has the extension"));
    EXPECT_EQ(run({"report", "--json"}), 0);
    EXPECT_THAT(json_out()["persons"][0]["why"].dump(), HasSubstr(browser + " was started"));
    started(sign, std::chrono::days(kHello_days) + std::chrono::hours(1));
    EXPECT_EQ(doctor(), 0) << "it was not used for long";
    for (const std::string extension : {"Extensions", "Local Extension Settings"}) {
      const fs::path profile = home() / folder_of_profiles / "Profile 2" / extension;
      started(sign, std::chrono::hours(1));
      fs::create_directories(profile / "abcdefghijklmnopabcdefghijklmnop");
      EXPECT_EQ(doctor(), kNotInstalled) << "it is another extension";
      fs::create_directories(profile / kOwnId);
      EXPECT_EQ(doctor(), 0) << "its hello cannot be told from that of others";
      fs::remove_all(home() / folder_of_profiles / "Profile 2");
    }
    fs::remove(home() / sign);
  }
}

TEST_F(DoctorOfBrowsers, NamesASilentBrowserAlsoWhereNoneHasTheExtension) {
  started_firefox(std::chrono::hours(1));
  EXPECT_EQ(doctor(), kNotInstalled);
  EXPECT_EQ(result_of("extension")["code"], "not_installed");
  EXPECT_EQ(result_of("extension in Firefox")["code"], "not_installed");
}

TEST_F(DoctorOfBrowsers, NamesPoliciesThatForbidExtensionOrHost) {
  say_hello(kOwn, "chromium", "p");
  policy(R"({"NativeMessagingBlocklist": ["*"]})");
  EXPECT_EQ(doctor(), kBlockedByPolicy);
  EXPECT_THAT(result_of("policies of Chromium")["remedy"].get<std::string>(),
              HasSubstr("com.cardmute.host to NativeMessagingAllowlist"));
  policy(R"({"ExtensionInstallBlocklist": ["*"]})");
  EXPECT_EQ(doctor(), kBlockedByPolicy);
  policy("{");
  EXPECT_EQ(doctor(), 0);
  EXPECT_EQ(result_of("policies of Chromium")["result"], "warning");
}

TEST_F(DoctorOfBrowsers, NamesPoliciesThatKeepTheExtensionOffASite) {
  say_hello(kOwn, "chromium", "p");
  policy(R"({"ExtensionSettings": {"*": {"runtime_blocked_hosts": ["<all_urls>"]}}})");
  EXPECT_EQ(doctor(), kBlockedByPolicy);
  EXPECT_THAT(result_of("policies of Chromium")["text"].get<std::string>(),
              HasSubstr("they keep the extension off https://crm.example.com/*"));
}

TEST_F(DoctorOfBrowsers, WarnsOfPoliciesWithoutEffect) {
  say_hello(kOwn, "chromium", "p");
  folder().write("root/etc/chromium/policies/recommended/a.json",
                 R"({"ExtensionInstallForcelist": [")" + kOwnId + R"("]})");
  EXPECT_EQ(doctor(), 0);
  EXPECT_EQ(result_of("policies of Chromium")["result"], "warning");
}

TEST_F(DoctorOfBrowsers, RecommendsASystemInstallationWhereUserLevelHostsAreOff) {
  say_hello(kOwn, "chromium", "p");
  policy(R"({"NativeMessagingUserLevelHosts": false})");
  EXPECT_EQ(doctor(), kBlockedByPolicy);
  EXPECT_THAT(result_of("policies of Chromium")["remedy"].get<std::string>(),
              HasSubstr("install --system"));
  folder().write("root/usr/bin/chromium", "");
  EXPECT_EQ(run({"install", "--system"}), 0);
  EXPECT_EQ(doctor(), 0) << out();
}

}  // namespace
}  // namespace cardmute::cli
