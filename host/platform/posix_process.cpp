#include <signal.h>  // NOLINT(modernize-deprecated-headers): <csignal> has no kill()
#include <sys/resource.h>
#include <unistd.h>

#ifdef __linux__
#include <sys/prctl.h>
#endif
#ifdef __APPLE__
#include <sys/sysctl.h>
#include <sys/types.h>

#include <array>
#endif

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <limits>
#include <optional>
#include <sstream>
#include <string>
#include <system_error>

#include "platform/person.hpp"
#include "platform/process.hpp"

namespace cardmute::platform {

namespace {

// What the system says about a process.
struct Seen {
  // Whether the process has ended but its parent has not read its exit code. In a container without
  // an init process it stays so forever, and kill() still finds it.
  bool ended = false;
  std::int64_t started = 0;
};

#ifdef __APPLE__

std::optional<Seen> see(std::int64_t pid) {
  constexpr std::int64_t kMicroseconds = 1'000'000;
  std::array<int, 4> name{CTL_KERN, KERN_PROC, KERN_PROC_PID, static_cast<int>(pid)};
  kinfo_proc found{};
  std::size_t size = sizeof found;
  if (sysctl(name.data(), name.size(), &found, &size, nullptr, 0) != 0 || size == 0) {
    return std::nullopt;
  }
  const timeval& started = found.kp_proc.p_starttime;
  return Seen{found.kp_proc.p_stat == SZOMB, started.tv_sec * kMicroseconds + started.tv_usec};
}

std::string read_boot() {
  constexpr std::size_t kMaxUuid_bytes = 64;
  std::array<char, kMaxUuid_bytes> text{};
  std::size_t size = text.size() - 1;
  if (sysctlbyname("kern.bootsessionuuid", text.data(), &size, nullptr, 0) != 0) return {};
  return text.data();
}

#else

// The number of the machine's first PID namespace: PROC_PID_INIT_INO in the kernel's
// include/linux/proc_ns.h.
constexpr const char* kFirstNamespace = "pid:[4026531836]";

std::optional<Seen> see(std::int64_t pid) {
  std::ifstream file("/proc/" + std::to_string(pid) + "/stat");
  const std::string line{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  // The line is "PID (NAME) STATE …". The name may contain blanks and parentheses, so the last ") "
  // ends it.
  const auto name_end = line.rfind(") ");
  if (name_end == std::string::npos) return std::nullopt;
  std::istringstream fields(line.substr(name_end + 2));
  std::string state;
  fields >> state;
  // STATE is field 3; field 22 is the start time in clock ticks since boot.
  constexpr int kBetween_fields = 18;
  std::string skipped;
  for (int i = 0; i < kBetween_fields; ++i) fields >> skipped;
  Seen seen{state == "Z" || state == "X"};
  if (!(fields >> seen.started)) return std::nullopt;
  return seen;
}

std::string read_boot() {
  std::ifstream file("/proc/sys/kernel/random/boot_id");
  std::string boot;
  file >> boot;
  // Without /proc the machine's name is used instead, because PIDs of two machines must not be
  // compared.
  if (boot.empty()) boot = "unknown " + machine_name();
  // A PID is valid only within one PID namespace, so a container counts as a boot of its own.
  std::error_code error;
  const std::string numbers = std::filesystem::read_symlink("/proc/self/ns/pid", error).string();
  if (!error && numbers != kFirstNamespace) boot += " " + numbers;
  return boot;
}

#endif

const std::string& boot() {
  static const std::string only = read_boot();
  return only;
}

bool exists(std::int64_t pid) {
  // For kill(), 0 and negative numbers mean process groups.
  if (pid <= 0 || pid > std::numeric_limits<pid_t>::max()) return false;
  return kill(static_cast<pid_t>(pid), 0) == 0 || errno == EPERM;
}

ProcessIdentity identity_of(std::int64_t pid) {
  const auto seen = see(pid);
  return {boot(), pid, seen ? seen->started : 0};
}

}  // namespace

std::vector<std::string> arguments(int argc, char** argv) {
  return {argv + std::min(argc, 1), argv + argc};
}

std::int64_t process_id() { return getpid(); }

bool process_is_alive(std::int64_t pid) {
  if (!exists(pid)) return false;
  const auto seen = see(pid);
  return !seen || !seen->ended;
}

ProcessIdentity this_process() { return identity_of(getpid()); }

ProcessIdentity parent_process() { return identity_of(getppid()); }

bool process_is_alive(const ProcessIdentity& process) {
  if (process.boot != boot() || !exists(process.pid)) return false;
  const auto seen = see(process.pid);
  // If the system reports no start time, or reported none when the identity was taken, the process
  // is assumed to be the same. (A /proc that is mounted with hidepid hides processes that exist.)
  if (!seen) return true;
  const bool is_same = process.started == 0 || seen->started == process.started;
  return !seen->ended && is_same;
}

void forbid_key_log() {
  unsetenv("SSLKEYLOGFILE");  // NOLINT(concurrency-mt-unsafe): before any thread
}

void forbid_core_dumps() {
  const rlimit none{0, 0};
  setrlimit(RLIMIT_CORE, &none);
#ifdef __linux__
  // The limit has no effect if dumps are piped to a program such as systemd-coredump, core(5).
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-vararg): prctl() is what the system has
  prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
#endif
}

bool stdin_is_terminal() { return isatty(STDIN_FILENO) == 1; }

}  // namespace cardmute::platform
