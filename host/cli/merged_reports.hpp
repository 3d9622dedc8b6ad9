// The reports of many machines, merged: for each person of each machine, what the newest report
// says. (If the person's home could not be read for some of the reports, see replaces().)
#pragma once

#include <cstddef>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/utc_time.hpp"

namespace cardmute::cli {

// A report that is older than this does not show that anybody is covered. A machine that has not
// reported for so long may have lost what protected it. If newer reports of the machine lack only
// the person, the person is assumed to have stopped using the machine.
inline constexpr int kReportStale_days = 30;

struct Reason {
  std::string code;
  std::string message;
};

// One person of one machine, according to the report that counts.
struct Person {
  std::string machine;
  std::string name;  // empty: the machine's report names no person
  UtcTime at{};
  std::string host_version;
  std::optional<std::string> configuration_hash = {};
  bool is_unproven = false;
  // Whether the person's home could be read for the report.
  bool is_known = false;
  std::vector<Reason> why = {};  // why the person is not covered; empty if covered
  // Whether the person uses a browser on the machine. If not, it does not matter that the person is
  // not covered.
  bool is_in_use = true;
};

struct Merged {
  // The key: the machine's ID with its name, then the person's name.
  std::map<std::pair<std::string, std::string>, Person> persons;
  // The time of each machine's newest report. The key is the machine's ID with its name.
  std::map<std::string, UtcTime> machines;
  std::set<std::string> names;     // the names of the machines
  std::vector<std::string> flaws;  // what could not be read
};

enum class Cover { full, none, not_needed };
Cover cover_of(const Person& person);
std::size_t count_of(const Merged& merged, Cover cover);

// Adds one report, as read_reports() gives it.
void add_report(const nlohmann::json& it, Merged& merged);

// Adds a reason to each person whose report is too old, and sets whether the person still uses the
// machine. Call it after all reports were added.
void doubt_old_reports(Merged& merged, UtcTime now);

// A text of a report without control characters, fit to be shown; empty if `text` is no string.
std::string reported_text(const nlohmann::json& text);

}  // namespace cardmute::cli
