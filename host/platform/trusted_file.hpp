// Reading a file together with the answer to who could have written it: owner and mode are those of
// the file that was read and of each folder and link on the way to it, as they were opened.
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>

namespace cardmute::platform {

// Who may have write access to a file. read_file() returns no text if anybody else has.
enum class Writers {
  // Root alone: the file, each link and each folder from "/" on. (A sticky folder such as /tmp
  // counts as safe, because nobody can remove another user's file there.)
  root,
  // Anybody; `unsafe` then says who else than this user and root could.
  anybody
};

struct FileText {
  std::optional<std::string> text;
  // Why there is no text, in words: "a folder", "cannot be read (Permission denied)".
  std::string flaw;
  // Why the file is not safe from changes by others, with the path and what to do; empty if it is.
  // With Writers::root there is no text then.
  std::string unsafe;
};

// At most `maximum_bytes` of the file.
FileText read_file(const std::filesystem::path& file, std::size_t maximum_bytes, Writers writers);

// Whose file it is: nobody else may be able to write it, nor to read a secret in it.
enum class Owner {
  root,      // and a group of users may read it
  this_user  // or root
};

// Who else could write the file, as `unsafe` says it; nullopt when nobody can. What cannot be
// examined counts as unsafe.
std::optional<std::string> writable_by_others(const std::filesystem::path& file,
                                              Owner owner = Owner::root);

// Who else could read the file, in words, and what to do; nullopt when nobody can, because of its
// own mode or that of a folder on the way. Windows: always nullopt, since only the user and
// administrators may enter a user's profile.
std::optional<std::string> readable_by_others(const std::filesystem::path& file, Owner owner);

// A value that changes when the owner or the mode of anything on the way to `file` does, or
// something takes its place.
std::string way_stamp(const std::filesystem::path& file);

}  // namespace cardmute::platform
