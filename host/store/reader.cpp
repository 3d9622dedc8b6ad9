#include "store/reader.hpp"

#include <chrono>
#include <exception>
#include <system_error>

#include "store/schema.hpp"

namespace cardmute::store {

namespace {

void read_from(const std::filesystem::path& file, const std::function<void(Database&)>& read,
               int patience_ms) {
  Database database(file.string(), SQLITE_OPEN_READONLY, nullptr, patience_ms);
  if (schema_version(database) > 0) read(database);
}

// A copy of the store and its write-ahead log in a folder that only this user can read. The
// destructor deletes it.
class Copy {
 public:
  explicit Copy(const std::filesystem::path& file)
      : folder_(std::filesystem::temp_directory_path() /
                ("cardmute-" +
                 std::to_string(std::chrono::steady_clock::now().time_since_epoch().count()))),
        file_(folder_ / file.filename()) {
    if (!std::filesystem::create_directory(folder_)) {
      throw SqliteError(SQLITE_CANTOPEN, "it cannot be copied");
    }
    std::filesystem::permissions(folder_, std::filesystem::perms::owner_all);
    std::filesystem::copy_file(file, file_);
    std::error_code no_log;
    std::filesystem::copy_file(file.string() + "-wal", file_.string() + "-wal", no_log);
  }
  ~Copy() {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }
  Copy(const Copy&) = delete;
  Copy& operator=(const Copy&) = delete;

  [[nodiscard]] const std::filesystem::path& file() const { return file_; }

 private:
  std::filesystem::path folder_;
  std::filesystem::path file_;
};

}  // namespace

std::string cannot_be_used(const std::filesystem::path& file, const std::string& why) {
  return "The store " + file.string() + " cannot be used: " + why + ".";
}

std::optional<std::string> with_reader(const std::filesystem::path& file,
                                       const std::function<void(Database&)>& read,
                                       int patience_ms) {
  try {
    if (!std::filesystem::exists(file)) return std::nullopt;
    require_regular_file(file);  // a pipe or device must not be copied
    try {
      read_from(file, read, patience_ms);
    } catch (const SqliteError& error) {
      // Even a reader needs the index, which cannot be created in a read-only folder. No host can
      // write there either, so a copy is consistent.
      const bool unwritable = error.code() == SQLITE_CANTOPEN || error.code() == SQLITE_READONLY;
      if (!unwritable || patience_ms < kPatience_ms) throw;
      const Copy copy(file);
      read_from(copy.file(), read, patience_ms);
    }
  } catch (const std::exception& error) {
    return cannot_be_used(file, error.what());
  }
  return std::nullopt;
}

}  // namespace cardmute::store
