#include <grp.h>
#include <poll.h>
#include <pwd.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <exception>
#include <set>
#include <sstream>
#include <string_view>
#include <utility>

#include "platform/posix_log_ins.hpp"
#include "platform/users.hpp"

namespace cardmute::platform {

namespace fs = std::filesystem;

namespace {

// UID_MIN in login.defs of Debian and Red Hat. There is no highest UID: systemd-homed begins at
// 60001, winbind at any UID, SSSD at 200000. Services with such UIDs have no shell to log in
// with.
constexpr uid_t kFirstPerson = 1000;
constexpr uid_t kNobody = 65'534;

constexpr const char* kHomes = "/home";
// Homes are /home/USER, or with the domains of a directory service /home/DOMAIN/USER.
constexpr int kHomes_depth = 2;
// This folder contains a folder for each user who is logged in, named by the user's UID.
constexpr const char* kLoggedIn = "/run/user";

bool is_person(const passwd& entry) {
  const bool is_known = entry.pw_uid >= kFirstPerson && entry.pw_uid != kNobody;
  const std::string_view shell = entry.pw_shell == nullptr ? "" : entry.pw_shell;
  return is_known && !shell.ends_with("/nologin") && !shell.ends_with("/false") &&
         entry.pw_dir != nullptr;
}

// Makes this process act as the user, with the environment that a log-in would give. The variables
// of root would lead to root's folders.
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

// Exit codes of a child process.
constexpr int kNoHome_code = 2;
constexpr int kEmptyHome_code = 3;

// Whether the user's home may exist: false only if there is certainly no such folder. Call this as
// the user, because a network share can refuse root.
bool may_have_home(const User& user) {
  struct stat status {};
  if (stat(user.home.c_str(), &status) == 0) return S_ISDIR(status.st_mode);
  return errno != ENOENT && errno != ENOTDIR;
}

// Whether the folder contains nothing of the person. If the home is mounted only at the log-in, the
// folder is empty until then. If eCryptfs encrypts the home, the folder has the file that is named
// below until then.
bool is_empty_home(const User& user) {
  std::error_code error;
  const bool is_empty = fs::is_empty(user.home, error);
  return (is_empty && !error) || fs::exists(user.home / "Access-Your-Private-Data.desktop", error);
}

// Returns false if the pipe's other end is closed.
bool write_all(int pipe, std::string_view rest) {
  while (!rest.empty()) {
    const ssize_t count = write(pipe, rest.data(), rest.size());
    if (count <= 0) return false;
    rest.remove_prefix(static_cast<std::size_t>(count));
  }
  return true;
}

struct Ended {
  std::string text;
  int code = -1;  // the exit code; -1: the child was killed, or has not ended in time
};

// Reads to the end of the pipe. Returns false if that fails, takes too long or is too much; `text`
// has what has come so far.
bool read_all(int pipe, int timeout_ms, std::string& text) {
  using Clock = std::chrono::steady_clock;
  const auto until = Clock::now() + std::chrono::milliseconds(timeout_ms);
  std::array<char, 4096> part{};
  while (text.size() <= kMaxOutput_bytes) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - Clock::now()).count();
    pollfd waiting{pipe, POLLIN, 0};
    const int ready = left <= 0 ? 0 : poll(&waiting, 1, static_cast<int>(left));
    if (ready < 0 && errno == EINTR) continue;
    if (ready <= 0) return false;
    const ssize_t count = read(pipe, part.data(), part.size());
    if (count < 0) return false;
    if (count == 0) return true;
    text.append(part.data(), static_cast<std::size_t>(count));
  }
  return false;
}

// How long to wait for the child's end. A process that waits for a disk cannot end before the disk
// answers, so it is left behind.
constexpr int kEnd_timeout_ms = 500;

// The exit code of a child that has closed its pipe or was killed; -1 if it was killed, or has not
// ended within kEnd_timeout_ms.
int code_of(pid_t child) {
  constexpr int kTurn_ms = 5;
  int status = 0;
  for (int waited_ms = 0; waited_ms <= kEnd_timeout_ms; waited_ms += kTurn_ms) {
    const pid_t ended = waitpid(child, &status, WNOHANG);
    if (ended == child) return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    if (ended < 0 && errno != EINTR) return -1;
    poll(nullptr, 0, kTurn_ms);
  }
  return -1;
}

// Runs `work` in a child process. `work` writes its output to the pipe that it is given, and
// returns the exit code.
Ended run_in_child(const std::function<int(int pipe)>& work, int timeout_ms) {
  std::array<int, 2> ends{};
  if (pipe(ends.data()) != 0) return {};
  const pid_t child = fork();
  if (child == 0) {
    close(ends[0]);
    // An exception that left this function would run the parent's code in the child. exit() is not
    // used, because it would write the parent's buffers and call the parent's handlers.
    try {
      _exit(work(ends[1]));
    } catch (const std::exception&) {
      _exit(1);
    }
  }
  close(ends[1]);
  Ended ended;
  const bool in_time = child > 0 && read_all(ends[0], timeout_ms, ended.text);
  close(ends[0]);
  if (child < 0) return ended;
  if (!in_time) kill(child, SIGKILL);
  const int code = code_of(child);
  if (in_time) ended.code = code;
  return ended;
}

}  // namespace

namespace {

// Collects people, each once.
class Found {
 public:
  void add(const passwd& entry) {
    if (is_person(entry) && numbers_.insert(entry.pw_uid).second) {
      found_.push_back({entry.pw_name, entry.pw_uid, entry.pw_gid, entry.pw_dir});
    }
  }
  void add(uid_t number) {
    if (number < kFirstPerson || numbers_.contains(number)) return;
    // NOLINTNEXTLINE(concurrency-mt-unsafe): commands have one thread
    if (const passwd* entry = getpwuid(number)) add(*entry);
  }
  std::vector<User> take() { return std::move(found_); }

 private:
  std::set<uid_t> numbers_;
  std::vector<User> found_;
};

void add_listed(Found& people) {
  // NOLINTBEGIN(concurrency-mt-unsafe): commands have one thread
  setpwent();
  while (const passwd* entry = getpwent()) people.add(*entry);
  endpwent();
  // NOLINTEND(concurrency-mt-unsafe)
}

// Writes the UIDs of the owners of the folders in `folder`, and of the folders in those that
// belong to the system. This may hang, because homes may be on a network that is down.
void write_owners(const fs::path& folder, int depth, int pipe) {
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    struct stat status {};
    if (lstat(entry.path().c_str(), &status) != 0 || !S_ISDIR(status.st_mode)) continue;
    if (!write_all(pipe, std::to_string(status.st_uid) + '\n')) return;
    if (status.st_uid < kFirstPerson && depth > 1) write_owners(entry.path(), depth - 1, pipe);
  }
}

// Adds the owners of the homes. Returns false if not all homes have answered.
bool add_owners(Found& people) {
  const auto ended = run_in_child(
      [](int pipe) {
        write_owners(kHomes, kHomes_depth, pipe);
        return 0;
      },
      kHomes_timeout_ms);
  std::istringstream numbers(ended.text);
  for (uid_t number = 0; numbers >> number;) people.add(number);
  return ended.code == 0;
}

void add_logged_in(Found& people) {
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(kLoggedIn, error)) {
    const std::string name = entry.path().filename().string();
    uid_t number = 0;
    const auto [end, flaw] = std::from_chars(name.data(), name.data() + name.size(), number);
    if (flaw == std::errc() && end == name.data() + name.size()) people.add(number);
  }
}

}  // namespace

People people() {
  Found found;
  add_listed(found);
  const bool all_answered = add_owners(found);
  add_logged_in(found);
  return {found.take(), all_answered ? "" : kHomes};
}

OutputAs output_as(const User& user, const std::function<std::string()>& work, int timeout_ms) {
  using Result = OutputAs::Result;
  auto ended = run_in_child(
      [&](int pipe) {
        become(user);
        if (!may_have_home(user)) return kNoHome_code;
        if (is_empty_home(user)) return kEmptyHome_code;
        return write_all(pipe, work()) ? 0 : 1;
      },
      timeout_ms);
  if (ended.code == kEmptyHome_code) return {Result::not_mounted};
  if (ended.code == kNoHome_code) {
    return {may_have_logged_in(user) ? Result::not_mounted : Result::no_home};
  }
  if (ended.code != 0) return {Result::failed};
  return {Result::done, std::move(ended.text)};
}

}  // namespace cardmute::platform
