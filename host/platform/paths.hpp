// Folders and files, which differ between Windows, Linux and macOS.
#pragma once

#include <cstdio>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace cardmute::platform {

// The value of an environment variable; nullopt if it is unset or empty.
std::optional<std::string> environment(const char* name);

// Makes the paths in CARDMUTE_CONFIG, CARDMUTE_STATE_DIR and HOME absolute. This process and its
// children, which run in other folders, then use the same paths. Call it before there is a second
// thread.
void make_environment_paths_absolute();

std::filesystem::path home_directory();
// The user's folder for configuration: $XDG_CONFIG_HOME, ~/.config or the system's equivalent.
// take_home_of_user_database() does not change it.
std::filesystem::path user_config_directory();
std::filesystem::path machine_config_file();  // /etc/cardmute/config.json
// Where a package puts its read-only files: /usr/share/cardmute.
std::filesystem::path package_folder();
std::filesystem::path user_config_file();  // ~/.config/cardmute/config.json
// CardMute's folder for state, in $XDG_STATE_HOME, ~/.local/state or the system's equivalent. It
// may not exist yet.
std::filesystem::path state_directory();
// From now on user_config_file() and state_directory() are in the home that the system's user
// database has for the effective user, whatever HOME and XDG_… say. If the database has no home or
// does not answer, HOME and XDG_… decide. Call this before another thread asks for the paths, and
// again after the user of this process has changed.
void take_home_of_user_database();
// Whether the user database had no home or did not answer, so that HOME and XDG_… decide. False
// before take_home_of_user_database().
bool environment_decides_home();
// The names of the variables that are ignored although they name another folder; none before
// take_home_of_user_database().
std::vector<std::string> ignored_home_variables();
// The path of this program, with links resolved. Throws std::system_error.
std::filesystem::path executable_path();

// A value that changes with the file's content, owner or permissions; empty if there is no file or
// it cannot be examined. The content is not read.
std::string file_stamp(const std::filesystem::path& file);

// Whether this process is allowed to create files in the folder.
bool can_write_in(const std::filesystem::path& folder);

// Whether this process is allowed to execute the file.
bool can_execute(const std::filesystem::path& file);

// Opens a file for reading and writing, creating or emptying it; null if that fails.
std::FILE* open_emptied(const std::filesystem::path& file);
// Creates an empty file. Returns false if that fails, or if there is a file already, which is not
// opened then.
bool create_file(const std::filesystem::path& file);

// Who may read a new file. Only the owner may write it.
enum class Readers { owner, everyone };

// for_good: the writer waits for the disk, so that after a power cut the file has the old or the
// new text. until_restart: the writer does not wait, and a power cut may damage the file.
enum class Durability { for_good, until_restart };

// Replaces `file` in one step, so that readers see either the old or the new text. The folder must
// exist. Throws std::system_error.
void write_file_atomically(const std::filesystem::path& file, const std::string& text,
                           Readers readers = Readers::owner,
                           Durability durability = Durability::for_good);

// Creates the folder and its missing parents with mode 0755, whatever the umask is. Does not change
// existing folders. Throws std::system_error.
void create_public_folders(const std::filesystem::path& folder);

// Whether the effective user is the administrator (root).
bool is_administrator();

}  // namespace cardmute::platform
