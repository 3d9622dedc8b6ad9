#include <grp.h>
#include <poll.h>
#include <pwd.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <exception>
#include <string_view>

#include "platform/users.hpp"

namespace cardmute::platform {

namespace fs = std::filesystem;

namespace {

// UID_MIN and UID_MAX of Debian's and Red Hat's login.defs; 65534 is nobody.
constexpr uid_t kFirstPerson = 1000;
constexpr uid_t kLastPerson = 60'000;
// Users of a directory service (winbind, SSSD) have numbers above this one.
constexpr uid_t kFirstOfDirectory = 100'000;

bool is_person(const passwd& entry) {
  const bool is_known = (entry.pw_uid >= kFirstPerson && entry.pw_uid <= kLastPerson) ||
                        entry.pw_uid >= kFirstOfDirectory;
  const std::string_view shell = entry.pw_shell == nullptr ? "" : entry.pw_shell;
  std::error_code error;
  return is_known && !shell.ends_with("/nologin") && !shell.ends_with("/false") &&
         entry.pw_dir != nullptr && fs::is_directory(entry.pw_dir, error);
}

// The environment after a log-in. Without it, variables of root would name root's folders.
void become(const User& user) {
  const bool changed = initgroups(user.login.c_str(), user.group) == 0 && setgid(user.group) == 0 &&
                       setuid(user.number) == 0;
  if (!changed || chdir("/") != 0) _exit(1);
  // NOLINTBEGIN(concurrency-mt-unsafe): this child has one thread
  const char* path = std::getenv("PATH");
  const std::string kept_path = path == nullptr ? "" : path;
  clearenv();
  setenv("PATH", kept_path.c_str(), 1);
  setenv("HOME", user.home.c_str(), 1);
  setenv("USER", user.login.c_str(), 1);
  setenv("LOGNAME", user.login.c_str(), 1);
  // NOLINTEND(concurrency-mt-unsafe)
}

[[noreturn]] void run_child(const User& user, const std::function<std::string()>& work, int pipe) {
  become(user);
  std::string text;
  // An exception that left this function would run the parent's code in the child.
  try {
    text = work();
  } catch (const std::exception&) {
    _exit(1);
  }
  std::string_view rest = text;
  while (!rest.empty()) {
    const ssize_t count = write(pipe, rest.data(), rest.size());
    if (count <= 0) _exit(1);
    rest.remove_prefix(static_cast<std::size_t>(count));
  }
  // Not exit(): the parent's buffers and handlers are not this process's.
  _exit(0);
}

// Reads to the end of the pipe; nullopt if that takes too long or there is too much.
std::optional<std::string> read_all(int pipe, int timeout_ms) {
  using Clock = std::chrono::steady_clock;
  const auto until = Clock::now() + std::chrono::milliseconds(timeout_ms);
  std::string text;
  std::array<char, 4096> part{};
  while (text.size() <= kMaxOutput_bytes) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - Clock::now()).count();
    pollfd waiting{pipe, POLLIN, 0};
    const int ready = left <= 0 ? 0 : poll(&waiting, 1, static_cast<int>(left));
    if (ready < 0 && errno == EINTR) continue;
    if (ready <= 0) return std::nullopt;
    const ssize_t count = read(pipe, part.data(), part.size());
    if (count < 0) return std::nullopt;
    if (count == 0) return text;
    text.append(part.data(), static_cast<std::size_t>(count));
  }
  return std::nullopt;
}

}  // namespace

std::vector<User> people() {
  std::vector<User> found;
  // NOLINTBEGIN(concurrency-mt-unsafe): commands have one thread
  setpwent();
  while (const passwd* entry = getpwent()) {
    if (is_person(*entry)) {
      found.push_back({entry->pw_name, entry->pw_uid, entry->pw_gid, entry->pw_dir});
    }
  }
  endpwent();
  // NOLINTEND(concurrency-mt-unsafe)
  return found;
}

std::optional<std::string> output_as(const User& user, const std::function<std::string()>& work,
                                     int timeout_ms) {
  std::array<int, 2> ends{};
  if (pipe(ends.data()) != 0) return std::nullopt;
  const pid_t child = fork();
  if (child == 0) {
    close(ends[0]);
    run_child(user, work, ends[1]);
  }
  close(ends[1]);
  auto text = child < 0 ? std::nullopt : read_all(ends[0], timeout_ms);
  close(ends[0]);
  if (child < 0) return std::nullopt;
  if (!text) kill(child, SIGKILL);
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  return WIFEXITED(status) && WEXITSTATUS(status) == 0 ? text : std::nullopt;
}

}  // namespace cardmute::platform
