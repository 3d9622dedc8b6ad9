// Part of process.hpp: starting a detached process.
#include <fcntl.h>
#include <spawn.h>
#include <unistd.h>

#include <memory>
#include <string>

#include "platform/paths.hpp"
#include "platform/process.hpp"

extern char** environ;  // NOLINT(readability-redundant-declaration): macOS does not declare it

namespace cardmute::platform {

namespace {

constexpr int kFirstOwn_fd = 3;  // the first number after those of standard input, output and error

// Makes the child close what it must not inherit: the browser waits until no process has the
// browser's pipes open. Also gives the child a session of its own.
bool prepare(posix_spawn_file_actions_t* files, posix_spawnattr_t* attributes, int kept) {
  bool ready = true;
  for (int fd = 0; fd < kFirstOwn_fd; ++fd) {
    ready = ready && posix_spawn_file_actions_addopen(files, fd, "/dev/null",
                                                      fd == 0 ? O_RDONLY : O_WRONLY, 0) == 0;
  }
  const int first_closed_fd = kept < 0 ? kFirstOwn_fd : kFirstOwn_fd + 1;
  ready = ready && (kept < 0 || posix_spawn_file_actions_adddup2(files, kept, kFirstOwn_fd) == 0);
  short flags = POSIX_SPAWN_SETSID;
#ifdef __APPLE__
  static_cast<void>(first_closed_fd);
  flags |= POSIX_SPAWN_CLOEXEC_DEFAULT;
#else
  ready = ready && posix_spawn_file_actions_addclosefrom_np(files, first_closed_fd) == 0 &&
          posix_spawn_file_actions_addchdir_np(files, "/") == 0;
#endif
  return ready && posix_spawnattr_setflags(attributes, flags) == 0;
}

}  // namespace

bool start_this_detached(const std::vector<std::string>& arguments, int kept_descriptor) {
#ifdef __APPLE__
  const std::string program = executable_path().string();
#else
  const std::string program = "/proc/self/exe";
#endif
  std::vector<std::string> words{"cardmute-host"};
  words.insert(words.end(), arguments.begin(), arguments.end());
  std::vector<char*> argv;
  argv.reserve(words.size() + 1);
  for (auto& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);
  posix_spawn_file_actions_t files;
  posix_spawnattr_t attributes;
  if (posix_spawn_file_actions_init(&files) != 0) return false;
  if (posix_spawnattr_init(&attributes) != 0) {
    posix_spawn_file_actions_destroy(&files);
    return false;
  }
  pid_t pid = 0;
  const bool started =
      prepare(&files, &attributes, kept_descriptor) &&
      posix_spawn(&pid, program.c_str(), &files, &attributes, argv.data(), environ) == 0;
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&files);
  return started;
}

}  // namespace cardmute::platform
