// Voicenter's "Mute Call Recording API": what is sent, and what an answer means. Pure: URLs and
// JSON in, URLs and JSON out. A second telephone provider is a second room with these two
// functions.
#pragma once

#include <string>

#include "engine/outcome.hpp"
#include "http/message.hpp"

namespace cardmute::voicenter {

// Which calls a request is about.
struct Target {
  enum class By { extension, ivrid };
  By by = By::extension;
  std::string value;  // the extension's SIP ID, or one call's ivrid
};

// How this account is asked.
struct MuteApi {
  std::string url;         // https://…/MuteUnmuteCalls, without a query
  bool post = true;        // POST with JSON, or GET with a query
  std::string mute_state;  // "1" or "0": the two published documents contradict each other
};

// The request that mutes or unmutes `target`. `state` is always a JSON string.
http::Request build_request(const MuteApi& api, const Target& target, engine::Command command);

// What the answer means. Acknowledged is only: HTTP 2xx and ErrorCode 200 (a string or an integer)
// in a JSON object.
engine::Outcome interpret(const http::Result& result);

}  // namespace cardmute::voicenter
