// Checks a folder that only this user should be able to change, such as the folder of the state.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace cardmute::platform {

struct FolderFlaw {
  // What is wrong: usually a path with its owner and mode, and what was expected.
  std::string text;
  std::string remedy;
  // True: this user cannot use the folder, or one of the files in it. False: the folder works, but
  // others could change its content or put another folder in its place.
  bool unusable = false;
  // Text and remedy in one line.
  [[nodiscard]] std::string words() const { return text + "; do: " + remedy; }
};

// Checks each folder and link on the path, the folder itself, and those of `files` that exist in it
// and are no links. A missing folder is judged by the folder in which it would be created. Returns
// one flaw, if possible one that makes the folder unusable. nullopt: no flaw.
std::optional<FolderFlaw> flaw_of_own_folder(const std::filesystem::path& folder,
                                             const std::vector<std::string>& files);

// If root works in another user's folder (sudo may keep HOME), that user could not use the files
// that root creates. So from now on this process acts as the owner of the folder. If the folder is
// missing or belongs to root, the process acts as the owner of the nearest folder above it that
// belongs to another user. Returns that user's name; nullopt if this process is not root, or the
// whole path belongs to root. Throws std::runtime_error if the process cannot become that user.
std::optional<std::string> become_owner_of(const std::filesystem::path& folder);

}  // namespace cardmute::platform
