// Fuzzes the store's file: whatever is in it, mutes are sent, nothing crashes, and problems are
// reported in plain text. If the first byte is even, the rest is the file. Otherwise the rest is a
// list of changes to a valid file, of three bytes each: the offset (two bytes) and the value.
#include "store/store.hpp"

#include <unistd.h>

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "must.hpp"
#include "store/hellos.hpp"
#include "store/ledger.hpp"

namespace {

using namespace cardmute;
using fuzz::must;
namespace fs = std::filesystem;

constexpr engine::Moment kNow{std::chrono::hours(1), UtcTime(1'795'255'200'123)};

// A folder of this process, in memory if possible. It is deleted when the process ends.
class Folder {
 public:
  Folder()
      : path_((fs::exists("/dev/shm") ? fs::path("/dev/shm") : fs::temp_directory_path()) /
              ("cardmute-fuzz-store-" + std::to_string(getpid()))) {
    empty();
  }
  ~Folder() { fs::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  void empty() const {
    fs::remove_all(path_);
    fs::create_directories(path_);
  }
  [[nodiscard]] fs::path file() const { return path_ / "cardmute.db"; }

 private:
  fs::path path_;
};

store::Store open(const fs::path& file) {
  return store::Store({.file = file,
                       .self = {"boot", 1, 1},
                       .browser = {"boot", 2, 1},
                       .caller = "fuzzer",
                       .is_alive = [](const platform::ProcessIdentity&) { return false; }});
}

// Does what a host does during a payment. No content of the file may crash it or stop the mute.
void take_a_payment(const fs::path& file) {
  auto store = open(file);
  static_cast<void>(store.refresh(kNow, {}));
  static_cast<void>(
      store.acquire({"form", "https://crm.example.com", "reason", false}, kNow, false));
  const auto begun =
      store.begin(store::Command::mute, {TargetBy::extension, "API1API"}, kNow, false);
  must(begun.may_send, "a mute is never stopped by the store");
  static_cast<void>(store.end(begun.request, {}, true, true, kNow));
  static_cast<void>(store.release("form", "hidden", kNow, false));
  store.said_hello({"caller", "installation", "chromium", "1.0.0", "2026-11-29", 0, kNow.utc});
  store.rest(kNow);
  store.leave(kNow);
}

const std::string& sound_file(const Folder& folder) {
  static const std::string text = [&folder] {
    folder.empty();
    take_a_payment(folder.file());
    std::ifstream stream(folder.file(), std::ios::binary);
    return std::string{std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
  }();
  return text;
}

std::string content_of(const Folder& folder, const std::uint8_t* data, std::size_t size) {
  const std::string bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  if (data[0] % 2 == 0) return bytes;
  std::string content = sound_file(folder);
  for (std::size_t i = 0; i + 2 < bytes.size() && !content.empty(); i += 3) {
    const auto high = static_cast<unsigned char>(bytes[i]);
    const auto low = static_cast<unsigned char>(bytes[i + 1]);
    content[(high * 256U + low) % content.size()] = bytes[i + 2];
  }
  return content;
}

void read_everything(const fs::path& file) {
  const auto problem = store::read_ledger(file, UtcTime::max(), [](const store::Entry&) {});
  if (problem) must(fuzz::is_plain(*problem), "a problem is one plain line");
  std::vector<store::BrowserHello> hellos;
  static_cast<void>(store::read_hellos(file, hellos));
  store::RuleBook book;
  static_cast<void>(store::read_rules(file, book));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  static const Folder folder;
  const std::string content = content_of(folder, data, size);
  folder.empty();
  std::ofstream(folder.file(), std::ios::binary) << content;
  read_everything(folder.file());
  take_a_payment(folder.file());
  take_a_payment(folder.file());
  read_everything(folder.file());
  return 0;
}
