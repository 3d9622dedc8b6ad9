#include "cli/expected_machines.hpp"

#include <algorithm>
#include <map>
#include <string_view>
#include <utility>

#include "base/letter_case.hpp"
#include "base/plain_text.hpp"
#include "config/csv_line.hpp"
#include "platform/trusted_file.hpp"

namespace cardmute::cli {

namespace {

constexpr const char* kExpectedLine = ". Expected: the name of a machine";
constexpr const char* kExpectedFile =
    ". Expected: a list of machines in UTF-8, a name on each line or in the first column of a CSV "
    "file";
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

// Returns a text that is equal for "PC1.Example.com." and "pc1.example.com".
std::string comparable(const std::string& name) {
  std::string text = lower_case(name);
  if (text.ends_with('.')) text.pop_back();
  return text;
}

std::string label_of(const std::string& comparable_name) {
  return comparable_name.substr(0, comparable_name.find('.'));
}

// What is wrong with a name; empty if nothing is.
std::string flaw_of(const std::string& name) {
  if (name.empty()) return "no name";
  if (name.size() > kMaxMachineName_characters) return "a longer name";
  const bool is_plain = std::ranges::none_of(
      name, [](unsigned char c) { return c <= 0x20 || c == 0x7F || c == ';' || c == '/'; });
  return is_plain ? "" : "a character that no machine's name has";
}

class List {
 public:
  explicit List(std::string file) : file_(std::move(file)) {}

  void add_line(std::string_view line) {
    ++number_;
    if (line.ends_with('\r')) line.remove_suffix(1);
    const auto fields = config::fields_of_csv_line(line);
    if (line.starts_with('#')) return;
    if (const auto* flaw = std::get_if<std::string>(&fields)) return refuse(*flaw);
    const auto& columns = std::get<std::vector<std::string>>(fields);
    if (columns.size() == 1 && columns[0].empty()) return;
    const bool is_first = std::exchange(is_first_, false);
    if (is_first && lower_case(columns[0]) == "machine") return;
    if (const auto flaw = flaw_of(columns[0]); !flaw.empty()) return refuse(flaw);
    if (known_.insert(comparable(columns[0])).second) found_.names.push_back(columns[0]);
  }

  ExpectedMachines take() { return std::move(found_); }

 private:
  void refuse(const std::string& flaw) {
    found_.flaws.push_back(file_ + ", line " + std::to_string(number_) + ": found " + flaw +
                           kExpectedLine);
  }

  std::string file_;
  std::size_t number_ = 0;
  bool is_first_ = true;
  std::set<std::string> known_;
  ExpectedMachines found_;
};

}  // namespace

std::variant<ExpectedMachines, std::string> read_expected_machines(
    const std::filesystem::path& file) {
  const auto read = platform::read_file(file, kMaxExpectFile_bytes + 1, platform::Writers::anybody);
  if (!read.text) return file.string() + ": " + read.flaw + kExpectedFile;
  if (read.text->size() > kMaxExpectFile_bytes) {
    return file.string() + ": too large. Expected: at most " +
           std::to_string(kMaxExpectFile_bytes) + " bytes";
  }
  // Windows PowerShell writes UTF-16 by default.
  if (!is_utf8(*read.text) || read.text->find('\0') != std::string::npos) {
    return file.string() + ": not UTF-8 text" + kExpectedFile;
  }
  std::string_view text = *read.text;
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  List list(file.string());
  while (!text.empty()) {
    const auto end = std::min(text.find('\n'), text.size());
    list.add_line(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  auto found = list.take();
  if (found.names.empty()) {
    const std::string why = found.flaws.empty() ? file.string() + ": no name" : found.flaws.front();
    return why + kExpectedFile;
  }
  return found;
}

namespace {

// Returns the indexes in `expected` of the names that the reported name may stand for: only that of
// the equal name, if there is one. `same_label`: the indexes to consider. Sets `is_unclear` if the
// reported name has no domain and several names fit.
std::vector<std::size_t> matches_of(const std::string& reported, bool& is_unclear,
                                    const std::vector<std::string>& expected,
                                    const std::vector<std::size_t>& same_label) {
  std::vector<std::size_t> found;
  const bool is_label = label_of(reported) == reported;
  for (const std::size_t at : same_label) {
    if (expected[at] == reported) return {at};
    const bool only_label = label_of(expected[at]) == expected[at];
    if (is_label || only_label) found.push_back(at);
  }
  is_unclear = is_label && found.size() > 1;
  return found;
}

}  // namespace

Attendance attendance(const std::vector<std::string>& expected,
                      const std::set<std::string>& reported) {
  std::vector<std::string> names;
  std::map<std::string, std::vector<std::size_t>> by_label;
  for (const std::string& name : expected) {
    names.push_back(comparable(name));
    by_label[label_of(names.back())].push_back(names.size() - 1);
  }
  std::vector<bool> is_here(names.size());
  std::vector<std::string> unclear(names.size());
  Attendance result;
  for (const std::string& each : reported) {
    const std::string name = comparable(each);
    bool is_unclear = false;
    const auto found = matches_of(name, is_unclear, names, by_label[label_of(name)]);
    if (found.empty()) result.unexpected.push_back(each);
    for (const std::size_t at : found) {
      if (is_unclear) {
        unclear[at] = each;
      } else {
        is_here[at] = true;
      }
    }
  }
  for (std::size_t at = 0; at < names.size(); ++at) {
    if (!is_here[at]) result.missing.push_back({expected[at], unclear[at]});
  }
  return result;
}

}  // namespace cardmute::cli
