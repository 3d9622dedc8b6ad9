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
#include <string_view>
#include <utility>

#include "platform/users.hpp"

namespace cardmute::platform {

namespace fs = std::filesystem;

namespace {

// UID_MIN in login.defs of Debian and Red Hat. There is no last number: systemd-homed begins at
// 60001, winbind at any number, SSSD at 200000. Services with such numbers have no shell to log in
// with.
constexpr uid_t kFirstPerson = 1000;
constexpr uid_t kNobody = 65'534;

constexpr const char* kHomes = "/home";
// Homes are /home/USER, or with the domains of a directory service /home/DOMAIN/USER.
constexpr int kHomes_depth = 2;
// Contains a folder for each user who is logged in, named by the user's number.
constexpr const char* kLoggedIn = "/run/user";

bool is_person(const passwd& entry) {
  const bool is_known = entry.pw_uid >= kFirstPerson && entry.pw_uid != kNobody;
  const std::string_view shell = entry.pw_shell == nullptr ? "" : entry.pw_shell;
  std::error_code error;
  return is_known && !shell.ends_with("/nologin") && !shell.ends_with("/false") &&
         entry.pw_dir != nullptr && fs::is_directory(entry.pw_dir, error);
}

// Changes to the user, and sets the environment of a log-in. Otherwise variables of root would lead
// to root's folders.
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
  // No exception may leave this function, or the child would go on with the parent's code.
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
  // exit() is not used, because it would flush the parent's buffers and run the parent's handlers.
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

namespace {

// Collects people, each only once.
class People {
 public:
  void add(const passwd& entry) {
    if (is_person(entry) && numbers_.insert(entry.pw_uid).second) {
      found_.push_back({entry.pw_name, entry.pw_uid, entry.pw_gid, entry.pw_dir});
    }
  }
  // Adds the user with this number, if the system knows one.
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

void add_listed(People& people) {
  // NOLINTBEGIN(concurrency-mt-unsafe): commands have one thread
  setpwent();
  while (const passwd* entry = getpwent()) people.add(*entry);
  endpwent();
  // NOLINTEND(concurrency-mt-unsafe)
}

// Adds the owners of the folders in `folder`. If a folder there belongs to the system, its folders
// are searched too.
void add_owners(const fs::path& folder, int depth, People& people) {
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    struct stat status {};
    if (lstat(entry.path().c_str(), &status) != 0 || !S_ISDIR(status.st_mode)) continue;
    people.add(status.st_uid);
    if (status.st_uid < kFirstPerson && depth > 1) add_owners(entry.path(), depth - 1, people);
  }
}

void add_logged_in(People& people) {
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(kLoggedIn, error)) {
    const std::string name = entry.path().filename().string();
    uid_t number = 0;
    const auto [end, flaw] = std::from_chars(name.data(), name.data() + name.size(), number);
    if (flaw == std::errc() && end == name.data() + name.size()) people.add(number);
  }
}

}  // namespace

std::vector<User> people() {
  People people;
  add_listed(people);
  add_owners(kHomes, kHomes_depth, people);
  add_logged_in(people);
  return people.take();
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
