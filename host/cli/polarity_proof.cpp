// See polarity_proof.hpp.
#include "cli/polarity_proof.hpp"

#include "store/store.hpp"

namespace cardmute::cli {

std::optional<store::Proof> polarity_proof(const Context& context, const config::Config& config) {
  return store::read_proof(
      store::store_file(context.state_directory),
      store::configuration_of(config.account->server_url(), config.account->polarity()));
}

std::string polarity_text(const std::optional<store::Proof>& proof,
                          const telephony::Account& account) {
  const std::string state = account.words_of(engine::Command::mute);
  if (!proof) {
    return "it is unproven that " + state + " mutes on this account, and " +
           std::string(account.names().doubt) +
           ": before anyone relies on it, run cardmute-host doctor --test-call";
  }
  const std::string how =
      format_utc(proof->at) +
      (proof->method == "listened" ? " by listening to the recording" : " by Active Calls");
  return proof->passed ? state + " mutes: proven on " + how
                       : "the test call of " + how + " has shown that " + state + " does NOT mute";
}

nlohmann::json polarity_json(const std::optional<store::Proof>& proof) {
  if (!proof) return {{"proven", false}, {"at", nullptr}, {"method", nullptr}};
  return {{"proven", proof->passed}, {"at", format_utc(proof->at)}, {"method", proof->method}};
}

}  // namespace cardmute::cli
