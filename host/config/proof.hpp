// The proof of polarity in a configuration: a test call has shown which request mutes. `doctor
// --test-call --write-proof` writes it. The proof is valid for the account, so one test call is
// enough for everyone.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "base/utc_time.hpp"
#include "telephony/account.hpp"

namespace cardmute::config {

struct CarriedProof {
  UtcTime at{};
  std::string url;        // the URL to which the mute was sent
  std::string state;      // the state that muted; empty if the provider has no such setting
  std::string method;     // "active_calls" or "listened"
  std::string action_id;  // the provider's ID of the mute; may be empty
  std::string by;         // who made the test call: "root@pilot-pc"
};

// Whether the proof is valid for this account's URL and state.
bool is_for(const CarriedProof& proof, const telephony::Account& account);

nlohmann::json to_json(const CarriedProof& proof);

}  // namespace cardmute::config
