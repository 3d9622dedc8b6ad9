// Notices that an upgrade has installed another program. This is needed on Windows, where a running
// program cannot be replaced, so each version has a folder of its own.
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

  // Whether the browser would start another program, according to the last look. Looks every
  // kLook_s, but not at the first call. On systems other than Windows, never looks and returns
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
