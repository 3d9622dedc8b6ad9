#pragma once
// The folder of the project's own files, for tests that read them.
#include <filesystem>

namespace cardmute::test {

std::filesystem::path source_folder();

}  // namespace cardmute::test
