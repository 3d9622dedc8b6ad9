// See polarity_proof.hpp.
#include "cli/polarity_proof.hpp"

#include "run/caretaker.hpp"

namespace cardmute::cli {

std::optional<store::Proof> polarity_proof(const Context& context, const config::Config& config) {
  return store::read_proof(
      run::store_file(context.state_directory),
      store::configuration_of(config.voicenter.mute_url, config.voicenter.mute_state));
}

std::string polarity_text(const std::optional<store::Proof>& proof, const std::string& mute_state) {
  const std::string state = "state \"" + mute_state + "\"";
  if (!proof) {
    return "it is unproven that " + state +
           " mutes on this account, and Voicenter's documents contradict each other: before anyone "
           "relies on it, run cardmute-host doctor --test-call";
  }
  const std::string how =
      protocol::format_utc(proof->at) +
      (proof->method == "listened" ? " by listening to the recording" : " by Active Calls");
  return proof->passed ? state + " mutes: proven on " + how
                       : "the test call of " + how + " has shown that " + state + " does NOT mute";
}

nlohmann::json polarity_json(const std::optional<store::Proof>& proof) {
  if (!proof) return {{"proven", false}, {"at", nullptr}, {"method", nullptr}};
  return {{"proven", proof->passed},
          {"at", protocol::format_utc(proof->at)},
          {"method", proof->method}};
}

}  // namespace cardmute::cli
