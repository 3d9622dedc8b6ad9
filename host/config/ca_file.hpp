// What companies hand out as their CA comes in many formats; libcurl reads one of them, and fails
// only when it connects. For config/ only.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

namespace cardmute::config {

inline constexpr const char* kExpectedCaFile =
    "a text file (PEM) with one or more certificates, each from \"-----BEGIN CERTIFICATE-----\" to "
    "\"-----END CERTIFICATE-----\"";

// What the file is instead of PEM certificates, with the command that makes them of it where there
// is one: "found a binary certificate (DER); convert it: openssl …". Nothing where all is well. The
// certificates themselves (names, dates) are not looked at.
std::optional<std::string> flaw_of_ca_file(const std::filesystem::path& file);

}  // namespace cardmute::config
