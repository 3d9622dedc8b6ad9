// The status and errors as JSON texts. tests/contract/protocol.md defines them.
#pragma once

#include <string>

#include "engine/status.hpp"

namespace cardmute::protocol {

std::string error_text(const Error& error);
std::string status_text(const engine::Status& status);

}  // namespace cardmute::protocol
