// Chooses the proof that the configured mute request mutes: the newer one of the store's and the
// configuration's.
#pragma once

#include <optional>

#include "config/config.hpp"
#include "store/proof.hpp"

namespace cardmute::agent {

// The configuration's proof in the store's form; nullopt if it has none for this account.
inline std::optional<store::Proof> carried_proof(const config::Config& config) {
  if (!config.proof || !config::is_for(*config.proof, *config.account)) return std::nullopt;
  return store::Proof{
      store::configuration_of(config.account->server_url(), config.account->polarity()),
      config.proof->at, true, config.proof->method};
}

// Returns the newer proof, or the only one; nullopt if there is neither. A failed test call counts
// too: an earlier success must not hide a later failure.
inline std::optional<store::Proof> newer(const std::optional<store::Proof>& one,
                                         const std::optional<store::Proof>& other) {
  if (!one || !other) return one ? one : other;
  return one->at < other->at ? other : one;
}

}  // namespace cardmute::agent
