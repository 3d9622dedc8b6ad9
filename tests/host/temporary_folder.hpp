// A temporary folder, deleted with the object.
#pragma once

#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>

namespace cardmute::test {

class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::random_device number;
    do {
      path_ = std::filesystem::temp_directory_path() / ("cardmute-" + std::to_string(number()));
    } while (!std::filesystem::create_directory(path_));
    path_ = std::filesystem::canonical(path_);
    // Gives the folder its usual permissions, whatever the umask is.
    std::filesystem::permissions(path_, static_cast<std::filesystem::perms>(0755));
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

  // Writes a file below the folder, and creates the folders in between.
  std::filesystem::path write(const std::filesystem::path& name, const std::string& text) const {
    const std::filesystem::path file = path_ / name;
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << text;
    return file;
  }

 private:
  std::filesystem::path path_;
};

inline std::string read_text(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

}  // namespace cardmute::test
