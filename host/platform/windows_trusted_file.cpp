#include <windows.h>

#include <vector>

#include "platform/trusted_file.hpp"
#include "platform/windows_acl.hpp"
#include "platform/windows_handle.hpp"
#include "platform/windows_text.hpp"

namespace cardmute::platform {

namespace fs = std::filesystem;

// Whether the path leads somewhere else, where other folders would have to be examined too.
bool is_link(const fs::path& path) {
  const Handle opened(
      CreateFileW(path.c_str(), FILE_READ_ATTRIBUTES, kShareAll, nullptr, OPEN_EXISTING,
                  FILE_FLAG_BACKUP_SEMANTICS | FILE_FLAG_OPEN_REPARSE_POINT, nullptr));
  FILE_ATTRIBUTE_TAG_INFO found{};
  return opened &&
         GetFileInformationByHandleEx(opened.get(), FileAttributeTagInfo, &found, sizeof(found)) !=
             0 &&
         (found.FileAttributes & FILE_ATTRIBUTE_REPARSE_POINT) != 0 &&
         IsReparseTagNameSurrogate(found.ReparseTag);
}

namespace {

Handle open_to_judge(const fs::path& path, DWORD rights) {
  return Handle(CreateFileW(path.c_str(), rights | READ_CONTROL, kShareAll, nullptr, OPEN_EXISTING,
                            FILE_FLAG_BACKUP_SEMANTICS, nullptr));
}

std::string words(const fs::path& path, const std::string& who, Trusted trusted) {
  if (trusted == Trusted::this_user_too) {
    return path.string() + ": " + who +
           "; expected: only you, administrators and the system; do: icacls \"" + path.string() +
           "\" /reset";
  }
  return path.string() + ": " + who +
         "; expected: only administrators and the system; do, as an administrator: icacls \"" +
         path.string() + "\" /setowner *S-1-5-32-544 && icacls \"" + path.string() +
         "\" /inheritance:r /grant:r *S-1-5-18:F *S-1-5-32-544:F *S-1-5-32-545:R";
}

// Who could replace a folder on the way to `file`, or which folder or file on the way is a link or
// cannot be examined; nullopt if the way is safe.
std::optional<std::string> unsafe_way(const fs::path& file, Trusted trusted) {
  std::error_code error;
  const fs::path absolute = fs::absolute(file, error);
  // The drive itself cannot be renamed.
  for (fs::path at = absolute; at.has_relative_path(); at = at.parent_path()) {
    if (is_link(at)) {
      return at.string() + " is a link; expected: the file and the folders on the way to it " +
             "themselves; name the place to which the link leads";
    }
    if (at == absolute) continue;
    const Handle opened = open_to_judge(at, 0);
    if (!opened) return at.string() + " cannot be examined (" + last_error_text() + ")";
    if (const auto who = changeable_by(opened.get(), kReplaceInFolder, trusted)) {
      return words(at, *who, trusted);
    }
  }
  return std::nullopt;
}

std::optional<std::string> unsafe_file(HANDLE opened, const fs::path& file, Trusted trusted) {
  if (const auto who = changeable_by(opened, kChangeFile, trusted)) {
    return words(file, *who, trusted);
  }
  return unsafe_way(file, trusted);
}

void read_all(HANDLE opened, std::size_t maximum_bytes, FileText& result) {
  std::string text(maximum_bytes, '\0');
  std::size_t size = 0;
  while (size < maximum_bytes) {
    DWORD count = 0;
    if (ReadFile(opened, text.data() + size, static_cast<DWORD>(maximum_bytes - size), &count,
                 nullptr) == 0) {
      result.flaw = "cannot be read (" + last_error_text() + ")";
      return;
    }
    if (count == 0) break;
    size += count;
  }
  text.resize(size);
  result.text = std::move(text);
}

void read_entry(HANDLE opened, std::size_t maximum_bytes, FileText& result) {
  BY_HANDLE_FILE_INFORMATION found{};
  if (GetFileInformationByHandle(opened, &found) == 0 || GetFileType(opened) != FILE_TYPE_DISK) {
    result.flaw = "a device or pipe";
  } else if ((found.dwFileAttributes & FILE_ATTRIBUTE_DIRECTORY) != 0) {
    result.flaw = "a folder";
  } else {
    read_all(opened, maximum_bytes, result);
  }
}

}  // namespace

FileText read_file(const fs::path& file, std::size_t maximum_bytes, Writers writers) {
  FileText result;
  const bool of_root = writers == Writers::root;
  const Handle opened = open_to_judge(file, GENERIC_READ);
  if (!opened) {
    const std::string why = last_error_text();
    if (of_root) {
      result.unsafe = file.string() + " cannot be examined (" + why + ")";
    } else {
      result.flaw = "cannot be read (" + why + ")";
    }
    return result;
  }
  result.unsafe =
      unsafe_file(opened.get(), file, of_root ? Trusted::administrators : Trusted::this_user_too)
          .value_or("");
  if (!of_root || result.unsafe.empty()) read_entry(opened.get(), maximum_bytes, result);
  return result;
}

std::optional<std::string> writable_by_others(const fs::path& file, Owner owner) {
  const Handle opened = open_to_judge(file, 0);
  if (!opened) return file.string() + " cannot be examined (" + last_error_text() + ")";
  return unsafe_file(opened.get(), file,
                     owner == Owner::root ? Trusted::administrators : Trusted::this_user_too);
}

std::optional<std::string> readable_by_others(const fs::path& /*file*/, Owner /*owner*/) {
  return std::nullopt;
}

std::string way_stamp(const fs::path& file) {
  std::string stamp;
  std::error_code error;
  for (fs::path at = fs::absolute(file, error); at.has_relative_path(); at = at.parent_path()) {
    stamp += permissions_text(at) + '|';
  }
  return stamp;
}

}  // namespace cardmute::platform
