// The name server of the tests. It replaces getaddrinfo for names that end in ".test", so that no
// test depends on a network.
#pragma once

namespace cardmute::test {

// None of these names has an address, for example "absent.test". Lookups of "hangs.test" block
// while an object of this class exists; its destructor lets them end, and waits for that.
class HangingNames {
 public:
  HangingNames();
  ~HangingNames();
  HangingNames(const HangingNames&) = delete;
  HangingNames& operator=(const HangingNames&) = delete;
};

}  // namespace cardmute::test
