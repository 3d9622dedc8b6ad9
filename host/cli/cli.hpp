// A person's commands, from the command line to the exit code. main.cpp calls run_command; tests
// call run with surroundings of their own.
#pragma once

#include <string>
#include <vector>

#include "cli/context.hpp"

namespace cardmute::cli {

// Runs the command that main's arguments name, on standard output and this machine. Gives the exit
// code: 0, or the number of the error (base/error_code.hpp).
int run_command(int argc, char** argv);

// The same with `arguments` without the program's own name.
int run(const std::vector<std::string>& arguments, Context& context);

}  // namespace cardmute::cli
