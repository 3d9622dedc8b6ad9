// Tests policies of browsers in Windows' registry.
#include <gtest/gtest.h>
#include <windows.h>

#include <nlohmann/json.hpp>
#include <string>

#include "install/registry_policies.hpp"
#include "platform/windows_text.hpp"

namespace cardmute::install {
namespace {

using nlohmann::json;
using platform::wide;

constexpr const char* kKey = R"(Software\CardMute\Test)";

// The tests write policies below a key of this user, which no program reads.
class RegistryPolicies : public ::testing::Test {
 protected:
  void TearDown() override { RegDeleteTreeW(HKEY_CURRENT_USER, wide(kKey).c_str()); }

  static void set_text(const std::string& key, const std::string& name, const std::string& text) {
    const std::wstring value = wide(text);
    RegSetKeyValueW(HKEY_CURRENT_USER, wide(kKey + key).c_str(), wide(name).c_str(), REG_SZ,
                    value.c_str(), static_cast<DWORD>((value.size() + 1) * sizeof(wchar_t)));
  }
  static void set_number(const std::string& name, DWORD number) {
    RegSetKeyValueW(HKEY_CURRENT_USER, wide(kKey).c_str(), wide(name).c_str(), REG_DWORD, &number,
                    sizeof(number));
  }
};

TEST_F(RegistryPolicies, AreNoneWithoutTheKey) {
  EXPECT_EQ(registry_policies(kKey), json::object());
}

TEST_F(RegistryPolicies, HaveListsAndObjectsAsTheFilesHave) {
  set_number("NativeMessagingUserLevelHosts", 0);
  set_text("", "ExtensionSettings", R"({"*": {"installation_mode": "blocked"}})");
  set_text(R"(\NativeMessagingBlocklist)", "1", "*");
  set_text(R"(\NativeMessagingBlocklist)", "2", "com.example");
  set_text(R"(\Extensions\Install)", "1", "https://example.com/cardmute.xpi");
  const json expected{
      {"NativeMessagingUserLevelHosts", false},
      {"ExtensionSettings", R"({"*": {"installation_mode": "blocked"}})"},
      {"NativeMessagingBlocklist", {"*", "com.example"}},
      {"Extensions", {{"Install", json::array({"https://example.com/cardmute.xpi"})}}}};
  EXPECT_EQ(registry_policies(kKey), expected);
}

}  // namespace
}  // namespace cardmute::install
