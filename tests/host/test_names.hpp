// Replaces getaddrinfo() for names that end in ".test", so that no test depends on a network. None
// of these names has an address.
#pragma once

namespace cardmute::test {

// While an object of this class exists, lookups of "hangs.test" block. The destructor lets them end
// and waits for their end.
class HangingNames {
 public:
  HangingNames();
  ~HangingNames();
  HangingNames(const HangingNames&) = delete;
  HangingNames& operator=(const HangingNames&) = delete;
};

}  // namespace cardmute::test
