// A message of the host with values that a fuzzer chooses, and what it means.
#pragma once

#include <nlohmann/json.hpp>
#include <string_view>

namespace cardmute::fuzz {

// Returns {"text": the message as it would be sent, "meant": what the extension must read in it}.
// `meant` lacks `target`, which the extension does not read. Its times are in milliseconds. It is
// not made by the host's JSON writer, so that it shows mistakes of that writer.
nlohmann::json made_message(std::string_view choices);

}  // namespace cardmute::fuzz
