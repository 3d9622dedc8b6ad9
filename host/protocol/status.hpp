// The status in JSON. tests/contract/protocol.md defines it.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "engine/status.hpp"

namespace cardmute::protocol {

nlohmann::json to_json(const Error& error);
nlohmann::json to_json(const engine::Status& status);

}  // namespace cardmute::protocol
