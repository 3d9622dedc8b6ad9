// A folder that this user is to have alone, such as the one that state is kept in.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace cardmute::platform {

struct FolderFlaw {
  // What is wrong: a path with its owner and mode, and what was expected.
  std::string text;
  std::string remedy;  // what to do about it
  // This user cannot use the folder at all. False: it works, but others could change what is in it
  // or put another in its place.
  bool unusable = false;
  // Both in one line.
  [[nodiscard]] std::string words() const { return text + "; do: " + remedy; }
};

// Looks at each folder and link on the way (as it was opened), at the folder, and at those of
// `files` in it that are there. A folder that is missing is judged by where it would be made.
std::optional<FolderFlaw> flaw_of_own_folder(const std::filesystem::path& folder,
                                             const std::vector<std::string>& files);

// Where root works in a folder that belongs to somebody else (sudo can keep HOME), what it makes
// there would lock that user out. From now on this process is that user: the owner of the folder,
// or where it is missing, of the first folder above it that is there. Gives the user's name;
// nullopt: this process is not root, or the folder is root's.
// Throws std::runtime_error where the process cannot be that user.
std::optional<std::string> become_owner_of(const std::filesystem::path& folder);

}  // namespace cardmute::platform
