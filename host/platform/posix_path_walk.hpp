// A way through the file system, one opened folder after the other, with links followed by hand:
// what is judged is what was opened, not what its name may mean a moment later. For platform/ only.
#pragma once

#include <sys/stat.h>
#include <unistd.h>

#include <deque>
#include <filesystem>
#include <string>
#include <utility>

namespace cardmute::platform {

// An open descriptor, or -1.
class Descriptor {
 public:
  explicit Descriptor(int number = -1) : number_(number) {}
  ~Descriptor() {
    if (number_ >= 0) close(number_);
  }
  Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(number_, other.number_);
    return *this;
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  [[nodiscard]] int number() const { return number_; }

 private:
  int number_;
};

class PathWalk {
 public:
  // A relative path starts in the current folder.
  explicit PathWalk(const std::filesystem::path& path);

  // Goes one step on: first to "/", then to each folder or link, at last to the end. Returns false
  // if it was at the end already, or if it cannot go on; error() then says why.
  bool next();
  // Of what next() has come to, without a link in its folders. After an error: of what stands in
  // the way, which is the folder that has no such entry or cannot be searched, or the file that
  // cannot be opened.
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  // Owner and mode of path(): of what is open, where it is a folder or an ordinary file.
  [[nodiscard]] const struct stat& entry() const { return entry_; }
  // Nothing is left behind what next() has come to.
  [[nodiscard]] bool is_end() const { return left_.empty() && !S_ISLNK(entry_.st_mode); }
  // errno; 0: none.
  [[nodiscard]] int error() const { return error_; }
  // At the end: the folder, or the file, open for reading; -1: it is neither.
  [[nodiscard]] int descriptor() const { return opened_.number(); }

 private:
  bool fail();
  bool open_root();
  bool follow(const std::string& name);
  bool enter(const std::string& name);

  std::deque<std::string> left_;
  Descriptor opened_;         // the folder in which the next name is looked up
  std::filesystem::path at_;  // its path
  std::filesystem::path path_;
  struct stat entry_ {};
  int links_ = 0;
  int error_ = 0;
};

}  // namespace cardmute::platform
