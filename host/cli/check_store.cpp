#include <algorithm>
#include <chrono>
#include <map>
#include <system_error>

#include "base/plain_text.hpp"
#include "cli/check.hpp"
#include "cli/declared_forms.hpp"
#include "cli/mute_times.hpp"
#include "cli/polarity_proof.hpp"
#include "store/ledger.hpp"
#include "store/store.hpp"

namespace cardmute::cli {

namespace {

// How many days check_mutes() and check_declared_forms() cover.
constexpr int kMutes_days = 7;
constexpr std::size_t kMaxOrigin_bytes = 300;

}  // namespace

Check check_store(const Context& context) {
  constexpr const char* kName = "store";
  const auto file = store::store_file(context.state_directory);
  std::error_code ignored;
  if (std::filesystem::status(file, ignored).type() == std::filesystem::file_type::not_found) {
    return passed(kName, "nothing has been recorded yet");
  }
  const auto problem = store::read_ledger(file, UtcTime::max(), [](const store::Entry&) {});
  if (problem) {
    return failed(kName, ErrorCode::store_failed, *problem,
                  "mutes work without it, but two browsers do not know of each other: give this "
                  "user the right to it, or move the file away");
  }
  return passed(kName, file.string());
}

Check check_mutes(const Context& context) {
  constexpr const char* kName = "mutes";
  const auto file = store::store_file(context.state_directory);
  const UtcTime since = context.now().utc - std::chrono::days(kMutes_days);
  MuteTimes times;
  auto problem =
      store::read_ledger(file, since, [&](const store::Entry& entry) { times.add(entry); });
  if (!problem) {
    problem =
        store::read_minutes(file, since, [&](const store::Minute& minute) { times.add(minute); });
  }
  if (problem) return noted(kName, "not known, since the store cannot be read");
  const auto days = times.days();
  if (days.empty()) {
    return noted(kName, "none in the last " + std::to_string(kMutes_days) + " days");
  }
  const auto longest = std::ranges::max_element(days, {}, &MuteDay::longest)->longest;
  std::string text = "the longest of the last " + std::to_string(kMutes_days) + " days took " +
                     duration_text(longest);
  for (const MuteDay& day : days) text += ". " + day_text(day);
  return noted(kName, text);
}

Check check_declared_forms(const Context& context) {
  constexpr const char* kName = "declared forms";
  std::map<std::string, int> counts;
  const auto problem = store::read_ledger(store::store_file(context.state_directory),
                                          context.now().utc - std::chrono::days(kMutes_days),
                                          [&](const store::Entry& entry) {
                                            if (is_declared_form(entry))
                                              ++counts[plain_text(entry.origin, kMaxOrigin_bytes)];
                                          });
  if (problem) return noted(kName, "not known, since the store cannot be read");
  std::string text = "in the last " + std::to_string(kMutes_days) +
                     " days pages have declared payment forms themselves: ";
  if (counts.empty()) return noted(kName, text + "none");
  const char* between = "";
  for (const auto& [origin, count] : counts) {
    text += between + origin + ' ' + std::to_string(count) + (count == 1 ? " time" : " times");
    between = ", ";
  }
  return noted(kName, text + ". If a page does so without need, its calls are muted for nothing");
}

Check check_polarity(const Context& context, const config::Config& config) {
  constexpr const char* kName = "polarity";
  const auto proof = polarity_proof(context, config);
  const std::string text = polarity_text(proof, config);
  // A proof in the configuration that is not valid for it is a problem, because whoever put it
  // there relies on it.
  const auto foreign = foreign_proof(config);
  constexpr const char* kReplaceIt =
      "make a test call with this configuration (cardmute-host doctor --test-call --write-proof "
      "FILE) and name its proof instead, or take the proof out of the configuration";
  if (!proof && foreign) return failed(kName, ErrorCode::verification_failed, text, kReplaceIt);
  if (!proof) return noted(kName, text);
  if (proof->passed && foreign) return warned(kName, text + "; but " + *foreign, kReplaceIt);
  if (proof->passed) return passed(kName, text);
  return failed(
      kName, ErrorCode::verification_failed, text,
      config.account->remedy_if_reversed() + ", then run cardmute-host doctor --test-call");
}

Check about_settle() {
  return noted("settle",
               "the next host of this user ends what a killed one has left muted. Where browsers "
               "may stay closed after a crash, let a schedule run cardmute-host settle as this "
               "user, every minute and after the start of the machine");
}

}  // namespace cardmute::cli
