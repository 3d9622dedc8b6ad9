// The name server of the tests: replaces getaddrinfo for names that end in ".test", so that no test
// depends on a network.
#pragma once

namespace cardmute::test {

// "absent.test" has no address. "hangs.test" gets no answer while one of these lives; each lookup
// of it is over when this is destroyed.
class HangingNames {
 public:
  HangingNames();
  ~HangingNames();
  HangingNames(const HangingNames&) = delete;
  HangingNames& operator=(const HangingNames&) = delete;
};

}  // namespace cardmute::test
