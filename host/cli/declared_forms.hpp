// Forms that a page itself has declared to be payment forms, by its attribute `data-cardmute` or
// its event `cardmute:open`. Any script of the page can do this, which mutes the call.
#pragma once

#include <string_view>

#include "store/store.hpp"

namespace cardmute::cli {

// The beginning of the extension's reason for such a form: DECLARED_REASON in
// extension/common/marks.js.
inline constexpr std::string_view kDeclared_reason = "declared by the page";

inline bool is_declared_form(const store::Entry& entry) {
  return entry.kind == store::EntryKind::surface_open && entry.detail.starts_with(kDeclared_reason);
}

}  // namespace cardmute::cli
