#pragma once
// Where the project's own files are, for tests that read them.
#include <filesystem>

namespace cardmute::test {

std::filesystem::path source_folder();

}  // namespace cardmute::test
