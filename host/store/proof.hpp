// The proof that `mute_state` really mutes on this account: the result of the last test call with a
// configuration.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "base/utc_time.hpp"

namespace cardmute::store {

struct Proof {
  std::string configuration;  // the result of configuration_of() for which the proof is valid
  UtcTime at{};
  bool passed = false;
  std::string method;  // "active_calls" or "listened"
  bool operator==(const Proof&) const = default;
};

// Identifies the configurations for which a proof is valid, by the URL that mutes are sent to and
// the value of `state` that means "mute".
std::string configuration_of(const std::string& mute_url, const std::string& mute_state);

// The last proof for `configuration`; nullopt if there is none, or if the store cannot be read
// within `patience_ms` (by default kPatience_ms).
std::optional<Proof> read_proof(const std::filesystem::path& file, const std::string& configuration,
                                std::optional<int> patience_ms = std::nullopt);
// Writes the proof and an entry in the ledger; creates the store if it is missing. Returns nullopt,
// or one line that says why the proof could not be written, with the file's name.
std::optional<std::string> write_proof(const std::filesystem::path& file, const Proof& proof);

}  // namespace cardmute::store
