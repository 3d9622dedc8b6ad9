// Policies of browsers in Windows' registry, where Group Policy writes them.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

namespace cardmute::install {

// Returns what is below the key, in the form of the object in a policy file. A key whose values
// have numbers as names becomes a list. A number becomes true or false: the policies that CardMute
// examines have no other numbers. The machine's policies are preferred to the user's.
nlohmann::json registry_policies(const std::string& key);

// Whether the machine's `key` has an entry for the extension with an update_url. With such an
// entry, any program can make the browser install the extension.
bool registry_installs(const std::string& key, const std::string& id);

}  // namespace cardmute::install
