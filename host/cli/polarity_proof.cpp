#include "cli/polarity_proof.hpp"

#include "agent/carried_proof.hpp"
#include "base/plain_text.hpp"
#include "store/store.hpp"

namespace cardmute::cli {

namespace {

constexpr std::size_t kMaxBy_bytes = 100;

}  // namespace

std::optional<store::Proof> polarity_proof(const Context& context, const config::Config& config) {
  const auto own = store::read_proof(
      store::store_file(context.state_directory),
      store::configuration_of(config.account->server_url(), config.account->polarity()));
  return agent::newer(own, agent::carried_proof(config));
}

bool is_carried(const std::optional<store::Proof>& proof, const config::Config& config) {
  return proof && proof == agent::carried_proof(config);
}

std::string polarity_text(const std::optional<store::Proof>& proof, const config::Config& config) {
  const telephony::Account& account = *config.account;
  const std::string state = account.words_of(engine::Command::mute);
  if (!proof) {
    const bool other = config.proof && !config::is_for(*config.proof, account);
    return (other ? "the configuration's proof is for another URL or state and does not count: "
                  : "") +
           ("it is unproven that " + state + " mutes on this account, and ") +
           std::string(account.names().doubt) +
           ": before anyone relies on it, run cardmute-host doctor --test-call";
  }
  std::string how =
      format_utc(proof->at) +
      (proof->method == "listened" ? " by listening to the recording" : " by Active Calls");
  if (is_carried(proof, config)) {
    how += config.proof->by.empty() ? "" : ", by " + plain_text(config.proof->by, kMaxBy_bytes);
    how += ", as the configuration says";
  }
  return proof->passed ? state + " mutes: proven on " + how
                       : "the test call of " + how + " has shown that " + state + " does NOT mute";
}

nlohmann::json polarity_json(const std::optional<store::Proof>& proof,
                             const config::Config& config) {
  if (!proof) {
    return {{"proven", false}, {"at", nullptr}, {"method", nullptr}, {"source", nullptr}};
  }
  return {{"proven", proof->passed},
          {"at", format_utc(proof->at)},
          {"method", proof->method},
          {"source", is_carried(proof, config) ? "configuration" : "test_call"}};
}

}  // namespace cardmute::cli
