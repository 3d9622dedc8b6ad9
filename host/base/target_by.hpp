// Says which calls a request to the telephone provider is about. The names are used in messages to
// the extension, in the store and in the ledger, so they never change.
#pragma once

#include <optional>
#include <string_view>

namespace cardmute {

enum class TargetBy {
  extension,  // all calls of one extension
  call,       // one call, named by the provider's ID
  each_call,  // every active call of one extension, each by its own ID
};

std::string_view name_of(TargetBy by);

// Returns nullopt if there is no such name.
std::optional<TargetBy> target_by_named(std::string_view name);

}  // namespace cardmute
