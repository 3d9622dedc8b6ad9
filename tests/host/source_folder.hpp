#pragma once
// The root folder of the project, for tests that read its files.
#include <filesystem>

namespace cardmute::test {

std::filesystem::path source_folder();

}  // namespace cardmute::test
