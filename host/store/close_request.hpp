// On a system where an open file cannot be renamed, a damaged store can be set aside only while no
// process has it open. So the process that finds the damage asks the others to close the store, by
// a file beside it. Private to store/.
#pragma once

#include <filesystem>

namespace cardmute::store {

// Asks every process that has the store open to close it and to check the whole file.
void ask_to_close(const std::filesystem::path& store);

// Whether a process asks. Always false on a system where open files can be renamed.
bool asked_to_close(const std::filesystem::path& store);

// Ends the request: the store was set aside, or it is not damaged.
void withdraw_close_request(const std::filesystem::path& store);

}  // namespace cardmute::store
