#include "cli/report_merge.hpp"

#include <algorithm>
#include <chrono>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "base/error_code.hpp"
#include "base/plain_text.hpp"
#include "base/utc_time.hpp"
#include "cli/machine_report.hpp"
#include "cli/output.hpp"
#include "cli/report_reader.hpp"

namespace cardmute::cli {

namespace fs = std::filesystem;
using nlohmann::json;

namespace {

constexpr std::size_t kMaxMergeText_bytes = 400;

std::string shown(const json& text) {
  return text.is_string() ? plain_text(text.get_ref<const std::string&>(), kMaxMergeText_bytes)
                          : "";
}

struct Reason {
  std::string code;
  std::string message;
};

// One person on one machine, according to the newest report.
struct Person {
  std::string machine;
  std::string name;  // empty: the machine's report names no person
  UtcTime at{};
  std::string host_version;
  std::optional<std::string> configuration_hash = {};
  bool is_unproven = false;
  std::vector<Reason> why = {};  // why the person is not covered; empty if covered
};

struct Merged {
  // The key is the machine's ID with its name, and the person.
  std::map<std::pair<std::string, std::string>, Person> persons;
  std::set<std::string> machines;
  std::vector<std::string> flaws;  // what read_reports() could not read
};

Person person_of(const json& it, const std::string& machine, UtcTime at,
                 const std::string& host_version) {
  Person person{machine, shown(it["person"]), at, host_version};
  const auto configuration = it.value("configuration", json());
  if (configuration.is_object()) {
    person.configuration_hash = shown(configuration.value("hash", json()));
  }
  const auto proof = it.value("proof", json());
  person.is_unproven = proof.is_object() && proof.value("proven", json()) == false;
  for (const json& reason : it["why"]) {
    person.why.push_back({shown(reason["code"]), shown(reason["message"])});
  }
  return person;
}

Reason not_installed(const std::string& message) {
  return {std::string(name_of(ErrorCode::not_installed)), message};
}

void add(const json& it, Merged& merged) {
  const std::string name = shown(it["machine"]["name"]);
  // The name is part of the key, because machines that were cloned from one image may have the same
  // ID.
  const std::string machine = shown(it["machine"].value("id", json())) + ' ' + name;
  const UtcTime at = *parse_utc(it["at"].get_ref<const std::string&>());
  const std::string version = shown(it.value("host_version", json()));
  const bool is_known = !merged.machines.insert(machine).second;
  for (const json& each : it["persons"]) {
    const Person person = person_of(each, name, at, version);
    Person& known = merged.persons[{machine, person.name}];
    if (known.at <= at) known = person;
    merged.persons.erase({machine, ""});
  }
  if (it["persons"].empty() && !is_known) {
    Person nobody{name, "", at, version};
    nobody.why.push_back(
        not_installed("nobody has used CardMute on this machine, or it was reported without "
                      "--all-users"));
    merged.persons[{machine, ""}] = nobody;
  }
}

// Marks persons on machines that have been silent for long, because these may have lost what
// protected them.
void doubt_old_reports(Merged& merged, UtcTime now) {
  for (auto& [key, person] : merged.persons) {
    if (now - person.at <= std::chrono::days(kReportStale_days)) continue;
    person.why.push_back(not_installed("the newest report is older than " +
                                       std::to_string(kReportStale_days) + " days"));
  }
}

// "1 person", "2 persons"
std::string counted(std::size_t count, const char* what) {
  return std::to_string(count) + ' ' + what + (count == 1 ? "" : "s");
}

// For example "1.4.0 (3 persons), 1.3.0 (1 person)"; empty if all have the same.
std::string differing(const std::map<std::string, int>& counts) {
  if (counts.size() < 2) return "";
  std::string text;
  for (const auto& [value, count] : counts) {
    text += (text.empty() ? "" : ", ") + (value.empty() ? "unknown" : value) + " (" +
            counted(static_cast<std::size_t>(count), "person") + ')';
  }
  return text;
}

// Differences between machines, and what is still to do. These are no reasons to count as
// uncovered.
std::vector<std::string> remarks(const Merged& merged) {
  std::map<std::string, int> versions;
  std::map<std::string, int> hashes;
  std::size_t unproven = 0;
  for (const auto& [key, person] : merged.persons) {
    ++versions[person.host_version];
    if (person.configuration_hash) ++hashes[*person.configuration_hash];
    unproven += person.is_unproven ? 1 : 0;
  }
  std::vector<std::string> texts;
  if (const auto text = differing(versions); !text.empty())
    texts.push_back("host versions: " + text);
  if (const auto text = differing(hashes); !text.empty())
    texts.push_back("configurations: " + text);
  if (unproven > 0) {
    texts.push_back(
        std::to_string(unproven) +
        " without a proof that the mute mutes: run doctor --test-call --write-proof once");
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

void tell(const Context& context, const Merged& merged, std::size_t uncovered) {
  context.out << counted(merged.machines.size(), "machine") << ", "
              << counted(merged.persons.size(), "person") << ": "
              << merged.persons.size() - uncovered << " covered, " << uncovered << " not covered\n";
  for (const auto& [key, person] : merged.persons) {
    if (person.why.empty()) continue;
    context.out << "NOT COVERED  " << person.machine << "  "
                << (person.name.empty() ? "(nobody)" : person.name) << "  ("
                << format_utc(person.at) << ")\n";
    for (const auto& [code, message] : person.why) {
      context.out << "    " << code << ": " << message << '\n';
    }
  }
  for (const auto& text : remarks(merged)) context.out << "note  " << text << '\n';
  for (const auto& flaw : merged.flaws) context.out << "NOT READ  " << flaw << '\n';
}

}  // namespace

void run_merge(Context& context, const fs::path& folder) {
  std::error_code error;
  if (!fs::is_directory(folder, error)) {
    fail(context, ErrorCode::bad_request,
         folder.string() +
             " is not a folder. Expected: the folder with the files that report "
             "--json has written");
    return;
  }
  const UtcTime now = context.now().utc;
  Merged merged;
  merged.flaws = read_reports(folder, now, [&merged](const json& it) { add(it, merged); });
  doubt_old_reports(merged, now);
  json not_covered = json::array();
  for (const auto& [key, person] : merged.persons) {
    if (!person.why.empty()) not_covered.push_back(to_json(person));
  }
  context.exit_code = !not_covered.empty()   ? exit_code_of(ErrorCode::not_installed)
                      : merged.flaws.empty() ? 0
                                             : exit_code_of(ErrorCode::bad_request);
  if (!context.json) {
    tell(context, merged, not_covered.size());
    return;
  }
  print_json(context, {{"ok", context.exit_code == 0},
                       {"machines", merged.machines.size()},
                       {"persons", merged.persons.size()},
                       {"covered", merged.persons.size() - not_covered.size()},
                       {"not_covered", not_covered},
                       {"remarks", remarks(merged)},
                       {"not_read", merged.flaws}});
}

}  // namespace cardmute::cli
