#include "cli/report_merge.hpp"

#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "base/error_code.hpp"
#include "base/utc_time.hpp"
#include "cli/expected_machines.hpp"
#include "cli/merged_reports.hpp"
#include "cli/output.hpp"
#include "cli/report_reader.hpp"

namespace cardmute::cli {

namespace fs = std::filesystem;
using nlohmann::json;

namespace {

// The expected machines, compared with those that have reported.
struct Roll {
  std::size_t expected = 0;
  Attendance attendance;
};

std::string counted(std::size_t count, const char* what) {
  return std::to_string(count) + ' ' + what + (count == 1 ? "" : "s");
}

// Returns how many persons have each value, such as "1.4.0 (3 persons), 1.3.0 (1 person)"; empty if
// all persons have the same value.
std::string differing(const std::map<std::string, int>& counts) {
  if (counts.size() < 2) return "";
  std::string text;
  for (const auto& [value, count] : counts) {
    text += (text.empty() ? "" : ", ") + (value.empty() ? "unknown" : value) + " (" +
            counted(static_cast<std::size_t>(count), "person") + ')';
  }
  return text;
}

// Whether there are reports about persons, but none of these persons uses a browser. Then nobody is
// covered.
bool is_nobody_in_use(const Merged& merged) {
  return !merged.persons.empty() && count_of(merged, Cover::not_needed) == merged.persons.size();
}

// What differs between the persons, and what is still to do. A remark does not change who is
// covered.
std::vector<std::string> remarks(const Merged& merged, const std::optional<Roll>& roll) {
  std::map<std::string, int> versions;
  std::map<std::string, int> hashes;
  std::size_t unproven = 0;
  for (const auto& [key, person] : merged.persons) {
    ++versions[person.host_version];
    if (person.configuration_hash) ++hashes[*person.configuration_hash];
    unproven += person.is_unproven && person.is_in_use ? 1 : 0;
  }
  std::vector<std::string> texts;
  if (is_nobody_in_use(merged)) {
    texts.emplace_back(
        "nobody is in use, so nobody is covered: look whether the reports are of the "
        "machines on which payments are taken");
  }
  if (const auto text = differing(versions); !text.empty())
    texts.push_back("host versions: " + text);
  if (const auto text = differing(hashes); !text.empty())
    texts.push_back("configurations: " + text);
  if (unproven > 0) {
    texts.push_back(
        std::to_string(unproven) +
        " without a proof that the mute mutes: run doctor --test-call --write-proof once");
  }
  if (roll) {
    for (const auto& name : roll->attendance.unexpected) {
      texts.push_back(reported_text(name) +
                      " has reported and is not in the list of expected machines");
    }
  }
  return texts;
}

json to_json(const Person& person) {
  json why = json::array();
  for (const auto& [code, message] : person.why) {
    why.push_back({{"code", code}, {"message", message}});
  }
  return {{"machine", person.machine},
          {"person", person.name},
          {"at", format_utc(person.at)},
          {"why", std::move(why)}};
}

// Why an expected machine has no report.
std::string reason_of(const Attendance::Missing& missing) {
  std::string text = "has not reported";
  if (missing.unclear.empty()) return text;
  return text + ": the report of \"" + reported_text(missing.unclear) +
         "\" does not say which of the expected machines it is";
}

void tell(const Context& context, const std::string& word, const Person& person) {
  context.out << word << "  " << person.machine << "  "
              << (person.name.empty() ? "(nobody)" : person.name) << "  (" << format_utc(person.at)
              << ")\n";
  for (const auto& [code, message] : person.why) {
    context.out << "    " << code << ": " << message << '\n';
  }
}

void tell(const Context& context, const Merged& merged, const std::optional<Roll>& roll) {
  const auto uncovered = count_of(merged, Cover::none);
  const auto unused = count_of(merged, Cover::not_needed);
  context.out << counted(merged.machines.size(), "machine") << ", "
              << counted(merged.persons.size(), "person") << ": "
              << merged.persons.size() - uncovered - unused << " covered, " << uncovered
              << " not covered" << (unused > 0 ? ", " + std::to_string(unused) + " not in use" : "")
              << '\n';
  if (roll) {
    context.out << counted(roll->expected, "machine")
                << " expected: " << roll->attendance.missing.size() << " of them not reported\n";
    for (const auto& missing : roll->attendance.missing) {
      context.out << "NOT COVERED  " << reported_text(missing.name) << "  " << reason_of(missing)
                  << '\n';
    }
  }
  for (const auto& [key, person] : merged.persons) {
    if (cover_of(person) == Cover::none) tell(context, "NOT COVERED", person);
  }
  for (const auto& [key, person] : merged.persons) {
    if (cover_of(person) == Cover::not_needed) tell(context, "not in use", person);
  }
  for (const auto& text : remarks(merged, roll)) context.out << "note  " << text << '\n';
  for (const auto& flaw : merged.flaws) context.out << "NOT READ  " << flaw << '\n';
}

// Compares the list of expected machines with the machines that have reported. Adds the flaws of
// the list to those of the reports.
Roll roll_of(const ExpectedMachines& expected, Merged& merged) {
  merged.flaws.insert(merged.flaws.end(), expected.flaws.begin(), expected.flaws.end());
  return {expected.names.size(), attendance(expected.names, merged.names)};
}

json list_of(const Merged& merged, Cover cover) {
  json list = json::array();
  for (const auto& [key, person] : merged.persons) {
    if (cover_of(person) == cover) list.push_back(to_json(person));
  }
  return list;
}

void print(const Context& context, const Merged& merged, const std::optional<Roll>& roll) {
  const json not_covered = list_of(merged, Cover::none);
  const json not_in_use = list_of(merged, Cover::not_needed);
  json document{{"ok", context.exit_code == 0},
                {"machines", merged.machines.size()},
                {"persons", merged.persons.size()},
                {"covered", merged.persons.size() - not_covered.size() - not_in_use.size()},
                {"not_covered", not_covered},
                {"not_in_use", not_in_use},
                {"remarks", remarks(merged, roll)},
                {"not_read", merged.flaws}};
  document["expected"] = roll ? json(roll->expected) : json();
  document["not_reported"] = json::array();
  if (roll) {
    for (const auto& missing : roll->attendance.missing) {
      document["not_reported"].push_back(
          {{"machine", reported_text(missing.name)}, {"message", reason_of(missing)}});
    }
  }
  print_json(context, document);
}

}  // namespace

void run_merge(Context& context, const fs::path& folder, const fs::path& expected) {
  std::error_code error;
  if (!fs::is_directory(folder, error)) {
    fail(context, ErrorCode::bad_request,
         folder.string() +
             " is not a folder. Expected: the folder with the files that report "
             "--json has written");
    return;
  }
  std::optional<ExpectedMachines> machines;
  if (!expected.empty()) {
    auto read = read_expected_machines(expected);
    if (const auto* why = std::get_if<std::string>(&read)) {
      return fail(context, ErrorCode::bad_request, *why);
    }
    machines = std::move(std::get<ExpectedMachines>(read));
  }
  const UtcTime now = context.now().utc;
  Merged merged;
  merged.flaws = read_reports(folder, now, [&merged](const json& it) { add_report(it, merged); });
  doubt_old_reports(merged, now);
  std::optional<Roll> roll;
  if (machines) roll = roll_of(*machines, merged);
  const bool all_covered =
      count_of(merged, Cover::none) == 0 &&
      (!roll || (roll->attendance.missing.empty() && !is_nobody_in_use(merged)));
  context.exit_code = !all_covered           ? exit_code_of(ErrorCode::not_installed)
                      : merged.flaws.empty() ? 0
                                             : exit_code_of(ErrorCode::bad_request);
  if (context.json) {
    print(context, merged, roll);
  } else {
    tell(context, merged, roll);
  }
}

}  // namespace cardmute::cli
