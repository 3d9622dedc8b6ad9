// A message of the host with values that a fuzzer chooses, and what it means.
#pragma once

#include <nlohmann/json.hpp>
#include <string_view>

namespace cardmute::fuzz {

// Returns {"text": the message as it would be sent, "meant": its values}. `meant` is written by
// another JSON writer than the message, has times in milliseconds, and lists what the extension
// must read, except for `target`, which it does not read.
nlohmann::json made_message(std::string_view choices);

}  // namespace cardmute::fuzz
