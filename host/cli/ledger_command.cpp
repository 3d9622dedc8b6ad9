// `ledger`: prints the entries of the store that all hosts of this user share.
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "cli/commands.hpp"
#include "cli/ledger_lines.hpp"
#include "cli/ledger_summary.hpp"
#include "cli/mute_times.hpp"
#include "cli/output.hpp"
#include "cli/since.hpp"
#include "store/ledger.hpp"
#include "store/store.hpp"

namespace cardmute::cli {

namespace {

using Since = std::optional<UtcTime>;

// Passes each entry from `since` on to `take` and to `times`, and each minute to `times`. Returns
// why the store cannot be read; nullopt if it can.
std::optional<std::string> read(const std::filesystem::path& file, const Since& since,
                                MuteTimes& times,
                                const std::function<void(const store::Entry&)>& take) {
  auto problem = store::read_ledger(file, since, [&](const store::Entry& entry) {
    times.add(entry);
    take(entry);
  });
  if (problem) return problem;
  return store::read_minutes(file, since, [&](const store::Minute& minute) { times.add(minute); });
}

// Prints entries while it reads them, because there may be kMaxLedger_entries of them.
void ledger_for_programs(Context& context, const std::filesystem::path& file, const Since& since) {
  LedgerSummary summary;
  MuteTimes times;
  bool first = true;
  context.out << "{\"entries\": [";
  const auto problem = read(file, since, times, [&](const store::Entry& entry) {
    summary.add(entry);
    context.out << (first ? "\n" : ",\n") << ledger_json(entry).dump();
    first = false;
  });
  context.out << "],\n";
  if (problem) {
    context.exit_code = exit_code_of(ErrorCode::store_failed);
    context.out << "\"error\": " << error_json(ErrorCode::store_failed, *problem).dump() << ",\n";
  }
  context.out << "\"ok\": " << (problem ? "false" : "true")
              << ",\n\"summary\": " << summary.as_json().dump()
              << ",\n\"mutes\": " << times.as_json().dump() << "}\n";
}

void ledger_for_people(Context& context, const std::filesystem::path& file, const Since& since) {
  LedgerSummary summary;
  MuteTimes times;
  bool empty = true;
  const auto problem = read(file, since, times, [&](const store::Entry& entry) {
    summary.add(entry);
    context.out << ledger_line(entry) << '\n';
    empty = false;
  });
  if (problem) {
    fail(context, ErrorCode::store_failed, *problem);
  } else if (empty) {
    context.out << (since ? "Nothing was recorded since " + format_utc(*since)
                          : "Nothing has been recorded yet")
                << ".\n";
  } else {
    context.out << '\n' << summary.text() << times.text();
  }
}

void run_ledger(Context& context, const std::string& wanted) {
  Since since;
  if (!wanted.empty()) since = since_of(wanted, context.now().utc);
  const auto file = store::store_file(context.state_directory);
  (context.json ? ledger_for_programs : ledger_for_people)(context, file, since);
}

std::string flaw_of_since(const std::string& text) {
  return since_of(text, {}) ? "" : kExpectedSince;
}

}  // namespace

void add_ledger(CLI::App& app, Context& context) {
  CLI::App* command = app.add_subcommand(
      "ledger", "List what happened: forms, mutes, and when a call was not muted");
  const auto since = std::make_shared<std::string>();
  command->add_option("--since", *since, "Only from then on: 2026-11-21, 2026-11-21T10:00:00Z, 24h")
      ->check(flaw_of_since)
      ->type_name("WHEN");
  command->callback([&context, since] { run_ledger(context, *since); });
}

}  // namespace cardmute::cli
