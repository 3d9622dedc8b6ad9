#include "cli/polarity_proof.hpp"

#include "agent/carried_proof.hpp"
#include "base/plain_text.hpp"
#include "store/store.hpp"

namespace cardmute::cli {

namespace {

constexpr std::size_t kMaxBy_bytes = 100;
constexpr std::size_t kMaxUrl_bytes = 300;
constexpr std::size_t kMaxState_bytes = 20;

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

std::optional<std::string> foreign_proof(const config::Config& config) {
  if (!config.proof || config::is_for(*config.proof, *config.account)) return std::nullopt;
  const auto differs = [](const std::string& found, const std::string& expected) {
    return found + ", and the configuration has " + expected;
  };
  const std::string url = config.account->server_url();
  return "the configuration's proof does not count: it is for " +
         (config.proof->url != url
              ? differs(plain_text(config.proof->url, kMaxUrl_bytes), url)
              : differs("state \"" + plain_text(config.proof->state, kMaxState_bytes) + '"',
                        '"' + config.account->polarity() + '"'));
}

std::string polarity_text(const std::optional<store::Proof>& proof, const config::Config& config) {
  const telephony::Account& account = *config.account;
  const std::string state = account.words_of(engine::Command::mute);
  if (!proof) {
    const auto foreign = foreign_proof(config);
    return (foreign ? *foreign + ". So " : "") +
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
