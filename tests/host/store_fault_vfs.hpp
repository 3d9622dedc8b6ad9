// A file system that fails on demand, between SQLite and the real one. For the tests of host/store.
#pragma once

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

  int calls = 0;  // made so far
  int syncs = 0;
  [[nodiscard]] bool reached() const { return at != 0 && calls >= at; }
};

// The one there is; the first use makes SQLite know the file system.
Faults& faults();

}  // namespace cardmute::test
