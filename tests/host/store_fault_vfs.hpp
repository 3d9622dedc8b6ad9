// A file system that fails on demand, between SQLite and the real one.
#pragma once

#include <functional>
#include <string>

namespace cardmute::test {

inline constexpr const char* kFaultVfs = "cardmute-faults";

struct Faults {
  // Which call fails, counted from 1; 0: none. Writes, syncs, truncations, openings, deletions and
  // extensions of the shared index are counted.
  int at = 0;
  // Whether all calls from number `at` on fail, or only that one.
  bool lasting = false;
  // A failing write writes half of its bytes.
  bool half = false;
  // Whether the failure is a full disk (SQLITE_FULL) or a broken disk (SQLITE_IOERR).
  bool full = false;
  // If not empty: call `at` does not fail; instead this file is truncated to zero bytes.
  std::string cut_file;
  // Every sync fails, in addition to the other faults.
  bool syncs_fail = false;
  // Called at each sync, on the thread that syncs.
  std::function<void()> on_sync;

  int calls = 0;  // how many calls were made so far
  int syncs = 0;
  [[nodiscard]] bool reached() const { return at != 0 && calls >= at; }
};

// The only instance; the first use registers the VFS with SQLite.
Faults& faults();

}  // namespace cardmute::test
