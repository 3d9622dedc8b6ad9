// The policies of Chromium and its relatives. Private to install/.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "install/policies.hpp"

namespace cardmute::install {

// One for each such browser, from the files that it reads on Linux. What wins over what follows
// ExtensionManagement::Refresh (extension_management.cc): an entry of ExtensionSettings for the
// extension wins over every list. Whatever names the extension keeps the hosts and permissions of
// "*" from it.
std::vector<BrowserPolicies> chromium_policies(const Roots& roots,
                                               std::span<const std::string> callers);
// The same from Windows' registry.
std::vector<BrowserPolicies> chromium_policies_in_registry(std::span<const std::string> callers);

}  // namespace cardmute::install
