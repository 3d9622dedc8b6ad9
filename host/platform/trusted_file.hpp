// Reads a file and finds out who could have written it. The owners and modes that decide this are
// those of the opened file, and of each folder and link on the way to it.
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>

namespace cardmute::platform {

// Whose write access to a file is accepted. If others can write it, read_file() returns no text.
enum class Writers {
  // Only root's. This applies to the file, and to each link and each folder on the way from "/" to
  // it. (A sticky folder such as /tmp counts as safe, because nobody can remove another user's file
  // there.)
  root,
  // Anybody's; `unsafe` then says whether a user other than this one and root can write the file,
  // and where.
  anybody
};

struct FileText {
  std::optional<std::string> text;
  // Why there is no text, in words: "a folder", "cannot be read (Permission denied)". Empty if
  // there is a text, or if `unsafe` says why there is none.
  std::string flaw;
  // Why others could change the file, with the path and what to do; empty if they could not. With
  // Writers::root there is a text only if this is empty, and it can also say why the path cannot be
  // examined.
  std::string unsafe;
};

// Reads the file, but no more than its first `maximum_bytes`.
FileText read_file(const std::filesystem::path& file, std::size_t maximum_bytes, Writers writers);

// Who should own a file. The file is unsafe if others can write it, or can read it although it
// contains a secret.
enum class Owner {
  root,      // root; a group of users may read the file
  this_user  // this user, or root
};

// Whether the path itself is a link, or on Windows a junction.
bool is_link(const std::filesystem::path& path);

// Who else could write the file, in the words of FileText::unsafe; nullopt if nobody can. A file
// that cannot be examined counts as unsafe.
std::optional<std::string> writable_by_others(const std::filesystem::path& file,
                                              Owner owner = Owner::root);

// Who else could read the file, in words, and what to do. nullopt if nobody else can, because of
// the mode of the file or of a folder on the way, or if the file cannot be examined. A group may
// read it if `owner` is root, or if the file belongs to another user than this one. Windows: always
// nullopt, since only the user and administrators may enter a user's profile.
std::optional<std::string> readable_by_others(const std::filesystem::path& file, Owner owner);

// A value that changes when `file`, or a folder or link on the way to it, changes its owner or mode
// or is replaced. On Windows, a replacement with the same permissions does not change the value.
std::string way_stamp(const std::filesystem::path& file);

}  // namespace cardmute::platform
