#include "store/close_request.hpp"

#include <fstream>
#include <system_error>

#include "platform/file_lock.hpp"

namespace cardmute::store {

namespace fs = std::filesystem;

namespace {

fs::path request_of(const fs::path& store) {
  fs::path file = store;
  file += ".close";
  return file;
}

}  // namespace

void ask_to_close(const fs::path& store) { std::ofstream(request_of(store)).close(); }

bool asked_to_close(const fs::path& store) {
  if (platform::open_files_can_be_renamed()) return false;
  std::error_code ignored;
  return fs::exists(request_of(store), ignored);
}

void withdraw_close_request(const fs::path& store) {
  if (platform::open_files_can_be_renamed()) return;
  std::error_code ignored;
  fs::remove(request_of(store), ignored);
}

}  // namespace cardmute::store
