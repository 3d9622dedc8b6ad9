// Tests that manifests are written where browsers look, once, and that no other files are changed.
#include "install/install.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <nlohmann/json.hpp>
#include <string>

#include "install/identity.hpp"
#include "install/manifest.hpp"
#include "platform/paths.hpp"
#include "temporary_folder.hpp"

namespace cardmute::install {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

class Installation : public ::testing::Test {
 protected:
  Installation() {
    roots_ = {folder_.path() / "home", folder_.path() / "home/.config", folder_.path() / "root"};
    options_.system = System::linux_desktop;
    options_.program = platform::executable_path();
  }
  [[nodiscard]] fs::path chromium() const {
    return roots_.user_config / "chromium/NativeMessagingHosts/com.cardmute.host.json";
  }
  [[nodiscard]] fs::path firefox() const {
    return roots_.home / ".mozilla/native-messaging-hosts/com.cardmute.host.json";
  }
  void have(const fs::path& path) const { fs::create_directories(path); }
  [[nodiscard]] std::map<fs::path, Action> done(std::vector<Step> (*act)(const Options&,
                                                                         const Roots&)) const {
    std::map<fs::path, Action> actions;
    for (const Step& step : act(options_, roots_)) {
      if (step.action != Action::skipped) {
        actions[step.target.manifest()] = step.action;
      }
    }
    return actions;
  }
  using Actions = std::map<fs::path, Action>;
  Options& options() { return options_; }
  Roots& roots() { return roots_; }
  test::TemporaryFolder& folder() { return folder_; }

 private:
  test::TemporaryFolder folder_;
  Roots roots_;
  Options options_;
};

TEST_F(Installation, WritesOnlyWhereTheBrowserIs) {
  have(roots().user_config / "chromium");
  have(roots().home / ".mozilla");
  EXPECT_EQ(done(install),
            (Actions{{chromium(), Action::installed}, {firefox(), Action::installed}}));
  EXPECT_FALSE(fs::exists(roots().user_config / "google-chrome"));
}

TEST_F(Installation, FindsABrowserThatWasNeverStarted) {
  folder().write("root/usr/bin/chromium", "");
  EXPECT_EQ(done(install), (Actions{{chromium(), Action::installed}}));
}

TEST_F(Installation, WritesTheManifestThatEachKindOfBrowserReads) {
  options().all = true;
  options().allowed_callers = {"chrome-extension://abcdefghijklmnopabcdefghijklmnop/",
                               "pay@crm.example"};
  (void)install(options(), roots());
  const json for_chromium = json::parse(test::read_text(chromium()));
  EXPECT_EQ(for_chromium, (json{{"name", "com.cardmute.host"},
                                {"description", kHostDescription},
                                {"path", platform::executable_path().string()},
                                {"type", "stdio"},
                                {"allowed_origins",
                                 {"chrome-extension://gdbpaifghphnalcleahapkpgepppfeai/",
                                  "chrome-extension://abcdefghijklmnopabcdefghijklmnop/"}}}));
  const json for_firefox = json::parse(test::read_text(firefox()));
  EXPECT_EQ(for_firefox["allowed_extensions"],
            (json{"{7d1f5c0e-6c1b-4f0a-9c53-2a1d0e8b4a77}", "pay@crm.example"}));
  EXPECT_FALSE(for_firefox.contains("allowed_origins"));
  EXPECT_TRUE(flaws_of(chromium(), Kind::chromium, options().program).empty());
  EXPECT_TRUE(flaws_of(firefox(), Kind::firefox, options().program).empty());
  EXPECT_EQ(fs::status(chromium()).permissions(), static_cast<fs::perms>(0644));
}

TEST_F(Installation, DoneTwiceChangesNothing) {
  have(roots().user_config / "chromium");
  (void)install(options(), roots());
  const std::string before = platform::file_stamp(chromium());
  EXPECT_EQ(done(install), (Actions{{chromium(), Action::unchanged}}));
  EXPECT_EQ(platform::file_stamp(chromium()), before);
}

TEST_F(Installation, UpdatesItsOwnManifest) {
  have(roots().user_config / "chromium");
  (void)install(options(), roots());
  options().program = "/usr/bin/true";
  EXPECT_EQ(done(install), (Actions{{chromium(), Action::updated}}));
  EXPECT_EQ(json::parse(test::read_text(chromium()))["path"], "/usr/bin/true");
}

TEST_F(Installation, DryRunSaysTheSameAndDoesNothing) {
  have(roots().user_config / "chromium");
  options().dry_run = true;
  EXPECT_EQ(done(install), (Actions{{chromium(), Action::installed}}));
  EXPECT_FALSE(fs::exists(chromium().parent_path()));
  options().dry_run = false;
  (void)install(options(), roots());
  options().dry_run = true;
  EXPECT_EQ(done(uninstall), (Actions{{chromium(), Action::removed}}));
  EXPECT_TRUE(fs::exists(chromium()));
}

TEST_F(Installation, IsRemovedWithoutAnythingElse) {
  have(roots().user_config / "chromium");
  const fs::path other =
      folder().write("home/.config/chromium/NativeMessagingHosts/com.example.other.json", "theirs");
  (void)install(options(), roots());
  EXPECT_EQ(done(uninstall), (Actions{{chromium(), Action::removed}}));
  EXPECT_FALSE(fs::exists(chromium()));
  EXPECT_EQ(test::read_text(other), "theirs");
  EXPECT_EQ(done(uninstall), Actions{});
}

TEST_F(Installation, LeavesAFileOfItsNameThatIsNotItsOwn) {
  const std::string path = "home/.config/chromium/NativeMessagingHosts/com.cardmute.host.json";
  for (const char* text : {R"({"name": "com.example.other"})", "no JSON", "[]", ""}) {
    const fs::path file = folder().write(path, text);
    EXPECT_EQ(done(install), (Actions{{file, Action::foreign}})) << text;
    EXPECT_EQ(done(uninstall), (Actions{{file, Action::foreign}})) << text;
    EXPECT_EQ(test::read_text(file), text);
  }
  fs::remove(chromium());
  fs::create_symlink("/nowhere/at/all", chromium());
  EXPECT_EQ(done(install), (Actions{{chromium(), Action::foreign}}));
  EXPECT_TRUE(fs::is_symlink(chromium()));
}

TEST_F(Installation, FailsForOneBrowserAndGoesOnWithTheNext) {
  folder().write("home/.config/chromium", "a file where the folder should be");
  have(roots().home / ".mozilla");
  EXPECT_EQ(done(install), (Actions{{chromium(), Action::failed}, {firefox(), Action::installed}}));
}

TEST_F(Installation, ForTheMachineServesOnlyInstalledBrowsers) {
  options().scope = Scope::machine;
  have(roots().user_config / "google-chrome");
  folder().write("root/usr/bin/brave-browser", "");
  const fs::path shared =
      roots().root / "etc/opt/chrome/native-messaging-hosts/com.cardmute.host.json";
  EXPECT_EQ(done(install), (Actions{{shared, Action::installed}}));
  EXPECT_EQ(fs::status(shared.parent_path()).permissions(), static_cast<fs::perms>(0755));
}

TEST_F(Installation, IntoAProfileOfItsOwn) {
  options().profile = folder().path() / "profile";
  const fs::path file = *options().profile / "NativeMessagingHosts/com.cardmute.host.json";
  EXPECT_EQ(done(install), (Actions{{file, Action::installed}}));
  EXPECT_EQ(done(uninstall), (Actions{{file, Action::removed}}));
}

TEST(BrowserTable, HasAKeyOfTheRegistryForEachRowOfWindowsAndNoOther) {
  for (const Row& row : table()) {
    EXPECT_EQ(!row.key.empty(), row.system == System::windows) << row.browser;
    EXPECT_EQ(row.key.ends_with(R"(NativeMessagingHosts\com.cardmute.host)"),
              row.system == System::windows);
    EXPECT_FALSE(row.signs.empty());
  }
}

TEST(BrowserTable, HasFullPathsAndASignForEachRow) {
  const Roots roots{"/home/agent", "/home/agent/.config", "/"};
  for (const System system : {System::linux_desktop, System::macos}) {
    for (const Scope scope : {Scope::user, Scope::machine}) {
      EXPECT_GE(targets(roots, system, scope).size(), 4U);
      for (const Target& target : targets(roots, system, scope)) {
        EXPECT_TRUE(target.folder.is_absolute()) << target.folder;
        EXPECT_THAT(target.folder.filename().string(),
                    ::testing::AnyOf("NativeMessagingHosts", "native-messaging-hosts"));
        EXPECT_EQ(target.folder.string().starts_with("/home/agent/"), scope == Scope::user);
      }
    }
  }
  for (const Row& row : table()) {
    EXPECT_FALSE(row.signs.empty()) << row.browser;
    for (const Spot& sign : row.signs) {
      EXPECT_FALSE(fs::path(sign.path).is_absolute()) << sign.path;
    }
  }
}

TEST(BrowserTable, NamesBrowsersThatShareAFolderTogether) {
  const auto machine =
      targets({"/h", "/h/.config", "/nowhere"}, System::linux_desktop, Scope::machine);
  EXPECT_EQ(machine.at(0).folder, "/nowhere/etc/opt/chrome/native-messaging-hosts");
  EXPECT_THAT(machine.at(0).browsers, ElementsAre("Google Chrome", "Brave", "Vivaldi", "Opera"));
  EXPECT_EQ(machine.at(0).names(), "Google Chrome, Brave, Vivaldi, Opera");
}

TEST(Identity, KnowsItsOwnExtensionsOnly) {
  EXPECT_TRUE(is_compiled_in_caller("chrome-extension://gdbpaifghphnalcleahapkpgepppfeai/"));
  EXPECT_TRUE(is_compiled_in_caller("{7d1f5c0e-6c1b-4f0a-9c53-2a1d0e8b4a77}"));
  EXPECT_FALSE(is_compiled_in_caller("chrome-extension://gdbpaifghphnalcleahapkpgepppfeai"));
  EXPECT_FALSE(is_compiled_in_caller(""));
}

struct FlawCase {
  const char* name;
  const char* key;
  json value;
  const char* says;
};

TEST(ManifestFlaws, AreNamedOneByOne) {
  const test::TemporaryFolder folder;
  const fs::path program = platform::executable_path();
  const json good = json::parse(manifest_text(Kind::chromium, program, {}));
  const fs::path plain = folder.write("plain", "");
  const std::vector<FlawCase> cases{
      {"name", "name", "com.example.other", "\"name\" is not com.cardmute.host"},
      {"type", "type", "socket", "\"type\" is not stdio"},
      {"relative", "path", "cardmute-host", "not the full path"},
      {"gone", "path", "/nowhere/cardmute-host", "which does not exist"},
      {"other", "path", plain.string(), "another program"},
      {"no list", "allowed_origins", nullptr, "is missing"},
      {"no slash", "allowed_origins",
       json{kChromiumOrigins[0], "chrome-extension://abcdefghijklmnopabcdefghijklmnop"},
       "rejects the whole file"},
      {"not ours", "allowed_origins",
       json::array({"chrome-extension://abcdefghijklmnopabcdefghijklmnop/"}),
       "gdbpaifghphnalcleahapkpgepppfeai"},
  };
  for (const FlawCase& flaw : cases) {
    json manifest = good;
    manifest[flaw.key] = flaw.value;
    const fs::path file = folder.write("manifest.json", manifest.dump());
    EXPECT_THAT(flaws_of(file, Kind::chromium, program), ElementsAre(HasSubstr(flaw.says)))
        << flaw.name;
  }
  const fs::path broken = folder.write("manifest.json", "{");
  EXPECT_THAT(flaws_of(broken, Kind::chromium, program),
              ElementsAre(HasSubstr("not a JSON object")));
  const fs::path loose = folder.write("manifest.json", good.dump());
  fs::permissions(plain, static_cast<fs::perms>(0644));
  EXPECT_THAT(flaws_of(loose, Kind::firefox, program),
              ElementsAre(HasSubstr("does not know the key \"allowed_origins\""),
                          HasSubstr("\"allowed_extensions\" is missing")));
}

}  // namespace
}  // namespace cardmute::install
