#include "agent/state_folder.hpp"
#include "cli/check.hpp"
#include "platform/machine.hpp"
#include "platform/process.hpp"
#include "store/sharing.hpp"
#include "store/store.hpp"

namespace cardmute::cli {

std::vector<Check> check_state_directory(const Context& context) {
  constexpr const char* kName = "state folder";
  std::vector<Check> checks;
  if (const auto flaw = agent::flaw_of_state_folder(context.state_directory)) {
    checks.push_back(flaw->unusable
                         ? failed(kName, ErrorCode::store_failed, flaw->text, flaw->remedy)
                         : warned(kName, flaw->text, flaw->remedy));
  } else {
    checks.push_back(passed(kName, context.state_directory.string()));
  }
  if (!platform::is_local_folder(context.state_directory)) {
    checks.push_back(
        warned(kName,
               context.state_directory.string() +
                   " is not known to be on a disk of this computer: over a network, two computers "
                   "that use it at once may not see each other's forms",
               "let XDG_STATE_HOME name a folder on this computer's own disk"));
  }
  if (store::is_shared_now(store::store_file(context.state_directory),
                           platform::this_process().boot)) {
    checks.push_back(noted("shared state folder",
                           "another machine or container uses it at the moment; what it has muted "
                           "is left alone"));
  }
  if (context.acts_as) {
    checks.push_back(noted("user", "started by root; acts as " + *context.acts_as +
                                       ", whose folder this is: what root makes there would lock "
                                       "that user out"));
  }
  return checks;
}

}  // namespace cardmute::cli
