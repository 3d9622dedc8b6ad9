// Reads the ledger; see ledger.hpp.
#include "store/ledger.hpp"

namespace cardmute::store {

std::optional<std::string> read_ledger(const std::filesystem::path&,
                                       std::optional<protocol::UtcTime>,
                                       const std::function<void(const Entry&)>&) {
  return std::nullopt;
}

}  // namespace cardmute::store
