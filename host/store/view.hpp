// What all processes know together, read in one transaction. For this room only.
#pragma once

#include <optional>
#include <vector>

#include "store/books.hpp"

namespace cardmute::store {

struct View {
  Shared shared;
  // The other processes that have not ended as far as anyone knows.
  std::vector<platform::ProcessIdentity> others;
  // When a grace or a doubt ends, so that there is something to write or to read anew.
  std::optional<engine::Steady> due;
};

View read_view(Books& books, const Absence& absence);

}  // namespace cardmute::store
