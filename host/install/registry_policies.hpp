// Policies of browsers in Windows' registry, where Group Policy writes them.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

namespace cardmute::install {

// What is below the key, as the object that a file with the same policies holds: a key whose values
// have numbers for names is a list. A number is true or false, since no other policies of numbers
// are asked for here. The machine's policies count before the user's.
nlohmann::json registry_policies(const std::string& key);

// Whether a program has the browser install the extension: an entry below the browser's own key.
bool registry_installs(const std::string& key, const std::string& id);

}  // namespace cardmute::install
