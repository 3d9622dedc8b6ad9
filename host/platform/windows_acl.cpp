#include "platform/windows_acl.hpp"

// These headers need windows.h before them.
#include <aclapi.h>
#include <sddl.h>

#include <array>
#include <vector>

#include "platform/windows_handle.hpp"
#include "platform/windows_text.hpp"

namespace cardmute::platform {

namespace {

// The SID of TrustedInstaller, which owns Windows' own folders. WELL_KNOWN_SID_TYPE does not
// contain it.
constexpr const wchar_t* kTrustedInstaller =
    L"S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464";

std::vector<char> well_known(WELL_KNOWN_SID_TYPE type) {
  DWORD size = SECURITY_MAX_SID_SIZE;
  std::vector<char> sid(size);
  if (CreateWellKnownSid(type, nullptr, sid.data(), &size) == 0) sid.clear();
  return sid;
}

std::vector<char> this_user() {
  HANDLE token = nullptr;
  if (OpenProcessToken(GetCurrentProcess(), TOKEN_QUERY, &token) == 0) return {};
  const Handle opened(token);
  DWORD size = 0;
  GetTokenInformation(token, TokenUser, nullptr, 0, &size);
  std::vector<char> memory(size);
  if (GetTokenInformation(token, TokenUser, memory.data(), size, &size) == 0) return {};
  PSID sid = reinterpret_cast<TOKEN_USER*>(memory.data())->User.Sid;
  const char* first = static_cast<const char*>(sid);
  return {first, first + GetLengthSid(sid)};
}

bool is_any_of(PSID sid, std::initializer_list<WELL_KNOWN_SID_TYPE> types) {
  for (const WELL_KNOWN_SID_TYPE type : types) {
    auto known = well_known(type);
    if (!known.empty() && EqualSid(sid, known.data()) != 0) return true;
  }
  return false;
}

std::string text_of(PSID sid) {
  wchar_t* text = nullptr;
  if (ConvertSidToStringSidW(sid, &text) == 0) return "an unknown user";
  std::string result = utf8(text);
  LocalFree(text);
  return result;
}

bool is_trusted(PSID sid, Trusted trusted) {
  // CREATOR OWNER and OWNER RIGHTS stand for the owner, who is examined separately.
  if (is_any_of(sid, {WinLocalSystemSid, WinBuiltinAdministratorsSid, WinCreatorOwnerSid,
                      WinCreatorOwnerRightsSid}) ||
      text_of(sid) == utf8(kTrustedInstaller)) {
    return true;
  }
  if (trusted == Trusted::administrators) return false;
  static const std::vector<char> me = this_user();
  // EqualSid() takes no pointer to constant memory.
  auto own = me;
  return !own.empty() && EqualSid(sid, own.data()) != 0;
}

std::string name_of(PSID sid) {
  std::array<wchar_t, 256> name{};
  std::array<wchar_t, 256> domain{};
  auto name_size = static_cast<DWORD>(name.size());
  auto domain_size = static_cast<DWORD>(domain.size());
  SID_NAME_USE use{};
  if (LookupAccountSidW(nullptr, sid, name.data(), &name_size, domain.data(), &domain_size, &use) ==
      0) {
    return text_of(sid);
  }
  return (domain_size == 0 ? "" : utf8(domain.data()) + "\\") + utf8(name.data());
}

// Whether entries of this type only take rights away.
bool only_denies(BYTE type) {
  return type == ACCESS_DENIED_ACE_TYPE || type == ACCESS_DENIED_OBJECT_ACE_TYPE ||
         type == ACCESS_DENIED_CALLBACK_ACE_TYPE || type == ACCESS_DENIED_CALLBACK_OBJECT_ACE_TYPE;
}

// Whether entries of this type grant rights. Both types begin with the access mask and the SID. The
// second type also has a condition, which is assumed to be true.
bool allows(BYTE type) {
  return type == ACCESS_ALLOWED_ACE_TYPE || type == ACCESS_ALLOWED_CALLBACK_ACE_TYPE;
}

std::optional<std::string> changeable_by_list(PACL list, ACCESS_MASK rights, Trusted trusted) {
  if (list == nullptr) return "everyone may change it";
  for (DWORD at = 0; at < list->AceCount; ++at) {
    void* entry = nullptr;
    if (GetAce(list, at, &entry) == 0) return "its permissions cannot be read";
    const auto* header = static_cast<ACE_HEADER*>(entry);
    // An INHERIT_ONLY entry applies only to what is created in the folder.
    if ((header->AceFlags & INHERIT_ONLY_ACE) != 0 || only_denies(header->AceType)) continue;
    if (!allows(header->AceType)) return "its permissions have an entry of an unknown kind";
    auto* allowed = static_cast<ACCESS_ALLOWED_ACE*>(entry);
    PSID sid = &allowed->SidStart;
    if ((allowed->Mask & rights) != 0 && !is_trusted(sid, trusted)) {
      return name_of(sid) + " may change it";
    }
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::string> changeable_by(HANDLE opened, ACCESS_MASK rights, Trusted trusted) {
  PSECURITY_DESCRIPTOR memory = nullptr;
  const DWORD failed = GetSecurityInfo(opened, SE_FILE_OBJECT,
                                       OWNER_SECURITY_INFORMATION | DACL_SECURITY_INFORMATION,
                                       nullptr, nullptr, nullptr, nullptr, &memory);
  if (failed != ERROR_SUCCESS) return "its permissions cannot be read (" + error_text(failed) + ")";
  auto found = changeable_under(memory, rights, trusted);
  LocalFree(memory);
  return found;
}

std::optional<std::string> changeable_under(PSECURITY_DESCRIPTOR permissions, ACCESS_MASK rights,
                                            Trusted trusted) {
  PSID owner = nullptr;
  PACL list = nullptr;
  BOOL has_list = FALSE;
  BOOL by_default = FALSE;
  if (GetSecurityDescriptorOwner(permissions, &owner, &by_default) == 0 ||
      GetSecurityDescriptorDacl(permissions, &has_list, &list, &by_default) == 0) {
    return "its permissions cannot be read (" + last_error_text() + ")";
  }
  if (owner == nullptr) return "it has no owner";
  if (!is_trusted(owner, trusted)) return "it belongs to " + name_of(owner);
  return changeable_by_list(has_list == 0 ? nullptr : list, rights, trusted);
}

std::string permissions_text(const std::filesystem::path& path) {
  PSECURITY_DESCRIPTOR memory = nullptr;
  constexpr SECURITY_INFORMATION kWanted = OWNER_SECURITY_INFORMATION | DACL_SECURITY_INFORMATION;
  if (GetNamedSecurityInfoW(path.c_str(), SE_FILE_OBJECT, kWanted, nullptr, nullptr, nullptr,
                            nullptr, &memory) != ERROR_SUCCESS) {
    return {};
  }
  wchar_t* text = nullptr;
  std::string result;
  if (ConvertSecurityDescriptorToStringSecurityDescriptorW(memory, SDDL_REVISION_1, kWanted, &text,
                                                           nullptr) != 0) {
    result = utf8(text);
    LocalFree(text);
  }
  LocalFree(memory);
  return result;
}

}  // namespace cardmute::platform
