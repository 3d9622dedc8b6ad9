// Whether a test call has proven that the configured mute request mutes.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "cli/context.hpp"
#include "store/proof.hpp"

namespace cardmute::cli {

// The result of the last test call with this configuration: one on this computer, or one whose
// proof the configuration contains. nullopt if there was none.
std::optional<store::Proof> polarity_proof(const Context& context, const config::Config& config);

// If the configuration's proof is for another URL or state than the configured one, says for which.
// Otherwise returns nullopt, also if the configuration has no proof.
std::optional<std::string> foreign_proof(const config::Config& config);

// Says the result in words, without a full stop at the end.
std::string polarity_text(const std::optional<store::Proof>& proof, const config::Config& config);

// The keys are "proven", "at", "method" and "source"; the last three are null without a test call.
// The source is "configuration" or "test_call".
nlohmann::json polarity_json(const std::optional<store::Proof>& proof,
                             const config::Config& config);

}  // namespace cardmute::cli
