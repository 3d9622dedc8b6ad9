// Parts of paths.hpp: stamps of files, and writing files.
#include <windows.h>

#include <algorithm>
#include <array>
#include <sstream>
#include <string_view>
#include <system_error>

#include "platform/paths.hpp"
#include "platform/windows_handle.hpp"
#include "platform/windows_text.hpp"

namespace cardmute::platform {

namespace fs = std::filesystem;

namespace {

// A file cannot be replaced while another process reads it without sharing its deletion, so the
// replacement is tried again. Readers are quick.
constexpr int kReplace_tries = 100;
constexpr DWORD kBetweenTries_ms = 2;

bool is_busy(DWORD error) {
  return error == ERROR_SHARING_VIOLATION || error == ERROR_ACCESS_DENIED ||
         error == ERROR_USER_MAPPED_FILE;
}

// A new file that is deleted unless become() has renamed it.
class Temporary {
 public:
  explicit Temporary(const fs::path& beside) {
    // The name is not in use: no other process has this PID now, and this process numbers its
    // files.
    static unsigned count = 0;
    name_ = beside;
    name_ += L"." + std::to_wstring(GetCurrentProcessId()) + L"-" + std::to_wstring(++count);
    // If there is such a file, a process that was killed has left it. It is deleted and not written
    // to, because it may be a link.
    DeleteFileW(name_.c_str());
    opened_ = Handle(CreateFileW(name_.c_str(), GENERIC_WRITE, 0, nullptr, CREATE_NEW,
                                 FILE_ATTRIBUTE_NORMAL, nullptr));
    if (!opened_) fail_with_last_error("cannot write in " + beside.parent_path().string());
  }
  ~Temporary() {
    opened_ = Handle();
    if (!kept_) DeleteFileW(name_.c_str());
  }
  Temporary(const Temporary&) = delete;
  Temporary& operator=(const Temporary&) = delete;

  void write(std::string_view text) const {
    while (!text.empty()) {
      constexpr std::size_t kPiece_bytes = std::size_t{1024} * 1024;
      DWORD count = 0;
      const auto size = static_cast<DWORD>(std::min(text.size(), kPiece_bytes));
      if (WriteFile(opened_.get(), text.data(), size, &count, nullptr) == 0) {
        fail_with_last_error("cannot write " + name_.string());
      }
      text.remove_prefix(count);
    }
  }

  void become(const fs::path& file, Durability durability) {
    if (durability == Durability::for_good && FlushFileBuffers(opened_.get()) == 0) {
      fail_with_last_error("cannot finish " + name_.string());
    }
    opened_ = Handle();
    for (int attempt = 1; !kept_; ++attempt) {
      kept_ = MoveFileExW(name_.c_str(), file.c_str(), MOVEFILE_REPLACE_EXISTING) != 0;
      if (kept_) return;
      if (attempt == kReplace_tries || !is_busy(GetLastError())) {
        fail_with_last_error("cannot replace " + file.string());
      }
      Sleep(kBetweenTries_ms);
    }
  }

 private:
  fs::path name_;
  Handle opened_;
  bool kept_ = false;
};

}  // namespace

std::string file_stamp(const fs::path& file) {
  const Handle opened(CreateFileW(file.c_str(), FILE_READ_ATTRIBUTES | READ_CONTROL, kShareAll,
                                  nullptr, OPEN_EXISTING, FILE_FLAG_BACKUP_SEMANTICS, nullptr));
  BY_HANDLE_FILE_INFORMATION found{};
  FILE_BASIC_INFO times{};
  if (!opened || GetFileInformationByHandle(opened.get(), &found) == 0 ||
      GetFileInformationByHandleEx(opened.get(), FileBasicInfo, &times, sizeof(times)) == 0) {
    return {};
  }
  // Windows changes ChangeTime with the content, the owner and the permissions.
  std::ostringstream stamp;
  stamp << found.dwVolumeSerialNumber << ':' << found.nFileIndexHigh << '.' << found.nFileIndexLow
        << ':' << found.nFileSizeHigh << '.' << found.nFileSizeLow << ':'
        << times.ChangeTime.QuadPart << '.' << times.LastWriteTime.QuadPart;
  return stamp.str();
}

bool can_write_in(const fs::path& folder) {
  const Handle opened(CreateFileW(folder.c_str(), FILE_ADD_FILE | FILE_TRAVERSE, kShareAll, nullptr,
                                  OPEN_EXISTING, FILE_FLAG_BACKUP_SEMANTICS, nullptr));
  return static_cast<bool>(opened);
}

bool can_execute(const fs::path& file) {
  std::error_code error;
  if (!fs::is_regular_file(file, error)) return false;
  const Handle opened(
      CreateFileW(file.c_str(), FILE_EXECUTE, kShareAll, nullptr, OPEN_EXISTING, 0, nullptr));
  return static_cast<bool>(opened);
}

std::FILE* open_emptied(const fs::path& file) { return _wfopen(file.c_str(), L"w+b"); }

// fopen() is not used: the C library ignores its "x", so it would empty an existing file.
bool create_file(const fs::path& file) {
  const Handle made(CreateFileW(file.c_str(), GENERIC_WRITE, kShareAll, nullptr, CREATE_NEW,
                                FILE_ATTRIBUTE_NORMAL, nullptr));
  return static_cast<bool>(made);
}

// The readers are ignored, because a new file inherits the permissions of its folder.
void write_file_atomically(const fs::path& file, const std::string& text, Readers /*readers*/,
                           Durability durability) {
  Temporary temporary(file);
  temporary.write(text);
  temporary.become(file, durability);
}

void create_public_folders(const fs::path& folder) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (error) throw std::system_error(error, "cannot create the folder " + folder.string());
}

}  // namespace cardmute::platform
