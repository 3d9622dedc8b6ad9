// The table that says which extension belongs to which log-in: the group `extensions` of a
// configuration file, or a CSV file.
#pragma once

#include <cstddef>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace cardmute::config {

inline constexpr std::size_t kMaxTable_bytes = std::size_t{1024} * 1024;
inline constexpr std::size_t kMaxLogin_characters = 256;

struct ExtensionRow {
  std::string login;
  std::string extension;
  std::size_t line = 0;  // 0: the row is not in a CSV file
};

// Why a row, or a whole file, cannot be used. The other rows still count.
struct TableFlaw {
  std::size_t line = 0;  // 0: the flaw concerns the whole file, or the row is not in a CSV file
  std::string login;     // the row's user; empty: not known, so the row may be anybody's
  std::string found;
  std::string expected;
};

struct ExtensionTable {
  std::string file;  // the CSV file; empty for a table in the configuration file
  std::vector<ExtensionRow> rows;
  std::vector<TableFlaw> flaws;
};

// Two rows that fit the log-in equally well and have different extensions.
struct Ambiguous {
  ExtensionRow one;
  ExtensionRow other;
};

// The row of this log-in; nullopt if there is none. A row with the log-in's domain is preferred to
// one without a domain.
std::variant<std::optional<ExtensionRow>, Ambiguous> row_of(const ExtensionTable& table,
                                                            std::string_view login);

// Parses the text of a CSV file with two columns: log-in and extension.
ExtensionTable parse_extension_csv(std::string_view text);
// Reads the file. If it cannot be read, is too large or is not UTF-8, that is a flaw of the whole
// file.
ExtensionTable read_extension_csv(const std::string& file);
// `group` is an object whose keys are log-ins.
ExtensionTable table_of_group(const nlohmann::json& group);

}  // namespace cardmute::config
