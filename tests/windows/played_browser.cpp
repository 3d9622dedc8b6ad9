// Starts a host as the browsers on Windows do, and passes messages between the host and this
// program's own standard streams, so that a test can play the browser. Also runs on Windows itself.
//   played-browser MODE CALLER [HOST]
// MODE   cmd: by the command processor, as Chrome does where the host is no program of its own.
//        direct: with its ends of the pipes, as Chrome does with a program.
//        job: like direct, in a job that ends with the browser, and that processes may leave
//        (Firefox). closed-job: like direct, in a job that no process may leave.
// HOST   the host's program. Without it: the one of the manifest that Chrome's registry key names.
// The end of standard input closes the pipe to the host. The exit code is the host's.
#include <windows.h>

#include <array>
#include <fstream>
#include <iostream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <thread>

#include "platform/registry.hpp"
#include "platform/windows_handle.hpp"
#include "platform/windows_text.hpp"

namespace {

using cardmute::platform::Handle;
using cardmute::platform::Hive;
using cardmute::platform::RegistryView;

constexpr const char* kKey = R"(Software\Google\Chrome\NativeMessagingHosts\com.cardmute.host)";
constexpr DWORD kNotStarted = 99;

// Chrome looks for the user's key before the machine's, each in the 32-bit view first.
std::wstring registered_host() {
  for (const Hive hive : {Hive::user, Hive::machine}) {
    for (const auto view : {RegistryView::of_32_bits, RegistryView::of_64_bits}) {
      const auto manifest = cardmute::platform::registry_text(hive, view, kKey);
      if (!manifest) continue;
      std::ifstream file(*manifest);
      const std::string program = nlohmann::json::parse(file)["path"];
      const std::string folder = manifest->substr(0, manifest->find_last_of('\\') + 1);
      const bool whole = program.find(':') != std::string::npos;
      return cardmute::platform::wide(whole ? program : folder + program);
    }
  }
  return {};
}

std::wstring pipe_name(const wchar_t* direction) {
  return LR"(\\.\pipe\chrome.nativeMessaging.)" + std::wstring(direction) + L"." +
         std::to_wstring(GetCurrentProcessId());
}

Handle make_pipe(const std::wstring& name, DWORD direction) {
  constexpr DWORD kWait_ms = 5000;
  return Handle(CreateNamedPipeW(name.c_str(), direction | FILE_FLAG_FIRST_PIPE_INSTANCE,
                                 PIPE_TYPE_BYTE, 1, 0, 0, kWait_ms, nullptr));
}

// The host's end of a pipe, with no more rights than Chrome gives it.
Handle hosts_end(const std::wstring& name, DWORD right) {
  SECURITY_ATTRIBUTES inheritable{sizeof(SECURITY_ATTRIBUTES), nullptr, TRUE};
  return Handle(
      CreateFileW(name.c_str(), right | SYNCHRONIZE, 0, &inheritable, OPEN_EXISTING, 0, nullptr));
}

// Copies bytes until one of the two ends is closed.
void pass_on(HANDLE from, HANDLE to) {
  std::array<char, 65'536> bytes{};
  DWORD count = 0;
  while (ReadFile(from, bytes.data(), static_cast<DWORD>(bytes.size()), &count, nullptr) != 0 &&
         count > 0) {
    DWORD written = 0;
    if (WriteFile(to, bytes.data(), count, &written, nullptr) == 0) return;
  }
}

Handle job_for(std::wstring_view mode) {
  Handle job(CreateJobObjectW(nullptr, nullptr));
  JOBOBJECT_EXTENDED_LIMIT_INFORMATION limits{};
  limits.BasicLimitInformation.LimitFlags =
      JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE | (mode == L"job" ? JOB_OBJECT_LIMIT_BREAKAWAY_OK : 0);
  SetInformationJobObject(job.get(), JobObjectExtendedLimitInformation, &limits, sizeof(limits));
  return job;
}

struct Started {
  Handle process;
  Handle job;
};

Started start(const std::wstring& mode, const std::wstring& host, const std::wstring& caller) {
  const std::wstring words = L"\"" + host + L"\" " + caller + L" --parent-window=0";
  const std::wstring in = pipe_name(L"in");
  const std::wstring out = pipe_name(L"out");
  std::wstring line = words;
  STARTUPINFOW how{};
  how.cb = sizeof(how);
  how.dwFlags = STARTF_USESHOWWINDOW;
  how.wShowWindow = SW_HIDE;
  Handle read;
  Handle write;
  if (mode == L"cmd") {
    line = L"cmd.exe /d /s /c \"" + words + L" < " + in + L" > " + out + L"\"";
  } else {
    read = hosts_end(in, FILE_READ_DATA);
    write = hosts_end(out, FILE_WRITE_DATA);
    how.dwFlags |= STARTF_USESTDHANDLES;
    how.hStdInput = read.get();
    how.hStdOutput = write.get();
  }
  PROCESS_INFORMATION made{};
  if (CreateProcessW(nullptr, line.data(), nullptr, nullptr, mode == L"cmd" ? FALSE : TRUE,
                     CREATE_SUSPENDED, nullptr, nullptr, &how, &made) == 0) {
    return {Handle(), Handle()};
  }
  Started started{Handle(made.hProcess), Handle()};
  if (mode.ends_with(L"job")) {
    started.job = job_for(mode);
    AssignProcessToJobObject(started.job.get(), made.hProcess);
  }
  ResumeThread(made.hThread);
  CloseHandle(made.hThread);
  return started;
}

int play(const std::wstring& mode, const std::wstring& caller, const std::wstring& host) {
  Handle to_host = make_pipe(pipe_name(L"in"), PIPE_ACCESS_OUTBOUND);
  const Handle from_host = make_pipe(pipe_name(L"out"), PIPE_ACCESS_INBOUND);
  const Started started = start(mode, host, caller);
  if (!started.process) {
    std::cerr << "cannot start the host: " << cardmute::platform::last_error_text() << '\n';
    return kNotStarted;
  }
  for (const HANDLE pipe : {to_host.get(), from_host.get()}) ConnectNamedPipe(pipe, nullptr);
  std::thread([&to_host] {
    pass_on(GetStdHandle(STD_INPUT_HANDLE), to_host.get());
    to_host = Handle();
  }).detach();
  pass_on(from_host.get(), GetStdHandle(STD_OUTPUT_HANDLE));
  WaitForSingleObject(started.process.get(), INFINITE);
  DWORD code = kNotStarted;
  GetExitCodeProcess(started.process.get(), &code);
  // ExitProcess() instead of a return, because a thread may still read.
  ExitProcess(code);
}

}  // namespace

int wmain(int count, wchar_t** words) {
  constexpr int kWithHost = 4;
  if (count < kWithHost - 1) return kNotStarted;
  return play(words[1], words[2], count < kWithHost ? registered_host() : words[3]);
}
