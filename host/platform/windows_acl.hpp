// Who may change a file or folder, as its permissions say. Private to platform/.
#pragma once

#include <windows.h>

#include <filesystem>
#include <optional>
#include <string>

namespace cardmute::platform {

// The users who are allowed every right: the system and its administrators, or this user as well.
enum class Trusted { administrators, this_user_too };

// The rights with which the content of a file can be changed, or another file put in its place.
// (Whoever may write the attributes of a file can turn it into a link.)
inline constexpr ACCESS_MASK kChangeFile = FILE_WRITE_DATA | FILE_APPEND_DATA |
                                           FILE_WRITE_ATTRIBUTES | DELETE | WRITE_DAC |
                                           WRITE_OWNER | GENERIC_WRITE | GENERIC_ALL;
// The rights with which the content of a folder can be removed or replaced. (The right to add a
// file is not among them.)
inline constexpr ACCESS_MASK kReplaceInFolder =
    FILE_DELETE_CHILD | DELETE | WRITE_DAC | WRITE_OWNER | GENERIC_ALL;
// The rights of kReplaceInFolder, and those to add files.
inline constexpr ACCESS_MASK kChangeFolder =
    kReplaceInFolder | FILE_ADD_FILE | FILE_ADD_SUBDIRECTORY | GENERIC_WRITE;

// Who else owns the entry or has one of `rights` to it, such as "it belongs to PC\agent" or
// "PC\Users may change it"; nullopt if nobody. What cannot be examined counts as changeable.
std::optional<std::string> changeable_by(HANDLE opened, ACCESS_MASK rights, Trusted trusted);
// Like changeable_by(), for permissions that were read already.
std::optional<std::string> changeable_under(PSECURITY_DESCRIPTOR permissions, ACCESS_MASK rights,
                                            Trusted trusted);

// The entry's owner and permissions as text, to notice a change; empty if they cannot be read.
std::string permissions_text(const std::filesystem::path& path);

}  // namespace cardmute::platform
