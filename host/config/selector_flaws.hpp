// Finds mistakes in CSS selectors of the configuration.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace cardmute::config {

// Why `selector` cannot be a CSS selector; nullopt if it may be one. Only the browser knows for
// certain, and reports a selector that it rejects.
std::optional<std::string> flaw_of_selector(std::string_view selector);

}  // namespace cardmute::config
