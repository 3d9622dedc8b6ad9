#include "config/extension_table.hpp"

#include <algorithm>

#include "base/letter_case.hpp"
#include "base/login_name.hpp"
#include "base/plain_text.hpp"
#include "config/config.hpp"
#include "config/csv_line.hpp"
#include "config/report.hpp"
#include "config/values.hpp"
#include "platform/trusted_file.hpp"

namespace cardmute::config {

namespace {

constexpr const char* kExpectedLine = "a log-in name, a comma and its extension: agent1,API1API";
constexpr const char* kExpectedCsv = "a CSV file of two columns, log-in and extension, in UTF-8";
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

std::string sized(const char* what, std::size_t maximum) {
  return std::string(what) + " of 1 to " + std::to_string(maximum) + " characters";
}

// What is wrong with a log-in or an extension; empty if nothing is.
std::string flaw_of(const std::string& text, const char* what, std::size_t maximum) {
  if (text.empty()) return "no " + std::string(what);
  if (length_in_characters(text) > maximum) return "a longer " + std::string(what);
  const auto flaw = flaw_of_line(text);
  return flaw ? *flaw + " in the " + what : "";
}

void add_row(ExtensionTable& table, ExtensionRow row) {
  const auto refuse = [&](const std::string& login, std::string found, std::string expected) {
    table.flaws.push_back({row.line, login, std::move(found), std::move(expected)});
  };
  if (auto flaw = flaw_of(row.login, "log-in", kMaxLogin_characters); !flaw.empty()) {
    return refuse("", "found " + flaw, sized("a log-in name", kMaxLogin_characters));
  }
  if (auto flaw = flaw_of(row.extension, "extension", kMaxExtension_characters); !flaw.empty()) {
    return refuse(row.login, "found " + flaw + ", for " + in_quotes(row.login),
                  sized("an extension", kMaxExtension_characters));
  }
  table.rows.push_back(std::move(row));
}

// Reports log-ins that occur twice. Both rows are kept, so that row_of() sees the contradiction.
void find_doubles(ExtensionTable& table) {
  std::vector<std::pair<std::string, const ExtensionRow*>> sorted;
  for (const ExtensionRow& row : table.rows) sorted.emplace_back(lower_case(row.login), &row);
  std::ranges::stable_sort(sorted, {}, [](const auto& each) { return each.first; });
  for (std::size_t i = 1; i < sorted.size(); ++i) {
    if (sorted[i - 1].first != sorted[i].first) continue;
    const ExtensionRow& first = *sorted[i - 1].second;
    const ExtensionRow& second = *sorted[i].second;
    const std::string where =
        first.line == 0 ? "" : ", first on line " + std::to_string(first.line);
    table.flaws.push_back({second.line, second.login,
                           "the log-in " + in_quotes(second.login) + " appears twice" + where,
                           "each log-in once; letter case does not count"});
  }
}

void add_line(ExtensionTable& table, std::string_view line, std::size_t number) {
  const auto refuse = [&](std::string found) {
    table.flaws.push_back({number, "", std::move(found), kExpectedLine});
  };
  auto parsed = fields_of_csv_line(line);
  if (const auto* flaw = std::get_if<std::string>(&parsed)) return refuse("found " + *flaw);
  auto& fields = std::get<std::vector<std::string>>(parsed);
  if (fields.size() == 1 && fields[0].empty()) return;  // an empty line
  if (fields.size() == 1) {
    const bool semicolon = line.find(';') != std::string_view::npos;
    return refuse(semicolon ? "found a semicolon between the columns" : "found one column");
  }
  if (fields.size() > 2) return refuse("found " + std::to_string(fields.size()) + " columns");
  const bool is_heading = number == 1 && lower_case(fields[1]) == "extension";
  if (!is_heading) add_row(table, {std::move(fields[0]), std::move(fields[1]), number});
}

}  // namespace

std::variant<std::optional<ExtensionRow>, Ambiguous> row_of(const ExtensionTable& table,
                                                            std::string_view login) {
  const ExtensionRow* best = nullptr;
  const ExtensionRow* rival = nullptr;
  auto best_match = LoginMatch::none;
  for (const ExtensionRow& row : table.rows) {
    const auto match = match_logins(row.login, login);
    if (match == LoginMatch::none || match < best_match) continue;
    if (match > best_match) {
      best = &row;
      rival = nullptr;
      best_match = match;
    } else if (row.extension != best->extension) {
      rival = &row;
    }
  }
  if (rival != nullptr) return Ambiguous{*best, *rival};
  return best == nullptr ? std::nullopt : std::optional(*best);
}

ExtensionTable parse_extension_csv(std::string_view text) {
  ExtensionTable table;
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  std::size_t number = 0;
  while (!text.empty()) {
    ++number;
    const auto end = text.find('\n');
    if (end == std::string_view::npos) {
      // A file that is being written or copied may end anywhere, and "API1" may be the start of
      // "API1API".
      table.flaws.push_back({number, "", "the last line has no line break, so it may be cut off",
                             "a line break at the end of the file"});
      break;
    }
    std::string_view line = text.substr(0, end);
    if (line.ends_with('\r')) line.remove_suffix(1);
    add_line(table, line, number);
    text.remove_prefix(end + 1);
  }
  find_doubles(table);
  return table;
}

ExtensionTable read_extension_csv(const std::string& file) {
  const auto refuse = [&file](std::string found, std::string expected) {
    return ExtensionTable{
        .file = file, .rows = {}, .flaws = {{0, "", std::move(found), std::move(expected)}}};
  };
  const auto read = platform::read_file(file, kMaxTable_bytes + 1, platform::Writers::anybody);
  if (!read.text) return refuse(read.flaw, kExpectedCsv);
  if (read.text->size() > kMaxTable_bytes) {
    return refuse("too large", "at most " + std::to_string(kMaxTable_bytes / 1024) + " KiB");
  }
  if (!is_utf8(*read.text) || read.text->find('\0') != std::string::npos) {
    return refuse("not UTF-8 text", "the file saved as CSV in UTF-8");
  }
  if (read.text->empty()) return refuse("empty", kExpectedCsv);
  auto table = parse_extension_csv(*read.text);
  table.file = file;
  return table;
}

ExtensionTable table_of_group(const nlohmann::json& group) {
  ExtensionTable table;
  for (const auto& [login, extension] : group.items()) {
    if (extension.is_string()) {
      add_row(table, {login, extension.get<std::string>(), 0});
    } else {
      table.flaws.push_back({0, login, "found " + kind_of(extension) + " for " + in_quotes(login),
                             sized("an extension, a string", kMaxExtension_characters)});
    }
  }
  find_doubles(table);
  return table;
}

}  // namespace cardmute::config
