// Checks of what is remembered: the store, the proof of polarity; see check.hpp.
#include <system_error>

#include "cli/check.hpp"
#include "cli/polarity_proof.hpp"
#include "run/caretaker.hpp"
#include "store/ledger.hpp"

namespace cardmute::cli {

Check check_store(const Context& context) {
  constexpr const char* kName = "store";
  const auto file = run::store_file(context.state_directory);
  std::error_code ignored;
  if (std::filesystem::status(file, ignored).type() == std::filesystem::file_type::not_found) {
    return passed(kName, "nothing has been recorded yet");
  }
  const auto problem =
      store::read_ledger(file, protocol::UtcTime::max(), [](const store::Entry&) {});
  if (problem) {
    return failed(kName, ErrorCode::store_failed, *problem,
                  "mutes work without it, but two browsers do not know of each other: give this "
                  "user the right to it, or move the file away");
  }
  return passed(kName, file.string());
}

Check check_polarity(const Context& context, const config::Config& config) {
  constexpr const char* kName = "polarity";
  const auto proof = polarity_proof(context, config);
  const std::string text = polarity_text(proof, config.voicenter.mute_state);
  if (!proof) return noted(kName, text);
  if (proof->passed) return passed(kName, text);
  return failed(kName, ErrorCode::verification_failed, text,
                "set voicenter.mute_state to the other of \"0\" and \"1\", then run cardmute-host "
                "doctor --test-call");
}

Check about_settle() {
  return noted("settle",
               "the next host of this user ends what a killed one has left muted. Where browsers "
               "may stay closed after a crash, let a schedule run cardmute-host settle as this "
               "user, every minute and after the start of the machine");
}

}  // namespace cardmute::cli
