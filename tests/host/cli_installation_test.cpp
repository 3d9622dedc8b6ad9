// Tests install, uninstall and status: their output for people and for programs.
#include <string>

#include "agent/presence.hpp"
#include "cli_fixture.hpp"
#include "platform/process.hpp"
#include "store/proof.hpp"

namespace cardmute::cli {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using ::testing::HasSubstr;

class InstallationCommands : public CommandLine {
 protected:
  InstallationCommands() { fs::create_directories(home() / ".config/chromium"); }
  [[nodiscard]] fs::path manifest() const {
    return home() / ".config/chromium/NativeMessagingHosts/com.cardmute.host.json";
  }
};

TEST_F(InstallationCommands, SayWhatWasDone) {
  EXPECT_EQ(run({"install", "--dry-run"}), 0);
  EXPECT_EQ(out(), "Would install for Chromium: " + manifest().string() + "\n");
  EXPECT_EQ(run({"install"}), 0);
  EXPECT_EQ(out(), "Installed for Chromium: " + manifest().string() + "\n");
  EXPECT_EQ(run({"install"}), 0);
  EXPECT_EQ(out(), "Already installed for Chromium: " + manifest().string() + "\n");
  EXPECT_EQ(run({"uninstall"}), 0);
  EXPECT_EQ(out(), "Removed for Chromium: " + manifest().string() + "\n");
  EXPECT_EQ(run({"uninstall"}), 0);
  EXPECT_EQ(out(), "CardMute is not installed for this user.\n");
  EXPECT_EQ(run({"install", "--system"}), 0);
  EXPECT_THAT(out(), HasSubstr("No browser was found"));
}

TEST_F(InstallationCommands, SayTheSameInJson) {
  EXPECT_EQ(run({"install", "--json", "--path", "/usr/bin/true"}), 0);
  const json document = json_out();
  EXPECT_EQ(document["ok"], true);
  bool found = false;
  for (const json& step : document["manifests"]) {
    const bool is_chromium = step["file"] == manifest().string();
    EXPECT_EQ(step["action"], is_chromium ? "installed" : "skipped");
    found = found || is_chromium;
  }
  EXPECT_TRUE(found);
  EXPECT_EQ(json::parse(test::read_text(manifest()))["path"], "/usr/bin/true");
}

TEST_F(InstallationCommands, LeaveAndReportFilesThatAreNotTheirs) {
  folder().write("home/.config/chromium/NativeMessagingHosts/com.cardmute.host.json", "{}");
  EXPECT_EQ(run({"install"}), 40);
  EXPECT_THAT(err(), HasSubstr("LEFT ALONE for Chromium: " + manifest().string()));
  EXPECT_EQ(run({"uninstall", "--json"}), 40);
  EXPECT_EQ(json_out()["ok"], false);
  EXPECT_EQ(test::read_text(manifest()), "{}");
}

TEST_F(InstallationCommands, WriteIntoAProfile) {
  const fs::path profile = folder().path() / "profile";
  EXPECT_EQ(run({"install", "--profile", profile.string()}), 0);
  EXPECT_TRUE(fs::exists(profile / "NativeMessagingHosts/com.cardmute.host.json"));
  EXPECT_FALSE(fs::exists(manifest()));
  EXPECT_EQ(run({"uninstall", "--profile", profile.string()}), 0);
  EXPECT_FALSE(fs::exists(profile / "NativeMessagingHosts/com.cardmute.host.json"));
}

TEST_F(InstallationCommands, StatusShowsConfigurationBrowsersAndHosts) {
  EXPECT_EQ(run({"status"}), 0);
  EXPECT_THAT(out(), HasSubstr("extension API1API, through https://monapisec.voicenter.co.il"));
  EXPECT_THAT(out(), HasSubstr("https://crm.example.com/*"));
  EXPECT_THAT(out(), HasSubstr("Not installed for any browser"));
  EXPECT_THAT(out(), HasSubstr("No browser is using the host"));

  EXPECT_EQ(run({"install"}), 0);
  ASSERT_TRUE(agent::write_presence(
      folder().path() / "state",
      {platform::this_process(), "chrome-extension://x/", "2026-11-21T10:00:00.000Z",
       R"({"state":"unprotected","problem":{"code":"timeout","message":"no answer in time"}})"}));
  EXPECT_EQ(run({"status"}), 0);
  EXPECT_THAT(out(), HasSubstr("Installed for Chromium (this user): " + manifest().string()));
  EXPECT_THAT(out(), HasSubstr("for chrome-extension://x/: unprotected"));
  EXPECT_THAT(out(), HasSubstr("PROBLEM: no answer in time"));

  EXPECT_EQ(run({"status", "--json"}), 0);
  const json document = json_out();
  EXPECT_EQ(document["configuration"]["target"]["value"], "API1API");
  EXPECT_EQ(document["manifests"][0]["file"], manifest().string());
  EXPECT_EQ(document["manifests"][0]["flaws"], json::array());
  EXPECT_EQ(document["hosts"][0]["pid"], platform::process_id());
  EXPECT_EQ(document["hosts"][0]["status"]["state"], "unprotected");
}

TEST_F(InstallationCommands, StatusShowsHowCallsAreMutedAndWhetherThatIsProven) {
  EXPECT_EQ(run({"status", "--json"}), 0);
  EXPECT_EQ(json_out()["polarity"],
            (json{{"proven", false}, {"at", nullptr}, {"method", nullptr}, {"source", nullptr}}));
  configure(R"({"voicenter": {"extension": "API1API", "target": "call",
      "mute_url": "https://v.example/mute", "mute_state": "0",
      "active_calls": {"url": "https://v.example/calls", "code": "c"}}})");
  ASSERT_EQ(store::write_proof(folder().path() / "state/cardmute.db",
                               {store::configuration_of("https://v.example/mute", "0"), now().utc,
                                true, "active_calls"}),
            std::nullopt);
  EXPECT_EQ(run({"status"}), 0);
  EXPECT_THAT(out(), HasSubstr("each active call of extension API1API, by its own ID"));
  EXPECT_THAT(out(), HasSubstr("proven on 2026-11-21T10:00:00.123Z by Active Calls"));
  EXPECT_EQ(run({"status", "--json"}), 0);
  EXPECT_EQ(json_out()["configuration"]["target"]["by"], "call");
  EXPECT_EQ(json_out()["polarity"], (json{{"proven", true},
                                          {"at", "2026-11-21T10:00:00.123Z"},
                                          {"method", "active_calls"},
                                          {"source", "test_call"}}));
}

TEST_F(InstallationCommands, StatusOfAWrongConfigurationFails) {
  configure("{}");
  EXPECT_EQ(run({"status"}), 78);
  EXPECT_THAT(out(), HasSubstr("Configuration: PROBLEM: "));
  EXPECT_EQ(run({"status", "--json"}), 78);
  EXPECT_EQ(json_out()["ok"], false);
  EXPECT_EQ(json_out()["configuration"]["problems"][0]["key"], "voicenter.extension");
}

}  // namespace
}  // namespace cardmute::cli
