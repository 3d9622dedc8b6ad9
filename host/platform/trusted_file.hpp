// Reads a file and finds out who could have written it. The owners and modes that decide this are
// those of the opened file, and of each folder and link on the way to it.
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>

namespace cardmute::platform {

// Who may be able to write a file. If others can write it, read_file() returns no text.
enum class Writers {
  // Only root may be able to write the file, each link to it and each folder from "/" on. (A sticky
  // folder such as /tmp counts as safe, because nobody can remove another user's file there.)
  root,
  // Anybody; `unsafe` then says who else than this user and root could.
  anybody
};

struct FileText {
  std::optional<std::string> text;
  // Why there is no text, in words: "a folder", "cannot be read (Permission denied)".
  std::string flaw;
  // Why others could change the file, with the path and what to do; empty if they could not. With
  // Writers::root there is then no text.
  std::string unsafe;
};

// Reads at most `maximum_bytes` of the file.
FileText read_file(const std::filesystem::path& file, std::size_t maximum_bytes, Writers writers);

// Whose file it is: nobody else may be able to write it, nor to read a secret in it.
enum class Owner {
  root,      // and a group of users may read it
  this_user  // or root
};

// Whether the path itself is a link, or on Windows a junction.
bool is_link(const std::filesystem::path& path);

// Who else could write the file, as `unsafe` says it; nullopt when nobody can. What cannot be
// examined counts as unsafe.
std::optional<std::string> writable_by_others(const std::filesystem::path& file,
                                              Owner owner = Owner::root);

// Who else could read the file, in words, and what to do; nullopt when nobody can, because of its
// own mode or that of a folder on the way. Windows: always nullopt, since only the user and
// administrators may enter a user's profile.
std::optional<std::string> readable_by_others(const std::filesystem::path& file, Owner owner);

// A value that changes when the owner or mode of anything on the way to `file` changes, or
// something else takes its place.
std::string way_stamp(const std::filesystem::path& file);

}  // namespace cardmute::platform
