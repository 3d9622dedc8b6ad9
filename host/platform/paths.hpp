// Where this operating system keeps things, and who may write them. Nothing but what differs
// between Windows, Linux and macOS belongs here.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

namespace cardmute::platform {

// The value of an environment variable; nothing when it is unset or empty.
std::optional<std::string> environment(const char* name);

std::filesystem::path home_directory();
// Where programs of this user keep their configuration: $XDG_CONFIG_HOME, ~/.config and its like.
std::filesystem::path user_config_directory();
std::filesystem::path machine_config_file();  // /etc/cardmute/config.json and its like
std::filesystem::path user_config_file();     // ~/.config/cardmute/config.json and its like
// CARDMUTE_STATE_DIR, else the platform's place for state. Not created here.
std::filesystem::path state_directory();
// This program's own file, with links resolved. Throws std::system_error.
std::filesystem::path executable_path();

// Why someone other than the administrator (root) could change `file`, and what to do about it, in
// plain words; nothing when nobody can. Looks at the file and at the folder that holds it, and
// where `file` is a link, at both ends.
std::optional<std::string> writable_by_others(const std::filesystem::path& file);

// A value that changes when the file's content, owner or permissions do; the same empty text as
// long as there is no file. Reads nothing but the folder entry.
std::string file_stamp(const std::filesystem::path& file);

// Whether this process could write into the folder (or execute the file), as the system judges it.
bool can_write_folder(const std::filesystem::path& folder);
bool can_execute(const std::filesystem::path& file);

// Who may read a file that is written here. Only its owner may ever write it.
enum class Readers { owner, everyone };

// Whether what is written has to outlive a power cut (and the writer waits for the disk), or only
// this start of the machine.
enum class Durability { for_good, until_restart };

// Replaces `file` in one step: readers see the old text or the new. The folder has to be there.
// Throws std::system_error.
void write_file_atomically(const std::filesystem::path& file, const std::string& text,
                           Readers readers = Readers::owner,
                           Durability durability = Durability::for_good);

// Makes the folder and what is missing above it, each so that everyone may read it and only the
// owner write it, whatever the umask. Leaves folders that are there as they are. Throws
// std::system_error.
void create_public_folders(const std::filesystem::path& folder);

// Effective user is the administrator.
bool is_administrator();

}  // namespace cardmute::platform
