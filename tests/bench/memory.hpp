// What a process holds of the machine's memory.
#pragma once

#include <sys/types.h>

namespace cardmute::bench {

struct Memory {
  long resident_KiB = 0;      // including all pages of libraries that other processes share
  long proportional_KiB = 0;  // with its share of those
  long private_KiB = 0;       // without them
  long anonymous_KiB = 0;     // excluding pages of files: memory of this process alone
};

Memory memory_of(pid_t process);

}  // namespace cardmute::bench
