// The name server of the tests. It replaces getaddrinfo for names that end in ".test", so that no
// test depends on a network.
#pragma once

namespace cardmute::test {

// "absent.test" has no address. Lookups of "hangs.test" block while an object of this class exists;
// its destructor waits until they have ended.
class HangingNames {
 public:
  HangingNames();
  ~HangingNames();
  HangingNames(const HangingNames&) = delete;
  HangingNames& operator=(const HangingNames&) = delete;
};

}  // namespace cardmute::test
