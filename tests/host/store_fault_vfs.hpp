// A file system that fails on demand, between SQLite and the real one.
#pragma once

#include <functional>
#include <string>

namespace cardmute::test {

inline constexpr const char* kFaultVfs = "cardmute-faults";

struct Faults {
  // The call that fails, counted from 1 among writes, syncs, truncations, openings, deletions and
  // growths of the shared index; 0: none.
  int at = 0;
  // Every call from then on fails; otherwise that one alone.
  bool lasting = false;
  // Half of what is written is written before it fails.
  bool half = false;
  // The disk is full (SQLITE_FULL); otherwise it is broken (SQLITE_IOERR).
  bool full = false;
  // Nothing fails; instead this file is truncated to zero bytes at that moment. Empty: no file.
  std::string cut_file;
  // Every sync fails, in addition to the other faults.
  bool syncs_fail = false;
  // Called by every sync, on the thread that waits for it.
  std::function<void()> on_sync;

  int calls = 0;  // made so far
  int syncs = 0;
  [[nodiscard]] bool reached() const { return at != 0 && calls >= at; }
};

// The only instance; the first use registers the VFS with SQLite.
Faults& faults();

}  // namespace cardmute::test
