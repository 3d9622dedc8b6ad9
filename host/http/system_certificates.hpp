// Where the system keeps the certificates of the authorities that it trusts. Private to http/.
#pragma once

#include <filesystem>
#include <span>
#include <string>

namespace cardmute::http {

// The file, or an empty text if none of the usual ones exists; then libcurl's own default counts.
// libcurl is linked statically, so its default is that of the system on which it was built, and a
// package also runs on others.
std::string system_ca_file();

// The first of `files` that exists.
std::string first_that_exists(std::span<const std::filesystem::path> files);

}  // namespace cardmute::http
