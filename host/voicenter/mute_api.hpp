// Voicenter's "Mute Call Recording API", without I/O: the requests, and what the answers mean.
#pragma once

#include <string>

#include "engine/outcome.hpp"
#include "engine/status.hpp"
#include "http/message.hpp"

namespace cardmute::voicenter {

// The settings of this account's requests.
struct MuteApi {
  // The API's address, without a query.
  std::string url = "https://monapisec.voicenter.co.il/Comet/API/MuteUnmuteCalls";
  bool post = true;              // true: POST with JSON; false: GET with a query
  std::string mute_state = "1";  // "1" or "0": Voicenter's two documents contradict each other
};

// Returns the request that mutes or unmutes `target`. The target's value is the SIP ID of an
// extension or the ivrid of a call. With POST, `state` is sent as a JSON string.
http::Request build_request(const MuteApi& api, const engine::Target& target,
                            engine::Command command);

// The value of `state` in a request with this command: "1" or "0".
std::string state_of(const MuteApi& api, engine::Command command);

// What the answer means. The request is acknowledged only by HTTP 2xx and ErrorCode 200 (a string
// or an integer) in a JSON object.
engine::Outcome interpret(const http::Result& result);

}  // namespace cardmute::voicenter
