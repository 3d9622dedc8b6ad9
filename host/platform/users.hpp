// The people who log in to this computer. An administrator's report is about all of them.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace cardmute::platform {

struct User {
  std::string login;
  std::uint32_t number = 0;
  std::uint32_t group = 0;
  std::filesystem::path home;
};

struct People {
  std::vector<User> users;
  // A folder of homes that could not be read completely within kHomes_timeout_ms, so `users` can be
  // incomplete; empty if there is none.
  std::filesystem::path unread = {};
};

// The users with a shell to log in with, without the system's own: those that the system lists, the
// owners of the homes in /home, and whoever is logged in. (A directory service, such as SSSD or
// winbind, may list nobody.) Their homes may be missing, or on a network that is down. Call this
// function as root, before there is a second thread.
People people();
inline constexpr int kHomes_timeout_ms = 5000;

struct OutputAs {
  // no_home: the user has no home on this computer. not_mounted: the home is missing or empty now,
  // but may be there while the user is logged in. In both cases `work` was not called. failed:
  // `work` threw, returned more than kMaxOutput_bytes or took longer than `timeout_ms`, or the
  // child process could not become this user.
  enum class Result { done, no_home, not_mounted, failed };
  Result result = Result::failed;
  std::string text = {};  // what `work` has returned
};

// Runs `work` in a child process that is this user, with an environment as after a log-in. Call it
// as root, before there is a second thread.
OutputAs output_as(const User& user, const std::function<std::string()>& work, int timeout_ms);
inline constexpr std::size_t kMaxOutput_bytes = std::size_t{1024} * 1024;

}  // namespace cardmute::platform
