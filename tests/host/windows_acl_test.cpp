// Tests who may change a file according to its permissions on Windows.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <windows.h>
// After windows.h, which it needs.
#include <sddl.h>

#include <optional>
#include <regex>
#include <string>

#include "platform/windows_acl.hpp"
#include "platform/windows_text.hpp"
#include "source_folder.hpp"
#include "temporary_folder.hpp"

namespace cardmute::platform {
namespace {

using ::testing::HasSubstr;
using ::testing::Optional;

constexpr const char* kOfAdministrators = "O:BAG:BAD:P(A;;FA;;;SY)(A;;FA;;;BA)";

// Permissions made from a text (SDDL). A test can change the type of the last entry.
class Permissions {
 public:
  explicit Permissions(const std::string& text) {
    EXPECT_NE(ConvertStringSecurityDescriptorToSecurityDescriptorW(
                  wide(text).c_str(), SDDL_REVISION_1, &memory_, nullptr),
              0)
        << text;
  }
  ~Permissions() { LocalFree(memory_); }
  Permissions(const Permissions&) = delete;
  Permissions& operator=(const Permissions&) = delete;

  void make_last_entry(BYTE type) {
    PACL list = nullptr;
    BOOL has_list = FALSE;
    BOOL by_default = FALSE;
    GetSecurityDescriptorDacl(memory_, &has_list, &list, &by_default);
    void* entry = nullptr;
    ASSERT_NE(GetAce(list, list->AceCount - 1, &entry), 0);
    static_cast<ACE_HEADER*>(entry)->AceType = type;
  }

  [[nodiscard]] std::optional<std::string> flaw(ACCESS_MASK rights = kChangeFile) const {
    return changeable_under(memory_, rights, Trusted::administrators);
  }

 private:
  PSECURITY_DESCRIPTOR memory_ = nullptr;
};

std::string with(const std::string& entry) { return kOfAdministrators + entry; }

TEST(WindowsAcl, TrustsTheSystemAndItsAdministrators) {
  EXPECT_EQ(Permissions(kOfAdministrators).flaw(), std::nullopt);
  EXPECT_EQ(Permissions(with("(A;;FR;;;BU)")).flaw(), std::nullopt);
}

// What the MSI gives the folder of the machine's configuration, and so the files in it, which
// inherit all of its entries.
TEST(WindowsAcl, TrustsTheFolderThatTheInstallerMakes) {
  const auto script = test::read_text(test::source_folder() / "scripts/packages/msi-tables.mjs");
  std::smatch found;
  ASSERT_TRUE(std::regex_search(script, found, std::regex("DATA_PERMISSIONS = '([^']+)'")));
  const std::string permissions = found[1];
  for (const ACCESS_MASK rights : {kChangeFile, kChangeFolder, kReplaceInFolder}) {
    EXPECT_EQ(Permissions(permissions).flaw(rights), std::nullopt);
    EXPECT_THAT(Permissions(permissions + "(A;OICI;FA;;;BU)").flaw(rights),
                Optional(HasSubstr("may change it")));
  }
  EXPECT_THAT(permissions, HasSubstr("D:P(")) << "what ProgramData lets users do is inherited";
}

TEST(WindowsAcl, FindsEveryRightToWrite) {
  for (const char* right : {"FA", "FW", "GA", "GW", "SD", "WD", "WO", "0x100"}) {
    const std::string entry = "(A;;" + std::string(right) + ";;;BU)";
    EXPECT_THAT(Permissions(with(entry)).flaw(), Optional(HasSubstr("may change it"))) << right;
  }
}

TEST(WindowsAcl, LooksOnlyAtWhatCountsForTheFileItself) {
  EXPECT_EQ(Permissions(with("(A;OICIIO;GA;;;BU)")).flaw(), std::nullopt);
  EXPECT_EQ(Permissions(with("(D;;GA;;;BU)")).flaw(), std::nullopt);
}

TEST(WindowsAcl, CountsAnEntryWithAConditionAsFulfilled) {
  Permissions permissions(with("(A;;FA;;;BU)"));
  permissions.make_last_entry(ACCESS_ALLOWED_CALLBACK_ACE_TYPE);
  EXPECT_THAT(permissions.flaw(), Optional(HasSubstr("may change it")));
  permissions.make_last_entry(ACCESS_DENIED_CALLBACK_ACE_TYPE);
  EXPECT_EQ(permissions.flaw(), std::nullopt);
}

TEST(WindowsAcl, RefusesWhatItDoesNotKnow) {
  Permissions permissions(with("(A;;FR;;;BU)"));
  permissions.make_last_entry(ACCESS_ALLOWED_OBJECT_ACE_TYPE);
  EXPECT_THAT(permissions.flaw(), Optional(HasSubstr("an entry of an unknown kind")));
}

TEST(WindowsAcl, RefusesAFileOfAnotherOwnerOrOfNone) {
  EXPECT_THAT(Permissions("O:BUD:P(A;;FA;;;SY)").flaw(), Optional(HasSubstr("it belongs to")));
  EXPECT_EQ(Permissions("D:P(A;;FA;;;SY)").flaw(), "it has no owner");
}

TEST(WindowsAcl, AFileWithoutPermissionsIsEveryones) {
  EXPECT_EQ(Permissions("O:BAG:BA").flaw(), "everyone may change it");
}

}  // namespace
}  // namespace cardmute::platform
