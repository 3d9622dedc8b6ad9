// The memory of a process.
#pragma once

#include <sys/types.h>

namespace cardmute::bench {

struct Memory {
  long resident_KiB = 0;      // including all pages that it shares with other processes
  long proportional_KiB = 0;  // including its part of the shared pages
  long private_KiB = 0;       // without shared pages
  long anonymous_KiB = 0;     // without pages of files
};

Memory memory_of(pid_t process);

}  // namespace cardmute::bench
