// Tests the check of host manifests: it is as strict as the browsers, and finds an allowed caller
// that is missing.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "install/manifest.hpp"
#include "platform/paths.hpp"
#include "temporary_folder.hpp"

namespace cardmute::install {
namespace {

using nlohmann::json;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class Manifest : public ::testing::Test {
 protected:
  [[nodiscard]] json good(Kind kind) const {
    return json::parse(manifest_text(kind, program_, {}));
  }
  std::vector<std::string> flaws(Kind kind, const std::string& text,
                                 std::vector<std::string> allowed = {}) {
    return flaws_of(folder_.write("manifest.json", text), kind, program_, allowed);
  }
  std::vector<std::string> flaws(Kind kind, const json& manifest) {
    return flaws(kind, manifest.dump());
  }

 private:
  test::TemporaryFolder folder_;
  std::filesystem::path program_ = platform::executable_path();
};

TEST_F(Manifest, OfFirefoxHoldsNothingThatFirefoxDoesNotKnow) {
  for (const char* key : {"allowed_origins", "$schema", "version"}) {
    json manifest = good(Kind::firefox);
    manifest[key] = "x";
    EXPECT_THAT(flaws(Kind::firefox, manifest),
                ElementsAre(HasSubstr(std::string("does not know the key \"") + key)));
    manifest = good(Kind::chromium);
    manifest[key == std::string("allowed_origins") ? "allowed_extensions" : key] = "x";
    EXPECT_THAT(flaws(Kind::chromium, manifest), IsEmpty()) << "Chromium does not mind " << key;
  }
}

TEST_F(Manifest, WithCommentsIsForChromiumOnly) {
  const std::string comment = "// ours\n/* and */ ";
  EXPECT_THAT(flaws(Kind::chromium, comment + good(Kind::chromium).dump()), IsEmpty());
  EXPECT_THAT(flaws(Kind::firefox, comment + good(Kind::firefox).dump()),
              ElementsAre(HasSubstr("comments, which Firefox does not accept")));
}

TEST_F(Manifest, HasADescription) {
  for (const Kind kind : {Kind::chromium, Kind::firefox}) {
    json manifest = good(kind);
    manifest.erase("description");
    EXPECT_THAT(flaws(kind, manifest), ElementsAre(HasSubstr("\"description\" is missing")));
    manifest["description"] = 5;
    EXPECT_THAT(flaws(kind, manifest), ElementsAre(HasSubstr("\"description\" is missing")));
  }
  json manifest = good(Kind::chromium);
  manifest["description"] = "";
  EXPECT_THAT(flaws(Kind::chromium, manifest), ElementsAre(HasSubstr("is empty")));
  manifest = good(Kind::firefox);
  manifest["description"] = "";
  EXPECT_THAT(flaws(Kind::firefox, manifest), IsEmpty());
}

TEST_F(Manifest, NamesEveryAllowedCallerOfItsKind) {
  const std::vector<std::string> allowed{"chrome-extension://abcdefghijklmnopabcdefghijklmnop/",
                                         "pay@crm.example"};
  EXPECT_THAT(flaws(Kind::chromium, good(Kind::chromium).dump(), allowed),
              ElementsAre(HasSubstr(allowed[0] + " is not in \"allowed_origins\"")));
  EXPECT_THAT(flaws(Kind::firefox, good(Kind::firefox).dump(), allowed),
              ElementsAre(HasSubstr(allowed[1] + " is not in \"allowed_extensions\"")));
  json manifest = good(Kind::firefox);
  manifest["allowed_extensions"].push_back(allowed[1]);
  EXPECT_THAT(flaws(Kind::firefox, manifest.dump(), allowed), IsEmpty());
}

}  // namespace
}  // namespace cardmute::install
