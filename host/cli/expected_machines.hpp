// `report --merge --expect`: the list of the machines that ought to report, and which of them have
// not.
#pragma once

#include <cstddef>
#include <filesystem>
#include <set>
#include <string>
#include <variant>
#include <vector>

namespace cardmute::cli {

inline constexpr std::size_t kMaxExpectFile_bytes = std::size_t{4} * 1024 * 1024;
// RFC 1035: the longest name of a machine with its domain.
inline constexpr std::size_t kMaxMachineName_characters = 253;

struct ExpectedMachines {
  std::vector<std::string> names;  // the names as the file has them, each once
  std::vector<std::string> flaws;  // a text for each line that cannot be read: "FILE, line 3: …"
};

// Reads a list of machines: UTF-8, a name on each line, or a CSV file whose first column has the
// names. Empty lines and lines that begin with "#" do not count, nor does the first other line if
// its first column is "machine". If the file cannot be read or names no machine, returns the reason
// instead.
std::variant<ExpectedMachines, std::string> read_expected_machines(
    const std::filesystem::path& file);

struct Attendance {
  struct Missing {
    std::string name;
    // The name in a report that has no domain. The report may be about this missing machine or
    // about another one. Empty if there is no such report.
    std::string unclear = {};
  };
  std::vector<Missing> missing;         // the missing machines, in the order of the list
  std::vector<std::string> unexpected;  // machines that have reported and are not in the list
};

// Compares the two lists. Letter case does not count. A name without a domain is that of every
// machine with this first label, whatever its domain. But if a report gives only the label, and
// several names of the list fit, the report counts for the equal one, or if none is equal, for none
// of them.
Attendance attendance(const std::vector<std::string>& expected,
                      const std::set<std::string>& reported);

}  // namespace cardmute::cli
