// Parts of paths.hpp: the stamps of files, and writing files.
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <sstream>
#include <string_view>
#include <system_error>
#include <vector>

#include "platform/paths.hpp"

namespace cardmute::platform {

namespace fs = std::filesystem;

namespace {

constexpr mode_t kOwnerOnly = 0600;
constexpr mode_t kEveryoneReads = 0644;
constexpr mode_t kPublicFolder = 0755;

[[noreturn]] void fail(const std::string& what) {
  throw std::system_error(errno, std::generic_category(), what);
}

// A new file. The destructor deletes it unless become() has renamed it.
class Temporary {
 public:
  explicit Temporary(const fs::path& beside)
      : name_(beside.string() + ".XXXXXX"), fd_(mkostemp(name_.data(), O_CLOEXEC)) {
    if (fd_ < 0) {
      fail("cannot write in " + beside.parent_path().string());
    }
  }
  ~Temporary() {
    if (fd_ >= 0) {
      close(fd_);
    }
    if (!kept_) {
      unlink(name_.c_str());
    }
  }
  Temporary(const Temporary&) = delete;
  Temporary& operator=(const Temporary&) = delete;

  void write(std::string_view text) const {
    while (!text.empty()) {
      const ssize_t count = ::write(fd_, text.data(), text.size());
      if (count < 0 && errno != EINTR) {
        fail("cannot write " + name_);
      }
      text.remove_prefix(count > 0 ? static_cast<std::size_t>(count) : 0);
    }
  }

  void become(const fs::path& file, mode_t mode, Durability durability) {
    const bool on_disk = durability == Durability::until_restart || fsync(fd_) == 0;
    if (fchmod(fd_, mode) != 0 || !on_disk) {
      fail("cannot finish " + name_);
    }
    if (rename(name_.c_str(), file.c_str()) != 0) {
      fail("cannot replace " + file.string());
    }
    kept_ = true;
  }

 private:
  std::string name_;
  int fd_;
  bool kept_ = false;
};

}  // namespace

std::string file_stamp(const fs::path& file) {
  struct stat entry {};
  if (stat(file.c_str(), &entry) != 0) {
    return {};
  }
#ifdef __APPLE__
  const timespec& changed = entry.st_ctimespec;
#else
  const timespec& changed = entry.st_ctim;
#endif
  // ctime changes with content, owner and permissions.
  std::ostringstream stamp;
  stamp << entry.st_dev << ':' << entry.st_ino << ':' << entry.st_size << ':' << changed.tv_sec
        << '.' << changed.tv_nsec;
  return stamp.str();
}

bool can_write_in(const fs::path& folder) { return access(folder.c_str(), W_OK | X_OK) == 0; }

bool can_execute(const fs::path& file) {
  std::error_code error;
  return fs::is_regular_file(file, error) && access(file.c_str(), X_OK) == 0;
}

std::FILE* open_emptied(const fs::path& file) { return std::fopen(file.c_str(), "w+be"); }

bool create_file(const fs::path& file) {
  std::FILE* made = std::fopen(file.c_str(), "wbxe");
  return made != nullptr && std::fclose(made) == 0;
}

void write_file_atomically(const fs::path& file, const std::string& text, Readers readers,
                           Durability durability) {
  Temporary temporary(file);
  temporary.write(text);
  temporary.become(file, readers == Readers::everyone ? kEveryoneReads : kOwnerOnly, durability);
}

void create_public_folders(const fs::path& folder) {
  std::vector<fs::path> missing;
  for (fs::path at = folder; !at.empty() && !fs::exists(at); at = at.parent_path()) {
    missing.push_back(at);
  }
  std::reverse(missing.begin(), missing.end());
  for (const fs::path& at : missing) {
    if (mkdir(at.c_str(), kPublicFolder) == 0) {
      if (chmod(at.c_str(), kPublicFolder) != 0) {
        fail("cannot set the permissions of " + at.string());
      }
    } else if (errno != EEXIST) {
      fail("cannot create the folder " + at.string());
    }
  }
}

}  // namespace cardmute::platform
