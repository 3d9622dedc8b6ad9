#include "base/target_by.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace cardmute {

namespace {

// "ivrid" is Voicenter's word for a call's ID. Stores and ledgers contain it, so it is used for the
// calls of every provider.
constexpr std::array<std::pair<TargetBy, std::string_view>, 3> kNames{
    {{TargetBy::extension, "extension"}, {TargetBy::call, "ivrid"}, {TargetBy::each_call, "call"}}};

}  // namespace

std::string_view name_of(TargetBy by) {
  return std::ranges::find(kNames, by, &std::pair<TargetBy, std::string_view>::first)->second;
}

std::optional<TargetBy> target_by_named(std::string_view name) {
  for (const auto& [by, known] : kNames) {
    if (known == name) return by;
  }
  return std::nullopt;
}

}  // namespace cardmute
