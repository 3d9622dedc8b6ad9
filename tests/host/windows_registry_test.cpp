// Tests that a key is removed from both views of the registry, for 64-bit and 32-bit programs.
#include <gtest/gtest.h>
#include <windows.h>

#include <string>

#include "platform/registry.hpp"
#include "platform/windows_text.hpp"

namespace cardmute::platform {
namespace {

// A key of the machine, because a user's keys are the same in both views. No program reads it.
constexpr const char* kKey = R"(Software\CardMute-Test)";

TEST(Registry, RemovesAKeyFromBothViews) {
  for (const REGSAM view : {KEY_WOW64_64KEY, KEY_WOW64_32KEY}) {
    HKEY made = nullptr;
    ASSERT_EQ(RegCreateKeyExW(HKEY_LOCAL_MACHINE, wide(kKey).c_str(), 0, nullptr, 0,
                              KEY_WRITE | view, nullptr, &made, nullptr),
              ERROR_SUCCESS);
    RegSetValueExW(made, nullptr, 0, REG_SZ, reinterpret_cast<const BYTE*>(L"x"), 4);
    RegCloseKey(made);
  }
  remove_registry_key(Hive::machine, kKey);
  for (const auto view : {RegistryView::of_64_bits, RegistryView::of_32_bits}) {
    EXPECT_EQ(registry_text(Hive::machine, view, kKey), std::nullopt);
  }
  remove_registry_key(Hive::machine, kKey);  // a missing key is no error
}

}  // namespace
}  // namespace cardmute::platform
