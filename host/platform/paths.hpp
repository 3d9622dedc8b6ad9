// Where this operating system keeps things, and who may write them. Nothing but what differs between
// Windows, Linux and macOS belongs here.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

namespace cardmute::platform {

// The value of an environment variable; nothing when it is unset or empty.
std::optional<std::string> environment(const char* name);

std::filesystem::path home_directory();
std::filesystem::path machine_config_file();  // /etc/cardmute/config.json and its like
std::filesystem::path user_config_file();     // ~/.config/cardmute/config.json and its like
// CARDMUTE_STATE_DIR, else the platform's place for state. Not created here.
std::filesystem::path state_directory();
// This program's own file, with links resolved.
std::filesystem::path executable_path();

// Why someone other than the administrator (root) could change `file`, in plain words; nothing when
// nobody can. Looks at the file and at the folder that holds it.
std::optional<std::string> writable_by_others(const std::filesystem::path& file);

// Replaces `file` in one step: readers see the old text or the new. Throws std::system_error.
void write_file_atomically(const std::filesystem::path& file, const std::string& text);

// Effective user is the administrator.
bool is_administrator();

}  // namespace cardmute::platform
