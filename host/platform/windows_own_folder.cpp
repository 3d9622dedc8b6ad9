#include <windows.h>

#include <system_error>

#include "platform/own_folder.hpp"
#include "platform/paths.hpp"
#include "platform/person.hpp"
#include "platform/windows_acl.hpp"
#include "platform/windows_handle.hpp"
#include "platform/windows_text.hpp"

namespace cardmute::platform {

namespace fs = std::filesystem;

namespace {

std::string me() { return login_name().value_or(""); }

std::string grant_remedy(const fs::path& path) {
  return "icacls \"" + path.string() + "\" /grant \"" + me() + "\":(OI)(CI)F";
}

FolderFlaw unusable(const fs::path& path, const std::string& why) {
  return {path.string() + " cannot be used by " + me() + " (" + why + ")", grant_remedy(path),
          true};
}

std::optional<FolderFlaw> flaw_of_missing(const fs::path& folder) {
  std::error_code error;
  fs::path at = folder;
  while (!fs::exists(at, error) && at.has_relative_path()) at = at.parent_path();
  if (!fs::is_directory(at, error))
    return FolderFlaw{at.string() + " is no folder", "move it away", true};
  if (can_write_in(at)) return std::nullopt;
  return unusable(at, last_error_text());
}

// Finds files that this user cannot use, for example because an administrator has created them.
std::optional<FolderFlaw> flaw_of_files(const fs::path& folder,
                                        const std::vector<std::string>& files) {
  for (const std::string& name : files) {
    const fs::path path = folder / name;
    const Handle opened(CreateFileW(path.c_str(), GENERIC_READ | GENERIC_WRITE, kShareAll, nullptr,
                                    OPEN_EXISTING, FILE_FLAG_BACKUP_SEMANTICS, nullptr));
    if (!opened && GetLastError() == ERROR_ACCESS_DENIED) return unusable(path, last_error_text());
  }
  return std::nullopt;
}

}  // namespace

std::optional<FolderFlaw> flaw_of_own_folder(const fs::path& folder,
                                             const std::vector<std::string>& files) {
  std::error_code error;
  if (!fs::exists(folder, error)) return flaw_of_missing(folder);
  if (!fs::is_directory(folder, error)) {
    return FolderFlaw{folder.string() + " is no folder", "move it away", true};
  }
  if (!can_write_in(folder)) return unusable(folder, last_error_text());
  if (auto flaw = flaw_of_files(folder, files)) return flaw;
  const Handle opened(CreateFileW(folder.c_str(), READ_CONTROL, kShareAll, nullptr, OPEN_EXISTING,
                                  FILE_FLAG_BACKUP_SEMANTICS, nullptr));
  const auto who = changeable_by(opened.get(), kChangeFolder, Trusted::this_user_too);
  if (!who) return std::nullopt;
  return FolderFlaw{folder.string() + ": " + *who + "; expected: only " + me() +
                        ", administrators and the system",
                    "icacls \"" + folder.string() + "\" /inheritance:r /grant:r \"" + me() +
                        "\":(OI)(CI)F *S-1-5-18:(OI)(CI)F *S-1-5-32-544:(OI)(CI)F"};
}

// Nothing has to be done, because a file that an administrator creates in a user's folder inherits
// the permissions of the folder.
std::optional<std::string> become_owner_of(const fs::path& /*folder*/) { return std::nullopt; }

}  // namespace cardmute::platform
