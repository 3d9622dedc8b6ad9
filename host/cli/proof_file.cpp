#include "cli/proof_file.hpp"

#include <exception>
#include <filesystem>

#include "config/proof.hpp"
#include "platform/paths.hpp"
#include "platform/person.hpp"

namespace cardmute::cli {

namespace fs = std::filesystem;

std::optional<std::string> flaw_of_proof_file(const std::string& file) {
  if (file.empty()) return std::nullopt;
  std::error_code error;
  if (fs::is_directory(file, error)) {
    return "nothing was sent: " + file + " is a folder. Expected: the name of a file";
  }
  const fs::path folder = fs::absolute(file, error).parent_path();
  if (fs::is_directory(folder, error) && platform::can_write_in(folder)) return std::nullopt;
  return "nothing was sent: the proof could not be written to " + file +
         ". Expected: a file in a folder that exists and that you can write in";
}

void write_proof_file(const TestCall& call, TestCallResult& result, const store::Proof& proof,
                      const std::string& file) {
  if (result.error) {
    call.say("No proof was written to " + file + '.');
    return;
  }
  const telephony::Account& account = call.account();
  const std::string text =
      to_json(config::CarriedProof{
                  proof.at, account.server_url(), account.polarity(), proof.method,
                  call.action_id(),
                  platform::login_name().value_or("") + '@' + platform::machine_name()})
          .dump(2);
  try {
    platform::write_file_atomically(fs::absolute(file), text + "\n", platform::Readers::everyone);
    call.say("The proof is in " + file +
             ". Name it in the machine's configuration: \"proof\": "
             "{\"file\": \"…\"} in the section \"" +
             std::string(account.names().section) + "\".");
  } catch (const std::exception& error) {
    call.say("The proof could not be written; keep this instead: " + text);
    result.error = Error{ErrorCode::store_failed, error.what()};
  }
}

}  // namespace cardmute::cli
