// Reads a CA file and checks its format. Companies hand out their CA in many formats. libcurl reads
// only PEM, and does not report another format before it connects.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

namespace cardmute::config {

inline constexpr const char* kExpectedCaFile =
    "a text file (PEM) with one or more certificates, each from \"-----BEGIN CERTIFICATE-----\" to "
    "\"-----END CERTIFICATE-----\"";

struct CaFile {
  std::string pem;
  // Why the file cannot be used, such as "found a binary certificate (DER); convert it: openssl …".
  // The text has a command that converts the file, if there is one. nullopt if the file has PEM
  // certificates, perhaps among other text, and none of them is damaged. The certificates' names
  // and dates are not checked.
  std::optional<std::string> flaw = {};
};
CaFile read_ca_file(const std::filesystem::path& file);

}  // namespace cardmute::config
