#include <system_error>

#include "platform/registry.hpp"

namespace cardmute::platform {

std::optional<std::string> registry_text(Hive /*hive*/, RegistryView /*view*/,
                                         const std::string& /*key*/, const std::string& /*name*/) {
  return std::nullopt;
}

std::vector<RegistryValue> registry_values(Hive /*hive*/, RegistryView /*view*/,
                                           const std::string& /*key*/) {
  return {};
}

std::vector<std::string> registry_keys(Hive /*hive*/, RegistryView /*view*/,
                                       const std::string& /*key*/) {
  return {};
}

void write_registry_text(Hive /*hive*/, const std::string& key, const std::string& /*text*/) {
  throw std::system_error(std::make_error_code(std::errc::not_supported), key);
}

void remove_registry_key(Hive /*hive*/, const std::string& /*key*/) {}

}  // namespace cardmute::platform
