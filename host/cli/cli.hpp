// Runs a person's commands, from the command line to the exit code.
#pragma once

#include <string>
#include <vector>

#include "cli/context.hpp"

namespace cardmute::cli {

// Runs the command that the arguments name, with this machine's files and standard output. Returns
// the exit code: 0, or the number of the error (base/error_code.hpp).
int run_command(const std::vector<std::string>& arguments);

// Runs the command in a given context. `arguments` does not include the program's own name.
int run(const std::vector<std::string>& arguments, Context& context);

}  // namespace cardmute::cli
