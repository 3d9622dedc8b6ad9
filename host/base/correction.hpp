// A correction: an agent says that the detector is wrong about a form.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cardmute {

enum class CorrectionChange {
  made,
  taken_back,  // an agent has withdrawn the correction
  // the extension has deleted the correction, because the extension keeps only a limited number
  dropped,
};

enum class CorrectionDirection {
  mute,    // the form is a payment form
  unmute,  // the form is not a payment form
};

// The names in messages between extension and host, and in the ledger.
inline constexpr std::array<std::pair<std::string_view, CorrectionChange>, 3> kCorrectionChanges{{
    {"made", CorrectionChange::made},
    {"taken_back", CorrectionChange::taken_back},
    {"dropped", CorrectionChange::dropped},
}};
inline constexpr std::array<std::pair<std::string_view, CorrectionDirection>, 2>
    kCorrectionDirections{{
        {"mute", CorrectionDirection::mute},
        {"unmute", CorrectionDirection::unmute},
    }};

inline constexpr std::size_t kMaxCorrection_selectors = 20;
inline constexpr std::size_t kMaxCorrectionSelector_characters = 500;

struct Correction {
  std::string origin;  // scheme, host and port
  CorrectionChange change = CorrectionChange::made;
  CorrectionDirection direction = CorrectionDirection::mute;
  std::vector<std::string> selectors;  // CSS selectors of the form's fields
};

// The name of a value in one of the tables above; empty if the table does not contain it.
template <typename Table, typename Value>
constexpr std::string_view name_in(const Table& table, Value value) {
  for (const auto& [name, one] : table) {
    if (one == value) return name;
  }
  return {};
}

}  // namespace cardmute
