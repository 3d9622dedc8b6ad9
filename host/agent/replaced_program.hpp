// Notices that an upgrade has put another program in this one's place: on Windows each version has
// a folder of its own, and a running program cannot be replaced.
#pragma once

#include <string>

#include "engine/moment.hpp"
#include "install/browsers.hpp"
#include "install/manifest.hpp"

namespace cardmute::agent {

class ReplacedProgram {
 public:
  // `caller` is the extension, as the browser names it.
  explicit ReplacedProgram(const std::string& caller);

  // Whether the browser would start another program, as far as the last look showed. Looks every
  // kLook_s, but not at the first call; on other systems than Windows it never looks and returns
  // false.
  bool look(engine::Steady now);
  // When look() has to be called again.
  [[nodiscard]] engine::Steady next_look() const { return next_look_; }

  static constexpr int kLook_s = 60;

 private:
  install::Kind kind_;
  engine::Steady next_look_;
  bool is_replaced_ = false;
};

}  // namespace cardmute::agent
