// The proof that `mute_state` really mutes on this account: the result of the last test call for a
// configuration. cli/ writes it, cli/ and run/ read it.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "protocol/status.hpp"

namespace cardmute::store {

struct Proof {
  std::string configuration;  // what it holds for, as configuration_of() gives it
  protocol::UtcTime at{};
  bool passed = false;
  std::string method;  // "active_calls" or "listened"
};

// What a proof depends on: where mutes go, and which state mutes.
std::string configuration_of(const std::string& mute_url, const std::string& mute_state);

// The last proof for `configuration`; nothing where there is none, or the store cannot be read
// within `patience_ms` (by default a person's).
std::optional<Proof> read_proof(const std::filesystem::path& file, const std::string& configuration,
                                std::optional<int> patience_ms = std::nullopt);
// Nothing: written; else why not, one line with the file's name.
std::optional<std::string> write_proof(const std::filesystem::path& file, const Proof& proof);

}  // namespace cardmute::store
