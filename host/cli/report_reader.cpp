#include "cli/report_reader.hpp"

#include <algorithm>
#include <chrono>
#include <fstream>
#include <iterator>
#include <optional>
#include <sstream>
#include <system_error>

#include "cli/machine_report.hpp"

namespace cardmute::cli {

namespace fs = std::filesystem;
using nlohmann::json;

namespace {

constexpr const char* kExpected = ". Expected: what report --json prints";

bool is_reason(const json& it) {
  return it.is_object() && it.value("code", json()).is_string() &&
         it.value("message", json()).is_string();
}

bool is_person(const json& it) {
  if (!it.is_object()) return false;
  const json why = it.value("why", json());
  const bool has_reasons = why.is_array() && std::ranges::all_of(why, is_reason);
  const bool is_unused = it.value("in_use", json()) == false;
  return has_reasons && it.value("person", json()).is_string() &&
         it.value("covered", json()) == why.empty() && !(is_unused && why.empty());
}

// Why the document is not a valid report; empty if it is one.
std::string flaw_of(const json& it, UtcTime now) {
  if (!it.is_object()) return std::string("not one JSON object") + kExpected;
  if (it.value("report", json()) != kReport) {
    return "not a report of version " + std::to_string(kReport) + kExpected;
  }
  const auto machine = it.value("machine", json());
  const auto persons = it.value("persons", json());
  const bool has_name = machine.is_object() && machine.value("name", json()).is_string();
  const auto at = it.value("at", json());
  if (!has_name || !at.is_string() || !persons.is_array()) {
    return std::string(R"("machine", "at" or "persons" is missing)") + kExpected;
  }
  const auto time = parse_utc(at.get_ref<const std::string&>());
  if (!time) return std::string(R"("at" is no time)") + kExpected;
  if (*time > now + std::chrono::hours(kMaxReportAhead_hours)) {
    return "its time is in the future. Expected: a machine and this computer whose clocks are "
           "right";
  }
  return std::ranges::all_of(persons, is_person)
             ? ""
             : std::string(
                   R"(a person without "person", "covered" or "why", or covered with a "why" or not in use)") +
                   kExpected;
}

// Returns nullopt if the text is not JSON, or is nested too deep.
std::optional<json> parsed(const std::string& text) {
  bool is_too_deep = false;
  json it = json::parse(
      text,
      [&is_too_deep](int depth, json::parse_event_t /*event*/, json& /*value*/) {
        is_too_deep = is_too_deep || depth > kMaxReportDepth_levels;
        return !is_too_deep;
      },
      /*allow_exceptions=*/false);
  if (it.is_discarded() || is_too_deep) return std::nullopt;
  return it;
}

class Reader {
 public:
  Reader(UtcTime now, const std::function<void(const json&)>& take) : now_(now), take_(take) {}

  void read(const fs::path& file) {
    std::error_code error;
    std::ifstream in(file);
    if (fs::file_size(file, error) > kMaxReportFile_bytes || error || !in) {
      flaws.push_back(file.string() + ": cannot be read, or has more than " +
                      std::to_string(kMaxReportFile_bytes) + " bytes");
      return;
    }
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    // A file may also contain a single report that was formatted, and so has many lines.
    if (const auto whole = parsed(text)) {
      take(*whole, file.string());
    } else {
      read_lines(text, file);
    }
  }

  std::vector<std::string> flaws;

 private:
  void read_lines(const std::string& text, const fs::path& file) {
    std::size_t number = 0;
    std::size_t lines = 0;
    std::istringstream in(text);
    for (std::string line; std::getline(in, line);) {
      ++number;
      if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
      ++lines;
      const std::string place = file.string() + ", line " + std::to_string(number);
      if (const auto it = parsed(line)) {
        take(*it, place);
      } else {
        flaws.push_back(place + ": not JSON, or cut off");
      }
    }
    if (lines == 0) flaws.push_back(file.string() + ": empty" + kExpected);
  }

  void take(const json& it, const std::string& place) {
    const std::string flaw = flaw_of(it, now_);
    if (flaw.empty()) {
      take_(it);
    } else {
      flaws.push_back(place + ": " + flaw);
    }
  }

  UtcTime now_;
  const std::function<void(const json&)>& take_;
};

}  // namespace

std::vector<std::string> read_reports(const fs::path& folder, UtcTime now,
                                      const std::function<void(const json&)>& take) {
  Reader reader(now, take);
  std::vector<fs::path> files;
  std::error_code error;
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end;
       entry.increment(error)) {
    const auto extension = entry->path().extension();
    if (extension == ".json" || extension == ".jsonl") files.push_back(entry->path());
  }
  if (error) reader.flaws.push_back(folder.string() + ": " + error.message());
  std::ranges::sort(files);
  for (const auto& file : files) reader.read(file);
  if (files.empty() && !error) {
    reader.flaws.push_back(folder.string() + ": no file ends in .json or .jsonl");
  }
  return reader.flaws;
}

}  // namespace cardmute::cli
