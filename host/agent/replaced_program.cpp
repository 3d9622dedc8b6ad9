#include "agent/replaced_program.hpp"

#include <chrono>

#include "config/callers.hpp"
#include "install/replacement.hpp"
#include "platform/paths.hpp"

namespace cardmute::agent {

ReplacedProgram::ReplacedProgram(const std::string& caller)
    : kind_(config::is_chromium_caller(caller) ? install::Kind::chromium : install::Kind::firefox),
      // On other systems an upgrade replaces the file, so there is nothing to look for.
      next_look_(install::this_system() == install::System::windows ? engine::Steady{}
                                                                    : engine::Steady::max()) {}

bool ReplacedProgram::look(engine::Steady now) {
  if (now < next_look_) return is_replaced_;
  // The program has just been started, so the first look can wait.
  const bool is_first = next_look_ == engine::Steady{};
  next_look_ = now + std::chrono::seconds(kLook_s);
  if (!is_first) {
    is_replaced_ =
        install::is_replaced(platform::executable_path(), kind_, install::default_roots());
  }
  return is_replaced_;
}

}  // namespace cardmute::agent
