// Who may change a file or folder, as its permissions say. Private to platform/.
#pragma once

#include <windows.h>

#include <filesystem>
#include <optional>
#include <string>

namespace cardmute::platform {

// Whom nobody need be protected from: the system and its administrators; or this user as well.
enum class Trusted { administrators, this_user_too };

// The rights by which the content of a file can be changed, or another put in its place. (Who may
// write its attributes may make a link of it.)
inline constexpr ACCESS_MASK kChangeFile = FILE_WRITE_DATA | FILE_APPEND_DATA |
                                           FILE_WRITE_ATTRIBUTES | DELETE | WRITE_DAC |
                                           WRITE_OWNER | GENERIC_WRITE | GENERIC_ALL;
// The rights by which what is in a folder can be removed or replaced. (To add a file is none of
// them.)
inline constexpr ACCESS_MASK kReplaceInFolder =
    FILE_DELETE_CHILD | DELETE | WRITE_DAC | WRITE_OWNER | GENERIC_ALL;
// The same, and to add files.
inline constexpr ACCESS_MASK kChangeFolder =
    kReplaceInFolder | FILE_ADD_FILE | FILE_ADD_SUBDIRECTORY | GENERIC_WRITE;

// Who else owns the entry or has one of `rights` to it: "belongs to PC\agent", "PC\Users may change
// it". nullopt: nobody. What cannot be examined counts as changeable.
std::optional<std::string> changeable_by(HANDLE opened, ACCESS_MASK rights, Trusted trusted);
// The same of permissions that were read already.
std::optional<std::string> changeable_under(PSECURITY_DESCRIPTOR permissions, ACCESS_MASK rights,
                                            Trusted trusted);

// The entry's owner and permissions as text, to notice a change; empty if they cannot be read.
std::string permissions_text(const std::filesystem::path& path);

}  // namespace cardmute::platform
