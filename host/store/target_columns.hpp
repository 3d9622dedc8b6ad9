// Reads the two columns target_by and target.
#pragma once

#include <optional>

#include "engine/status.hpp"
#include "store/database.hpp"

namespace cardmute::store {

// Reads target_by from `column`, and target from the next column. Returns nullopt if target_by is
// NULL or a name that this version does not know.
inline std::optional<engine::Target> read_target(const Statement& row, int column) {
  const auto by = target_by_named(row.text(column));
  if (!by) return std::nullopt;
  return engine::Target{*by, row.text(column + 1)};
}

}  // namespace cardmute::store
