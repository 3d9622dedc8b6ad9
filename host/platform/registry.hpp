// Windows' registry. On other systems nothing is in it, and writing fails.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace cardmute::platform {

// Of this user, or of the whole machine.
enum class Hive { user, machine };
// Programs of 32 bits see other keys of the machine. A user's keys are one for both.
enum class RegistryView { of_64_bits, of_32_bits };

// A text of the key; without a name the key's own. nullopt: there is none. References to variables
// of the environment are resolved.
std::optional<std::string> registry_text(Hive hive, RegistryView view, const std::string& key,
                                         const std::string& name = "");
struct RegistryValue {
  std::string name;
  std::string text;
  std::optional<std::uint32_t> number;  // if it is no text
};
// The key's values that are a text or a number of 32 bits, in the registry's order.
std::vector<RegistryValue> registry_values(Hive hive, RegistryView view, const std::string& key);
// The names of the keys in it.
std::vector<std::string> registry_keys(Hive hive, RegistryView view, const std::string& key);
// Makes the key if it is missing, in the view of 64 bits. Throws std::system_error.
void write_registry_text(Hive hive, const std::string& key, const std::string& text);
// Removes the key and what is below it. Throws std::system_error; not if there is no such key.
void remove_registry_key(Hive hive, const std::string& key);

}  // namespace cardmute::platform
