// Tests browser policies: what they install, and what they block.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "install/identity.hpp"
#include "install/policies.hpp"
#include "temporary_folder.hpp"

namespace cardmute::install {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr const char* kManaged = "etc/chromium/policies/managed/";
constexpr const char* kFirefoxFile = "etc/firefox/policies/policies.json";
const std::string kOwn{kChromiumOrigins[0]};
const std::string kOwnId = kOwn.substr(19, 32);
const std::string kAddOn{kFirefoxIds[0]};

class Policies : public ::testing::Test {
 protected:
  void write(const std::string& file, const std::string& text) { folder_.write(file, text); }
  [[nodiscard]] BrowserPolicies of(const std::string& browser) const {
    const std::vector<std::string> callers{kOwn, kAddOn};
    const Roots roots{"/nowhere", "/nowhere", folder_.path()};
    for (const BrowserPolicies& each : policies(roots, System::linux_desktop, callers)) {
      if (each.browser == browser) return each;
    }
    ADD_FAILURE() << browser;
    return {};
  }

 private:
  test::TemporaryFolder folder_;
};

TEST_F(Policies, AreEmptyWhereThereAreNone) {
  for (const char* browser : {"Google Chrome", "Chromium", "Microsoft Edge", "Brave", "Firefox"}) {
    const BrowserPolicies none = of(browser);
    EXPECT_THAT(none.installs, IsEmpty());
    EXPECT_THAT(none.forbids, IsEmpty());
    EXPECT_THAT(none.broken, IsEmpty());
    EXPECT_FALSE(none.forbids_host || none.forbids_user_hosts);
  }
}

TEST_F(Policies, InstallInEveryWayThatBrowsersKnow) {
  write(std::string(kManaged) + "a.json",
        R"({"ExtensionInstallForcelist": [")" + kOwnId + R"(;https://x.example/updates.xml"]})");
  write("etc/opt/edge/policies/managed/a.json",
        R"({"ExtensionSettings": {")" + kOwnId +
            R"(": {"installation_mode": "force_installed", "update_url": "https://x.example/"}}})");
  write("usr/share/google-chrome/extensions/" + kOwnId + ".json", "{}");
  write(kFirefoxFile, R"({"policies": {"ExtensionSettings": {")" + kAddOn +
                          R"(": {"installation_mode": "force_installed"}}}})");
  for (const char* browser : {"Chromium", "Microsoft Edge", "Google Chrome"}) {
    EXPECT_THAT(of(browser).installs, ElementsAre(kOwn)) << browser;
  }
  EXPECT_THAT(of("Firefox").installs, ElementsAre(kAddOn));
  EXPECT_THAT(of("Brave").installs, IsEmpty());
}

TEST_F(Policies, OfChromiumMayHaveCommentsAndACommaAfterALastEntry) {
  const std::string entry = "\"" + kOwnId + ";https://x.example/a.xml\"";
  for (const std::string& text :
       {"/* a */ {\"ExtensionInstallForcelist\": [" + entry + ", /* b ,] */ ], // c\n}",
        "{\"x\": \"// \\\", ] , } /*\", \"ExtensionInstallForcelist\": [" + entry + ",\n],}"}) {
    write(std::string(kManaged) + "a.json", text);
    EXPECT_THAT(of("Chromium").installs, ElementsAre(kOwn)) << text;
    EXPECT_THAT(of("Chromium").broken, IsEmpty());
  }
  for (const char* text : {"{,}", "{\"x\": [1,,]}", "{} /", "{\"x\": \"", "{ /* }", "{ # c\n}"}) {
    write(std::string(kManaged) + "a.json", text);
    EXPECT_EQ(of("Chromium").broken.size(), 1U) << text;
  }
}

TEST_F(Policies, OfFirefoxAreStrictJson) {
  write(kFirefoxFile, R"({"policies": {"ExtensionSettings": {")" + kAddOn +
                          R"(": {"installation_mode": "force_installed",}}}})");
  EXPECT_THAT(of("Firefox").installs, IsEmpty());
  EXPECT_EQ(of("Firefox").broken.size(), 1U);
}

TEST_F(Policies, InstallAndForbidByTheOlderPolicyOfFirefox) {
  const auto extensions = [this](const std::string& text) {
    write(kFirefoxFile, R"({"policies": {"Extensions": {)" + text + "}}}");
    return of("Firefox");
  };
  const std::string own = '"' + kAddOn + '"';
  for (const std::string& text :
       {std::string(R"("Install": ["https://x.example/cardmute-1.0.0.xpi"])"),
        "\"Install\": [\"https://x.example/" + kAddOn + "/latest.xpi\"]",
        R"("Install": ["/srv/a.xpi"], "Locked": [)" + own + "]"}) {
    EXPECT_THAT(extensions(text).installs, ElementsAre(kAddOn)) << text;
  }
  for (const std::string& text : {std::string(R"("Install": ["https://x.example/other.xpi"])"),
                                  "\"Locked\": [" + own + "]", std::string("\"Install\": 5")}) {
    EXPECT_THAT(extensions(text).installs, IsEmpty()) << text;
  }
  EXPECT_THAT(extensions("\"Uninstall\": [" + own + "]").forbids, ElementsAre(kAddOn));
}

TEST_F(Policies, OfAnotherExtensionInstallNothing) {
  write(std::string(kManaged) + "a.json",
        R"({"ExtensionInstallForcelist": ["abcdefghijklmnopabcdefghijklmnop;https://x.example"]})");
  write(kFirefoxFile, R"({"policies": {"ExtensionSettings": {
      "other@example.com": {"installation_mode": "force_installed"}}}})");
  EXPECT_THAT(of("Chromium").installs, IsEmpty());
  EXPECT_THAT(of("Firefox").installs, IsEmpty());
}

TEST_F(Policies, ForbidTheExtensionUnlessItIsAllowedByName) {
  write(std::string(kManaged) + "a.json", R"({"ExtensionInstallBlocklist": ["*"]})");
  write("etc/opt/chrome/policies/managed/a.json",
        R"({"ExtensionSettings": {"*": {"installation_mode": "blocked"}}})");
  write(kFirefoxFile, R"({"policies": {"ExtensionSettings":
      "{\"*\": {\"installation_mode\": \"blocked\"}}"}})");
  EXPECT_THAT(of("Chromium").forbids, ElementsAre(kOwn));
  EXPECT_THAT(of("Google Chrome").forbids, ElementsAre(kOwn));
  EXPECT_THAT(of("Firefox").forbids, ElementsAre(kAddOn)) << "also as a string";
  write(std::string(kManaged) + "b.json",
        R"({"ExtensionInstallAllowlist": [")" + kOwnId + R"("]})");
  write("etc/opt/chrome/policies/managed/a.json",
        R"({"ExtensionSettings": {"*": {"installation_mode": "blocked"}, ")" + kOwnId +
            R"(": {"installation_mode": "allowed"}}})");
  EXPECT_THAT(of("Chromium").forbids, IsEmpty());
  EXPECT_THAT(of("Google Chrome").forbids, IsEmpty());
}

TEST_F(Policies, OfChromiumThatInstallWithoutAnAddressInstallNothing) {
  write(std::string(kManaged) + "a.json", R"({"ExtensionSettings": {")" + kOwnId +
                                              R"(": {"installation_mode": "force_installed"}}})");
  EXPECT_THAT(of("Chromium").installs, IsEmpty());
  ASSERT_EQ(of("Chromium").mistakes.size(), 1U);
  EXPECT_THAT(of("Chromium").mistakes[0].text, HasSubstr("names no update_url"));
}

TEST_F(Policies, OfOneExtensionWinOverEveryList) {
  const std::string list =
      R"("ExtensionInstallForcelist": [")" + kOwnId + R"(;https://x.example"])";
  write(std::string(kManaged) + "a.json", "{" + list + R"(, "ExtensionInstallBlocklist": ["*"]})");
  EXPECT_THAT(of("Chromium").installs, ElementsAre(kOwn));
  write(std::string(kManaged) + "a.json", "{" + list + R"(, "ExtensionSettings": {"other,)" +
                                              kOwnId + R"(": {"installation_mode": "blocked"}}})");
  EXPECT_THAT(of("Chromium").forbids, ElementsAre(kOwn)) << "a name may be several IDs";
  EXPECT_THAT(of("Chromium").installs, IsEmpty());
}

TEST_F(Policies, ForbidTheExtensionByAPermissionThatItNeeds) {
  const auto settings = [this](const std::string& text) {
    write(std::string(kManaged) + "a.json", R"({"ExtensionSettings": {)" + text + "}}");
    return of("Chromium").forbids;
  };
  const std::string all = R"("*": {"blocked_permissions": ["usb", "nativeMessaging"]})";
  EXPECT_THAT(settings(all), ElementsAre(kOwn));
  EXPECT_THAT(settings(R"("*": {"blocked_permissions": ["usb"]})"), IsEmpty());
  EXPECT_THAT(settings(all + R"(, ")" + kOwnId + R"(": {"installation_mode": "allowed"})"),
              IsEmpty())
      << "Chromium does not apply * to an extension that is named";
}

TEST_F(Policies, ThatAreOnlyRecommendedAreNamedAsWithoutEffect) {
  write("etc/chromium/policies/recommended/a.json",
        R"({"ExtensionInstallForcelist": [")" + kOwnId + R"("], "HomepageLocation": "x"})");
  write("etc/chromium/policies/recommended/b.json", R"({"HomepageLocation": "https://x.example"})");
  EXPECT_THAT(of("Chromium").installs, IsEmpty());
  ASSERT_EQ(of("Chromium").mistakes.size(), 1U);
  EXPECT_THAT(of("Chromium").mistakes[0].text,
              HasSubstr("a.json recommends ExtensionInstallForce"));
  EXPECT_THAT(of("Chromium").mistakes[0].remedy, HasSubstr("etc/chromium/policies/managed"));
}

TEST_F(Policies, KeepTheExtensionOffSites) {
  const std::vector<std::string> sites{"https://crm.example.com/*", "https://*.pay.example/card/*"};
  const auto blocked = [&](const std::string& settings) {
    write(std::string(kManaged) + "a.json", R"({"ExtensionSettings": {)" + settings + "}}");
    return blocked_sites(of("Chromium"), sites);
  };
  const auto hosts = [](const std::string& list) {
    return R"("*": {"runtime_blocked_hosts": [)" + list + "]}";
  };
  EXPECT_THAT(blocked(hosts(R"("*://crm.example.com")")), ElementsAre(sites[0]));
  EXPECT_THAT(blocked(hosts(R"("https://*.example.com", "<all_urls>")")),
              ElementsAre(sites[0], sites[1]));
  EXPECT_THAT(blocked(hosts(R"("*://www.pay.example:8443")")), ElementsAre(sites[1]));
  EXPECT_THAT(blocked(hosts(R"("http://crm.example.com", "*://example.com", 5)")), IsEmpty());
  EXPECT_THAT(blocked(R"("*": {"runtime_blocked_hosts": ["*://*"],
                               "runtime_allowed_hosts": ["*://*.example.com"]})"),
              ElementsAre(sites[1]));
  EXPECT_THAT(blocked(hosts(R"("*://*")") + R"(, ")" + kOwnId + R"(": {})"), IsEmpty())
      << "Chromium does not apply * to an extension that is named";
  EXPECT_THAT(blocked(R"(")" + kOwnId + R"(": {"runtime_blocked_hosts": ["*://CRM.example.com"]})"),
              ElementsAre(sites[0]));
}

TEST_F(Policies, OfFirefoxRestrictSites) {
  write(kFirefoxFile, R"({"policies": {"ExtensionSettings": {
      "*": {"restricted_domains": ["crm.example.com"]}}}})");
  const std::vector<std::string> sites{"https://crm.example.com/*", "https://other.example.com/*"};
  EXPECT_THAT(blocked_sites(of("Firefox"), sites), ElementsAre(sites[0]));
}

TEST_F(Policies, ForbidTheHostUnlessItIsAllowedByName) {
  for (const char* listed : {"*", "com.cardmute.host"}) {
    write(std::string(kManaged) + "a.json",
          std::string(R"({"NativeMessagingBlocklist": [")") + listed + "\"]}");
    EXPECT_TRUE(of("Chromium").forbids_host) << listed;
  }
  write(std::string(kManaged) + "b.json", R"({"NativeMessagingAllowlist": ["com.cardmute.host"]})");
  EXPECT_FALSE(of("Chromium").forbids_host);
  write(std::string(kManaged) + "a.json", R"({"NativeMessagingUserLevelHosts": true})");
  EXPECT_FALSE(of("Chromium").forbids_user_hosts);
  write(std::string(kManaged) + "b.json", R"({"NativeMessagingUserLevelHosts": false})");
  EXPECT_TRUE(of("Chromium").forbids_user_hosts) << "the last file wins";
  write(std::string(kManaged) + "c.json", R"({"NativeMessagingUserLevelHosts": true})");
  EXPECT_FALSE(of("Chromium").forbids_user_hosts);
}

TEST_F(Policies, ThatAreBrokenAreNamedAndTheOthersCount) {
  write(std::string(kManaged) + "a.json", "{");
  write(std::string(kManaged) + "b.json",
        R"({"NativeMessagingBlocklist": ["*"], "ExtensionSettings": 5,
      "ExtensionInstallForcelist": [5, {}], "ExtensionInstallBlocklist": {}})");
  write(std::string(kManaged) + "c.txt", "no policy");
  write(std::string(kManaged) + "folder/d.json", "{");
  const BrowserPolicies found = of("Chromium");
  ASSERT_EQ(found.broken.size(), 2U) << "in a folder, Chromium reads files of every name";
  EXPECT_EQ(found.broken[0].filename(), "a.json");
  EXPECT_EQ(found.broken[1].filename(), "c.txt");
  EXPECT_TRUE(found.forbids_host);
  write(kFirefoxFile, "[]");
  EXPECT_EQ(of("Firefox").broken.size(), 1U);
}

TEST_F(Policies, OfFirefoxInTheProgramsFolderCountWhereTheMachineHasNone) {
  const std::string text = R"({"policies": {"ExtensionSettings": {")" + kAddOn +
                           R"(": {"installation_mode": "force_installed"}}}})";
  write("usr/lib/firefox-esr/distribution/policies.json", text);
  EXPECT_THAT(of("Firefox").installs, ElementsAre(kAddOn));
  write(kFirefoxFile, R"({"policies": {}})");
  EXPECT_THAT(of("Firefox").installs, IsEmpty());
}

}  // namespace
}  // namespace cardmute::install
