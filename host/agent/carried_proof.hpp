// The proof of polarity that counts: of the store's and the configuration's, the newer one.
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

// A later test call that has failed must not be hidden by an earlier proof.
inline std::optional<store::Proof> newer(const std::optional<store::Proof>& one,
                                         const std::optional<store::Proof>& other) {
  if (!one || !other) return one ? one : other;
  return one->at < other->at ? other : one;
}

}  // namespace cardmute::agent
