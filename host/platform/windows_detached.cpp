// Part of process.hpp: starting a detached process.
#include <windows.h>

#include <array>
#include <string>

#include "platform/paths.hpp"
#include "platform/process.hpp"
#include "platform/windows_handle.hpp"
#include "platform/windows_text.hpp"

namespace cardmute::platform {

namespace {

// The command line in the form that CommandLineToArgvW() reads. The arguments are this program's
// own, and contain no quotes.
std::wstring command_line(const std::vector<std::string>& arguments) {
  std::wstring line = L"\"" + executable_path().wstring() + L"\"";
  for (const std::string& word : arguments) line += L" \"" + wide(word) + L"\"";
  return line;
}

// The child's current folder is the system's, because Windows lets nobody remove a folder that is
// the current folder of a process.
std::wstring system_folder() {
  std::array<wchar_t, MAX_PATH> folder{};
  const UINT size = GetSystemDirectoryW(folder.data(), static_cast<UINT>(folder.size()));
  return {folder.data(), size};
}

// The attribute that names the only handles which the child inherits.
class Inherited {
 public:
  explicit Inherited(std::vector<HANDLE> handles) : handles_(std::move(handles)) {
    SIZE_T size = 0;
    InitializeProcThreadAttributeList(nullptr, 1, 0, &size);
    memory_.resize(size);
    ready_ =
        InitializeProcThreadAttributeList(list(), 1, 0, &size) != 0 &&
        UpdateProcThreadAttribute(list(), 0, PROC_THREAD_ATTRIBUTE_HANDLE_LIST, handles_.data(),
                                  handles_.size() * sizeof(HANDLE), nullptr, nullptr) != 0;
  }
  ~Inherited() {
    if (ready_) DeleteProcThreadAttributeList(list());
  }
  Inherited(const Inherited&) = delete;
  Inherited& operator=(const Inherited&) = delete;
  [[nodiscard]] bool ready() const { return ready_; }
  LPPROC_THREAD_ATTRIBUTE_LIST list() {
    return reinterpret_cast<LPPROC_THREAD_ATTRIBUTE_LIST>(memory_.data());
  }

 private:
  std::vector<HANDLE> handles_;
  std::vector<char> memory_;
  bool ready_ = false;
};

}  // namespace

// Fails in a Windows job object that its processes may not leave, because there the child would end
// with the browser and leave the call muted.
bool start_this_detached(const std::vector<std::string>& arguments, int kept_descriptor) {
  SECURITY_ATTRIBUTES inheritable{sizeof(SECURITY_ATTRIBUTES), nullptr, TRUE};
  const Handle nothing(CreateFileW(L"NUL", GENERIC_READ | GENERIC_WRITE, kShareAll, &inheritable,
                                   OPEN_EXISTING, 0, nullptr));
  if (!nothing) return false;
  std::vector<HANDLE> handles{nothing.get()};
  if (kept_descriptor != -1) handles.push_back(handle_of(kept_descriptor));
  Inherited inherited(std::move(handles));
  STARTUPINFOEXW start{};
  start.StartupInfo.cb = sizeof(start);
  start.StartupInfo.dwFlags = STARTF_USESTDHANDLES;
  start.StartupInfo.hStdInput = nothing.get();
  start.StartupInfo.hStdOutput = nothing.get();
  start.StartupInfo.hStdError = nothing.get();
  start.lpAttributeList = inherited.list();
  constexpr DWORD kFlags = DETACHED_PROCESS | CREATE_NEW_PROCESS_GROUP | CREATE_BREAKAWAY_FROM_JOB |
                           EXTENDED_STARTUPINFO_PRESENT;
  std::wstring line = command_line(arguments);
  PROCESS_INFORMATION made{};
  if (!inherited.ready() ||
      CreateProcessW(executable_path().c_str(), line.data(), nullptr, nullptr, TRUE, kFlags,
                     nullptr, system_folder().c_str(), &start.StartupInfo, &made) == 0) {
    return false;
  }
  CloseHandle(made.hThread);
  CloseHandle(made.hProcess);
  return true;
}

}  // namespace cardmute::platform
