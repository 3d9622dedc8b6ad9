// Forms that a page has declared to be payment forms by itself, by its attribute `data-cardmute` or
// its event `cardmute:open`. Any script of the page can do so, and mutes the call by it.
#pragma once

#include <string_view>

#include "store/store.hpp"

namespace cardmute::cli {

// How the extension's reason for such a form begins: DECLARED_REASON in
// extension/common/marks.js.
inline constexpr std::string_view kDeclared_reason = "declared by the page";

inline bool is_declared_form(const store::Entry& entry) {
  return entry.kind == store::EntryKind::surface_open && entry.detail.starts_with(kDeclared_reason);
}

}  // namespace cardmute::cli
