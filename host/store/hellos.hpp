// When each extension of each browser profile last sent hello to a host of this user.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/utc_time.hpp"
#include "store/database.hpp"

namespace cardmute::store {

// At most this many rows are kept; the oldest are deleted.
inline constexpr int kMaxHellos = 50;

struct BrowserHello {
  std::string caller;  // the extension's origin or add-on ID
  // The extension's random ID in its profile; empty from an older extension.
  std::string installation;
  // the browser's name from the extension: "chromium", "chrome", "edge", "firefox"
  std::string browser;
  std::string extension_version;
  // The date of the extension's list of payment providers, "2026-11-29"; empty from an older
  // extension.
  std::string card_frames_date;
  // On how many of the watched sites the browser does not let the extension run; 0 from an older
  // extension.
  std::int64_t hidden_sites = 0;
  UtcTime at{};
};

void write_hello(Database& database, const BrowserHello& hello);

// Appends all hellos, the newest first; none if there is no store, or one of an older version
// without hellos. Returns nullopt, or one line that says why the store could not be read, with the
// file's name.
std::optional<std::string> read_hellos(const std::filesystem::path& file,
                                       std::vector<BrowserHello>& hellos);

}  // namespace cardmute::store
