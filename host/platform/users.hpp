// The people who log in to this computer. An administrator's report is about all of them.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace cardmute::platform {

struct User {
  std::string login;
  std::uint32_t number = 0;
  std::uint32_t group = 0;
  std::filesystem::path home;
};

// The users who have a home and a shell to log in with, without the system's own users. These are
// the users that the system lists. Since a directory service (SSSD, winbind) may list nobody, the
// owners of the homes in /home and the users who are logged in are added.
std::vector<User> people();

// Runs `work` in a child process that acts as this user, with the environment of a log-in. Returns
// the result of `work`, at most kMaxOutput_bytes; nullopt if it fails or takes longer than
// `timeout_ms`. Call it as root, before there is a second thread.
std::optional<std::string> output_as(const User& user, const std::function<std::string()>& work,
                                     int timeout_ms);
inline constexpr std::size_t kMaxOutput_bytes = std::size_t{1024} * 1024;

}  // namespace cardmute::platform
