// Windows' registry. On other systems it is empty, and writing fails.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace cardmute::platform {

// Whose part of the registry: this user's, or the whole machine's.
enum class Hive { user, machine };
// On Windows, 32-bit programs see other keys of the machine than 64-bit programs. A user's keys are
// the same for both.
enum class RegistryView { of_64_bits, of_32_bits };

// Returns the text under `name` in the key, or the key's own text if `name` is empty; nullopt if
// there is none. References to environment variables are resolved.
std::optional<std::string> registry_text(Hive hive, RegistryView view, const std::string& key,
                                         const std::string& name = "");
struct RegistryValue {
  std::string name;
  std::string text;
  std::optional<std::uint32_t> number;  // the value if it is a number
};
// The key's values that are a text or a number of 32 bits, in the registry's order.
std::vector<RegistryValue> registry_values(Hive hive, RegistryView view, const std::string& key);
// The names of the keys directly below the key.
std::vector<std::string> registry_keys(Hive hive, RegistryView view, const std::string& key);
// Writes the text, in the 64-bit view, and creates the key if it is missing. Throws
// std::system_error.
void write_registry_text(Hive hive, const std::string& key, const std::string& text);
// Removes the key and its values from both views. The key must have no keys below it. Does nothing
// if there is no such key. Throws std::system_error.
void remove_registry_key(Hive hive, const std::string& key);

}  // namespace cardmute::platform
