// Tests that a host notices when manifests name another program than the running one.
#include <gtest/gtest.h>

#include <fstream>

#include "install/manifest.hpp"
#include "install/replacement.hpp"
#include "temporary_folder.hpp"

namespace cardmute::install {
namespace {

namespace fs = std::filesystem;

class Replacement : public ::testing::Test {
 protected:
  fs::path program(const std::string& version) {
    const fs::path file = folder_.path() / version / "cardmute-host";
    fs::create_directories(file.parent_path());
    std::ofstream(file) << version;
    return file;
  }
  void set_manifest(const fs::path& to) {
    const fs::path file = targets(roots_, System::linux_desktop, Scope::machine).front().manifest();
    fs::create_directories(file.parent_path());
    std::ofstream(file) << manifest_text(Kind::chromium, to, {});
  }
  bool replaced(const fs::path& by, Kind kind = Kind::chromium) {
    return is_replaced(by, kind, roots_, System::linux_desktop);
  }

  test::TemporaryFolder folder_;
  Roots roots_{folder_.path() / "home", folder_.path() / "home/.config", folder_.path()};
};

TEST_F(Replacement, IsAnotherProgramInTheManifest) {
  const fs::path before = program("1.0.0");
  EXPECT_FALSE(replaced(before)) << "no manifest";
  set_manifest(before);
  EXPECT_FALSE(replaced(before)) << "its own";
  set_manifest(program("1.1.0"));
  EXPECT_TRUE(replaced(before));
  EXPECT_FALSE(replaced(before, Kind::firefox)) << "the other kind's";
}

TEST_F(Replacement, IsNoneWhileTheNewProgramIsMissing) {
  const fs::path before = program("1.0.0");
  set_manifest(folder_.path() / "1.1.0/cardmute-host");
  EXPECT_FALSE(replaced(before));
}

}  // namespace
}  // namespace cardmute::install
