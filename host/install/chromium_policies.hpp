// The policies of Chromium and its relatives. Private to install/.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "install/policies.hpp"

namespace cardmute::install {

// Returns the policies of each such browser, from the files that it reads on Linux. The precedence
// is that of ExtensionManagement::Refresh (extension_management.cc): an entry of ExtensionSettings
// for the extension wins over every list. If any policy names the extension, the hosts and
// permissions of the entry "*" do not apply to it.
std::vector<BrowserPolicies> chromium_policies(const Roots& roots,
                                               std::span<const std::string> callers);
// Like chromium_policies(), but from Windows' registry.
std::vector<BrowserPolicies> chromium_policies_in_registry(std::span<const std::string> callers);

}  // namespace cardmute::install
