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
  // Anybody. Only the file itself is looked at, for `unsafe`; a link may lead to it.
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

// Who else than root could write the file, as `unsafe` says it; nullopt when nobody can. What
// cannot be examined counts as unsafe.
std::optional<std::string> writable_by_others(const std::filesystem::path& file);

// Whether the path itself is a link, or on Windows a junction.
bool is_link(const std::filesystem::path& path);

// A value that changes when the owner or the mode of anything on the way to `file` does, or
// something takes its place.
std::string way_stamp(const std::filesystem::path& file);

}  // namespace cardmute::platform
