// The reports of many machines, merged: for each person of each machine what the newest report
// says.
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

// A machine whose newest report is older may have lost what protected it; a person who has not
// reported for longer on a machine that has does not use it.
inline constexpr int kReportStale_days = 30;

struct Reason {
  std::string code;
  std::string message;
};

// One person of one machine, as the newest report says.
struct Person {
  std::string machine;
  std::string name;  // empty: the machine's report names no person
  UtcTime at{};
  std::string host_version;
  std::optional<std::string> configuration_hash = {};
  bool is_unproven = false;
  // Whether the report could look into the person's home.
  bool is_known = false;
  std::vector<Reason> why = {};  // not covered
  // False: uses no browser there, so that it does not matter that the person is not covered.
  bool is_in_use = true;
};

struct Merged {
  // By the machine's ID with its name, and the person.
  std::map<std::pair<std::string, std::string>, Person> persons;
  std::map<std::string, UtcTime> machines;  // the newest report of each
  std::set<std::string> names;              // of the machines
  std::vector<std::string> flaws;           // what could not be read
};

enum class Cover { full, none, not_needed };
Cover cover_of(const Person& person);
std::size_t count_of(const Merged& merged, Cover cover);

// Adds one report, as read_reports() gives it.
void add_report(const nlohmann::json& it, Merged& merged);

// To be called after all reports were added.
void doubt_old_reports(Merged& merged, UtcTime now);

// A text of a report as a person may see it, without control characters; empty if it is no text.
std::string reported_text(const nlohmann::json& text);

}  // namespace cardmute::cli
