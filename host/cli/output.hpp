// Prints the output of commands: JSON for programs, text for people.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "base/error_code.hpp"
#include "cli/context.hpp"

namespace cardmute::cli {

// Replaces bytes that are not UTF-8, because an argument or a file's name may contain them.
void print_json(const Context& context, const nlohmann::json& document);

// Reports why a command failed, and sets the exit code.
void fail(Context& context, ErrorCode code, const std::string& message);

// Returns {"code": …, "message": …}.
nlohmann::json error_json(ErrorCode code, const std::string& message);

}  // namespace cardmute::cli
