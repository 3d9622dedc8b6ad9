// How commands say things: JSON for programs, words for people. For cli/ only.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "base/error_code.hpp"
#include "cli/context.hpp"

namespace cardmute::cli {

// One JSON document on standard output. Text that is no UTF-8 (an argument, a file name) is mended.
void print_json(const Context& context, const nlohmann::json& document);

// Says why a command could not be done, and sets the exit code.
void fail(Context& context, ErrorCode code, const std::string& message);

// {"code": …, "message": …}
nlohmann::json error_json(ErrorCode code, const std::string& message);

}  // namespace cardmute::cli
