// Reads one line of a CSV file (RFC 4180, but without line breaks inside quotes).
#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace cardmute::config {

// Returns the fields without their quotes and without blanks around them, or what is wrong with the
// line.
std::variant<std::vector<std::string>, std::string> fields_of_csv_line(std::string_view line);

}  // namespace cardmute::config
