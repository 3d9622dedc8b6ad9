// Whether a test call has proven that the configured state mutes.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "cli/context.hpp"
#include "store/proof.hpp"
#include "telephony/account.hpp"

namespace cardmute::cli {

// The result of the last test call with this configuration; nullopt if there was none.
std::optional<store::Proof> polarity_proof(const Context& context, const config::Config& config);

// One sentence, without a full stop.
std::string polarity_text(const std::optional<store::Proof>& proof,
                          const telephony::Account& account);

// {"proven", "at", "method"}; the last two are null without a test call.
nlohmann::json polarity_json(const std::optional<store::Proof>& proof);

}  // namespace cardmute::cli
