// The people who log in to this computer, for an administrator's report about all of them.
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

// The users with a home and a shell to log in with, without the system's own: those that the system
// lists, and, since a directory service (SSSD, winbind) may list nobody, the owners of the homes in
// /home and whoever is logged in.
std::vector<User> people();

// Runs `work` in a child process that is this user, with an environment as after a log-in, and
// returns what it gives; at most kMaxOutput_bytes. nullopt if it fails or takes longer than
// `timeout_ms`. Call it as root, before there is a second thread.
std::optional<std::string> output_as(const User& user, const std::function<std::string()>& work,
                                     int timeout_ms);
inline constexpr std::size_t kMaxOutput_bytes = std::size_t{1024} * 1024;

}  // namespace cardmute::platform
