// See report_merge.hpp.
#include "cli/report_merge.hpp"

#include <algorithm>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <utility>
#include <vector>

#include "base/error_code.hpp"
#include "base/plain_text.hpp"
#include "cli/machine_report.hpp"
#include "cli/output.hpp"

namespace cardmute::cli {

namespace fs = std::filesystem;
using nlohmann::json;

namespace {

constexpr std::size_t kMaxMergeText_bytes = 400;

std::string shown(const json& text) {
  return text.is_string() ? plain_text(text.get_ref<const std::string&>(), kMaxMergeText_bytes)
                          : "";
}

// One person of one machine, with the newest report about them.
struct Person {
  std::string machine;
  std::string name;
  std::string at;
  std::string host_version;
  json report;  // null: the machine's report names no person
};

struct Merged {
  // By the machine's ID (or name) and the person.
  std::map<std::pair<std::string, std::string>, Person> persons;
  std::set<std::string> machines;
  std::vector<std::string> flaws;  // lines that are no reports: "FILE, line 3: …"
};

bool is_person(const json& it) {
  return it.is_object() && it.value("person", json()).is_string() &&
         it.value("covered", json()).is_boolean() && it.value("why", json()).is_array();
}

// Why the line is no report; empty if it is one.
std::string flaw_of(const json& it) {
  if (!it.is_object()) return "not one JSON object. Expected: what report --json prints";
  if (it.value("report", json()) != kReport) {
    return "not a report of version " + std::to_string(kReport) +
           ". Expected: what report --json prints";
  }
  const auto machine = it.value("machine", json());
  const auto persons = it.value("persons", json());
  const bool has_name = machine.is_object() && machine.value("name", json()).is_string();
  if (!has_name || !it.value("at", json()).is_string() || !persons.is_array()) {
    return "\"machine\", \"at\" or \"persons\" is missing. Expected: what report --json prints";
  }
  return std::ranges::all_of(persons, is_person) ? ""
                                                 : "a person without \"person\", \"covered\" or "
                                                   "\"why\". Expected: what report --json prints";
}

void add(const json& it, Merged& merged) {
  const std::string name = shown(it["machine"]["name"]);
  const std::string id = shown(it["machine"].value("id", json()));
  const std::string key = id.empty() ? name : id;
  merged.machines.insert(key);
  const auto take = [&](const std::string& person, const json& report) {
    Person& known = merged.persons[{key, person}];
    const std::string at = shown(it["at"]);
    if (known.at <= at) known = {name, person, at, shown(it.value("host_version", json())), report};
  };
  for (const json& person : it["persons"]) take(shown(person["person"]), person);
  if (it["persons"].empty()) take("", json());
}

void read_lines(const fs::path& file, Merged& merged) {
  std::error_code error;
  if (fs::file_size(file, error) > kMaxReportFile_bytes || error) {
    merged.flaws.push_back(file.string() + ": cannot be read, or is too large");
    return;
  }
  std::ifstream lines(file);
  std::string line;
  std::size_t number = 0;
  while (std::getline(lines, line)) {
    ++number;
    if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
    if (merged.persons.size() >= kMaxReports) return;
    const json it = json::parse(line, nullptr, /*allow_exceptions=*/false);
    const std::string flaw = it.is_discarded() ? "not JSON, or cut off" : flaw_of(it);
    if (flaw.empty()) {
      add(it, merged);
    } else {
      merged.flaws.push_back(file.string() + ", line " + std::to_string(number) + ": " + flaw);
    }
  }
}

Merged read_folder(const fs::path& folder) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(folder)) {
    const auto extension = entry.path().extension();
    if (extension == ".json" || extension == ".jsonl") files.push_back(entry.path());
  }
  std::ranges::sort(files);
  Merged merged;
  for (const auto& file : files) read_lines(file, merged);
  if (files.empty()) merged.flaws.push_back(folder.string() + ": no file ends in .json or .jsonl");
  return merged;
}

json why_of(const Person& person) {
  if (!person.report.is_null()) return person.report["why"];
  return json::array({error_json(ErrorCode::not_installed,
                                 "nobody has used CardMute on this machine, or it was reported "
                                 "without --all-users")});
}

bool is_covered(const Person& person) {
  return !person.report.is_null() && person.report["covered"].get<bool>();
}

bool is_unproven(const Person& person) {
  const auto proof = person.report.is_null() ? json() : person.report.value("proof", json());
  return proof.is_object() && proof.value("proven", json()) == false;
}

// "1 person", "2 persons"
std::string counted(std::size_t count, const char* what) {
  return std::to_string(count) + ' ' + what + (count == 1 ? "" : "s");
}

// "1.4.0 (3 persons), 1.3.0 (1 person)", if there is more than one; else empty.
std::string differing(const std::map<std::string, int>& counts) {
  if (counts.size() < 2) return "";
  std::string text;
  for (const auto& [value, count] : counts) {
    text += (text.empty() ? "" : ", ") + (value.empty() ? "unknown" : value) + " (" +
            counted(static_cast<std::size_t>(count), "person") + ')';
  }
  return text;
}

// What is not alike everywhere, and what is still to do: not a reason to be uncovered.
std::vector<std::string> remarks(const Merged& merged) {
  std::map<std::string, int> versions;
  std::map<std::string, int> hashes;
  std::size_t unproven = 0;
  for (const auto& [key, person] : merged.persons) {
    ++versions[person.host_version];
    if (person.report.is_null()) continue;
    const auto configuration = person.report.value("configuration", json());
    if (configuration.is_object()) ++hashes[shown(configuration.value("hash", json()))];
    unproven += is_unproven(person) ? 1 : 0;
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

std::string code_of(const json& reason) {
  return reason.is_object() ? shown(reason.value("code", json())) : "";
}

void tell(const Context& context, const Merged& merged, std::size_t covered) {
  context.out << merged.machines.size() << " machines, " << merged.persons.size()
              << " persons: " << covered << " covered, " << merged.persons.size() - covered
              << " not covered\n";
  for (const auto& [key, person] : merged.persons) {
    if (is_covered(person)) continue;
    context.out << "NOT COVERED  " << person.machine << "  "
                << (person.name.empty() ? "(nobody)" : person.name) << "  (" << person.at << ")\n";
    for (const json& reason : why_of(person)) {
      context.out << "    " << code_of(reason) << ": "
                  << (reason.is_object() ? shown(reason.value("message", json())) : "") << '\n';
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
  const Merged merged = read_folder(folder);
  std::size_t covered = 0;
  json not_covered = json::array();
  for (const auto& [key, person] : merged.persons) {
    if (is_covered(person)) {
      ++covered;
      continue;
    }
    not_covered.push_back({{"machine", person.machine},
                           {"person", person.name},
                           {"at", person.at},
                           {"why", why_of(person)}});
  }
  const bool everyone = not_covered.empty();
  context.exit_code = !everyone              ? exit_code_of(ErrorCode::not_installed)
                      : merged.flaws.empty() ? 0
                                             : exit_code_of(ErrorCode::bad_request);
  if (!context.json) {
    tell(context, merged, covered);
    return;
  }
  print_json(context, {{"ok", context.exit_code == 0},
                       {"machines", merged.machines.size()},
                       {"persons", merged.persons.size()},
                       {"covered", covered},
                       {"not_covered", not_covered},
                       {"remarks", remarks(merged)},
                       {"not_read", merged.flaws}});
}

}  // namespace cardmute::cli
