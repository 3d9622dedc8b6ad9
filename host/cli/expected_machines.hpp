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
  std::vector<std::string> names;  // as in the file, each once
  std::vector<std::string> flaws;  // a text for each invalid line: "FILE, line 3: …"
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
    // A reported name without a domain that may stand for this machine or for another of the list.
    // Empty if there is none.
    std::string unclear = {};
  };
  std::vector<Missing> missing;         // the missing machines, in the order of the list
  std::vector<std::string> unexpected;  // machines that have reported and are not in the list
};

// Compares the two lists without regard to case. A reported name that is in the list stands for
// that machine only. Otherwise a name without a domain stands for every name with the same first
// label. But if a reported name without a domain fits several names of the list, it counts for none
// of them.
Attendance attendance(const std::vector<std::string>& expected,
                      const std::set<std::string>& reported);

}  // namespace cardmute::cli
