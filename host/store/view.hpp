// The shared state of all processes, read in one transaction. Private to store/.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "store/starts.hpp"
#include "store/transaction_context.hpp"

namespace cardmute::store {

struct View {
  Shared shared;
  // The other processes of this boot that are not known to have ended.
  std::vector<platform::ProcessIdentity> others;
  std::vector<OtherStart> other_starts;
  // When the next grace ends, the next unknown outcome no longer matters, or another process's
  // request counts as abandoned. At that time something has to be written.
  std::optional<engine::Steady> due;
};

// `same_others`: an earlier view whose `others` and `other_starts` are still true; null if there is
// none.
View read_view(TransactionContext& context, const Absence& absence, const View* same_others);

}  // namespace cardmute::store
