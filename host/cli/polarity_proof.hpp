// Whether a test call has proven that the configured state mutes.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "cli/context.hpp"
#include "store/proof.hpp"

namespace cardmute::cli {

// The result of the last test call with this configuration, here or, as the configuration says, at
// another computer; nullopt if there was none.
std::optional<store::Proof> polarity_proof(const Context& context, const config::Config& config);

// One sentence, without a full stop.
std::string polarity_text(const std::optional<store::Proof>& proof, const config::Config& config);

// {"proven", "at", "method", "source"}; the last three are null without a test call. The source is
// "configuration" or "test_call".
nlohmann::json polarity_json(const std::optional<store::Proof>& proof,
                             const config::Config& config);

}  // namespace cardmute::cli
