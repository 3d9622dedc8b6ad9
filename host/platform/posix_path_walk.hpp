// Follows a path through the file system, folder by folder. It opens each folder and follows links
// itself. So the caller judges what was really opened, not what the same name may mean a moment
// later. Private to platform/.
#pragma once

#include <sys/stat.h>
#include <unistd.h>

#include <deque>
#include <filesystem>
#include <string>
#include <utility>

namespace cardmute::platform {

// An open file descriptor, or -1.
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

  // Goes one step further: first to "/", then to each folder or link, and finally to the end of the
  // path. Returns false if the walk was at the end already, or cannot go further; error() then says
  // why.
  bool next();
  // The path of what next() has reached, without links in its folders. After an error, the path of
  // its cause: the folder in which the next name cannot be looked up, or the entry that cannot be
  // opened, followed or entered.
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  // The owner and mode of path(). For a folder or an ordinary file they are read from the open
  // descriptor.
  [[nodiscard]] const struct stat& entry() const { return entry_; }
  // Whether next() has reached the end of the path. Has no meaning after an error.
  [[nodiscard]] bool is_end() const { return left_.empty() && !S_ISLNK(entry_.st_mode); }
  // The errno of the error; 0 if there was none.
  [[nodiscard]] int error() const { return error_; }
  // The descriptor of the end of the path: of a folder, or of a file that is open for reading; -1
  // if the end is neither.
  [[nodiscard]] int descriptor() const { return opened_.number(); }

 private:
  bool fail();
  bool open_root();
  bool follow(const std::string& name);
  bool enter(const std::string& name);

  std::deque<std::string> left_;
  Descriptor opened_;         // the folder in which the next name is looked up
  std::filesystem::path at_;  // the path of that folder
  std::filesystem::path path_;
  struct stat entry_ {};
  int links_ = 0;
  int error_ = 0;
};

}  // namespace cardmute::platform
