// The place where the system keeps the certificates of the CAs that it trusts. Private to http/.
#pragma once

#include <filesystem>
#include <span>
#include <string>

namespace cardmute::http {

// The file with the certificates. Empty on Windows, which has them in a store, and if none of the
// usual files exists; then libcurl uses its own default. That default alone would not do: it is the
// path on the system on which the static libcurl was built, but a package also runs on other
// systems.
std::string system_ca_file();

// Returns an empty string if none exists.
std::string first_that_exists(std::span<const std::filesystem::path> files);

}  // namespace cardmute::http
