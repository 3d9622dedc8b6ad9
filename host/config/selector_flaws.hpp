// CSS selectors as the configuration may hold them. Pure; for config/ only.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace cardmute::config {

// What shows that `selector` cannot be a CSS selector, in words; nothing where it may be one. Only
// the browser knows for certain: it reports what it refuses.
std::optional<std::string> flaw_of_selector(std::string_view selector);

}  // namespace cardmute::config
