// What a process holds of the machine's memory.
#pragma once

#include <sys/types.h>

namespace cardmute::bench {

struct Memory {
  long resident_KiB = 0;      // with every page of a library that others use as well
  long proportional_KiB = 0;  // with its share of those
  long private_KiB = 0;       // without them
  long anonymous_KiB = 0;     // without any page of a file: what this process alone has made
};

Memory memory_of(pid_t process);

}  // namespace cardmute::bench
