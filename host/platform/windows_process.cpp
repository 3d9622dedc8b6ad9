#include <windows.h>
// These headers need windows.h before them.
#include <fcntl.h>
#include <io.h>
#include <shellapi.h>
#include <tlhelp32.h>
#include <winternl.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <limits>
#include <optional>
#include <string>

#include "platform/process.hpp"
#include "platform/windows_handle.hpp"
#include "platform/windows_listed_process.hpp"
#include "platform/windows_text.hpp"

namespace cardmute::platform {

namespace {

constexpr unsigned kHalf_bits = 32;

std::int64_t number_in(const FILETIME& time) {
  return static_cast<std::int64_t>((std::uint64_t{time.dwHighDateTime} << kHalf_bits) |
                                   time.dwLowDateTime);
}

Handle open_process(std::int64_t pid) {
  if (pid <= 0 || pid > std::numeric_limits<DWORD>::max()) {
    SetLastError(ERROR_INVALID_PARAMETER);
    return Handle();
  }
  return Handle(
      OpenProcess(PROCESS_QUERY_LIMITED_INFORMATION | SYNCHRONIZE, FALSE, static_cast<DWORD>(pid)));
}

// The beginning of an entry of the kernel's list of processes, SYSTEM_PROCESS_INFORMATION. The
// structure in Windows' own header does not name the start time.
struct ListedProcess {
  ULONG next;  // bytes to the next entry; 0: none
  ULONG threads;
  LONGLONG private_memory;
  ULONG faults;
  ULONG most_threads;
  ULONGLONG cycles;
  LARGE_INTEGER created;
  LARGE_INTEGER user_time;
  LARGE_INTEGER kernel_time;
  UNICODE_STRING name;
  LONG priority;
  HANDLE pid;
};

// The kernel's list of all processes; empty if the kernel does not give it. The list may grow
// between two calls, so the call is repeated with more room.
std::vector<char> listed_processes() {
  constexpr int kMaxTries = 5;
  constexpr ULONG kSpare_bytes = 64 * 1024;
  std::vector<char> list(kSpare_bytes);
  for (int attempt = 0; attempt < kMaxTries; ++attempt) {
    ULONG size = 0;
    if (NtQuerySystemInformation(SystemProcessInformation, list.data(),
                                 static_cast<ULONG>(list.size()), &size) == 0) {
      return list;
    }
    list.resize(std::max<std::size_t>(size, list.size()) + kSpare_bytes);
  }
  return {};
}

}  // namespace

std::optional<std::int64_t> listed_start_of(std::uint64_t pid) {
  const std::vector<char> list = listed_processes();
  for (std::size_t at = 0; at + sizeof(ListedProcess) <= list.size();) {
    ListedProcess entry{};
    std::memcpy(&entry, list.data() + at, sizeof(entry));
    if (reinterpret_cast<std::uint64_t>(entry.pid) == pid) return entry.created.QuadPart;
    if (entry.next == 0) break;
    at += entry.next;
  }
  return std::nullopt;
}

namespace {

// What the system says about a process.
struct Seen {
  bool ended = false;
  std::int64_t started = 0;  // 100 ns since 1601; 0: unknown
};

// Returns nullopt if there is no such process.
std::optional<Seen> see(std::int64_t pid) {
  const Handle process = open_process(pid);
  if (!process) {
    // This user cannot open a process of another user, but the kernel's list contains it.
    if (GetLastError() != ERROR_ACCESS_DENIED) return std::nullopt;
    return Seen{false, listed_start_of(static_cast<std::uint64_t>(pid)).value_or(0)};
  }
  FILETIME created{};
  FILETIME ended{};
  FILETIME kernel{};
  FILETIME user{};
  const bool known = GetProcessTimes(process.get(), &created, &ended, &kernel, &user) != 0;
  return Seen{WaitForSingleObject(process.get(), 0) == WAIT_OBJECT_0,
              known ? number_in(created) : 0};
}

// The beginning of SYSTEM_TIMEOFDAY_INFORMATION as the kernel gives it.
struct TimeOfDay {
  LARGE_INTEGER boot_time;
  LARGE_INTEGER current_time;
  LARGE_INTEGER time_zone_bias;
  ULONG time_zone;
  ULONG reserved;
  ULONGLONG boot_time_bias;
  ULONGLONG sleep_time_bias;
};

std::string read_boot() {
  TimeOfDay times{};
  if (NtQuerySystemInformation(SystemTimeOfDayInformation, &times, sizeof(times), nullptr) != 0) {
    return {};
  }
  // Setting the clock changes boot_time and boot_time_bias by the same amount, so their difference
  // stays the same.
  const auto boot = times.boot_time.QuadPart - static_cast<LONGLONG>(times.boot_time_bias);
  return "windows " + std::to_string(boot);
}

const std::string& boot() {
  static const std::string only = read_boot();
  return only;
}

ProcessIdentity identity_of(std::int64_t pid) {
  const auto seen = see(pid);
  return {boot(), pid, seen ? seen->started : 0};
}

// Returns the PID of the process's parent, or 0 if that is unknown. Sets `program` to the name of
// the process's own program.
DWORD parent_of(DWORD pid, std::wstring& program) {
  const Handle all(CreateToolhelp32Snapshot(TH32CS_SNAPPROCESS, 0));
  PROCESSENTRY32W entry{};
  entry.dwSize = sizeof(entry);
  for (BOOL more = Process32FirstW(all.get(), &entry); more != 0;
       more = Process32NextW(all.get(), &entry)) {
    if (entry.th32ProcessID != pid) continue;
    program = &entry.szExeFile[0];
    return entry.th32ParentProcessID;
  }
  return 0;
}

// The process at the other end of standard input, if that is a named pipe, as browsers create it;
// otherwise 0. The parent is not used, because Chromium starts its hosts through cmd.exe, so each
// host would have another parent.
DWORD browser_at_input() noexcept {
  ULONG pid = 0;
  const HANDLE input = GetStdHandle(STD_INPUT_HANDLE);
  return GetFileType(input) == FILE_TYPE_PIPE && GetNamedPipeServerProcessId(input, &pid) != 0 &&
                 pid != GetCurrentProcessId()
             ? pid
             : 0;
}

// The browser is found before main(), which takes standard input away from the process.
const DWORD found_browser = browser_at_input();

}  // namespace

std::vector<std::string> arguments(int /*argc*/, char** /*argv*/) {
  for (const int stream : {0, 1, 2}) _setmode(stream, _O_BINARY);
  DWORD mode = 0;
  if (GetConsoleMode(GetStdHandle(STD_OUTPUT_HANDLE), &mode) != 0) SetConsoleOutputCP(CP_UTF8);
  int count = 0;
  wchar_t** words = CommandLineToArgvW(GetCommandLineW(), &count);
  std::vector<std::string> found;
  for (int i = 1; i < count; ++i) found.push_back(utf8(words[i]));
  LocalFree(words);
  return found;
}

std::int64_t process_id() { return GetCurrentProcessId(); }

bool process_is_alive(std::int64_t pid) {
  const auto seen = see(pid);
  return seen && !seen->ended;
}

ProcessIdentity this_process() { return identity_of(GetCurrentProcessId()); }

ProcessIdentity parent_process() {
  if (found_browser != 0) return identity_of(found_browser);
  std::wstring program;
  DWORD parent = parent_of(GetCurrentProcessId(), program);
  const DWORD above = parent_of(parent, program);
  if (above != 0 && CompareStringOrdinal(program.c_str(), -1, L"cmd.exe", -1, TRUE) == CSTR_EQUAL) {
    parent = above;
  }
  return identity_of(parent);
}

bool process_is_alive(const ProcessIdentity& process) {
  if (process.boot != boot()) return false;
  const auto seen = see(process.pid);
  if (!seen || seen->ended) return false;
  // If the system gives no start time, or gave none when the identity was taken, the process is
  // assumed to be the same.
  return seen->started == 0 || process.started == 0 || seen->started == process.started;
}

void forbid_key_log() { SetEnvironmentVariableW(L"SSLKEYLOGFILE", nullptr); }

// Windows' error reports would contain this process's memory.
void forbid_core_dumps() {
  SetErrorMode(SEM_FAILCRITICALERRORS | SEM_NOGPFAULTERRORBOX | SEM_NOOPENFILEERRORBOX);
}

// GetFileType() is not used, because it gives the same answer for a console and for NUL.
bool stdin_is_terminal() {
  DWORD mode = 0;
  return GetConsoleMode(GetStdHandle(STD_INPUT_HANDLE), &mode) != 0;
}

}  // namespace cardmute::platform
