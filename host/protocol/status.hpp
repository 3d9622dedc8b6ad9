// The status in JSON. tests/contract/protocol.md defines it.
#pragma once

#include <string>

#include "engine/status.hpp"

namespace cardmute::protocol {

// Both functions return a JSON text.
std::string error_text(const Error& error);
std::string status_text(const engine::Status& status);

}  // namespace cardmute::protocol
