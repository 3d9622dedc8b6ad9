// Reads and parses one configuration file; see document.hpp.
#include "config/document.hpp"

#include <fstream>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace cardmute::config {

namespace fs = std::filesystem;
using nlohmann::json;

namespace {

// The configuration has groups in groups in groups and no more; the parser would take thousands.
constexpr int kMaxDepth_levels = 8;

constexpr const char* kExpectedFile = "a text file (UTF-8, JSON with comments) that you may read";

std::optional<std::string> read_text(const fs::path& file, Report& report) {
  std::error_code error;
  const fs::file_status status = fs::status(file, error);
  if (fs::is_directory(status)) {
    report.wrong("", "a folder", kExpectedFile);
    return std::nullopt;
  }
  if (fs::exists(status) && !fs::is_regular_file(status)) {
    report.wrong("", "a device or pipe", kExpectedFile);
    return std::nullopt;
  }
  std::ifstream stream(file, std::ios::binary);
  std::string text(kMaxFile_bytes + 1, '\0');
  if (stream) {
    stream.read(text.data(), static_cast<std::streamsize>(text.size()));
  }
  if (!stream.is_open() || stream.bad()) {
    report.wrong("", "cannot be read", kExpectedFile);
    return std::nullopt;
  }
  text.resize(static_cast<std::size_t>(stream.gcount()));
  if (text.size() > kMaxFile_bytes) {
    report.wrong("", "too large", "at most " + std::to_string(kMaxFile_bytes / 1024) + " KiB");
    return std::nullopt;
  }
  return text;
}

// The parser's message without the piece of the file that it repeats: that may be a secret.
void report_syntax(const json::parse_error& error, Report& report) {
  std::string text = error.what();
  constexpr std::string_view kStart = "parse error at ";
  if (const auto at = text.find(kStart); at != std::string::npos) {
    text.erase(0, at + kStart.size());
  }
  text = text.substr(0, text.find("; last read"));
  if (text.find("UTF-8") != std::string::npos) {
    report.wrong("", "no UTF-8 text, " + text.substr(0, text.find(": ")),
                 "the file saved as UTF-8 by your editor");
    return;
  }
  report.wrong("", text, "JSON (comments allowed, no comma after a last entry)");
}

// Follows the parser through the file and notices a key that its group has already.
class DuplicateFinder {
 public:
  explicit DuplicateFinder(Report& report) : report_(report) {}

  void see(json::parse_event_t event, const json& parsed) {
    if (event == json::parse_event_t::object_start) {
      groups_.emplace_back();
    } else if (event == json::parse_event_t::object_end) {
      groups_.pop_back();
    } else if (event == json::parse_event_t::key) {
      groups_.back().last = parsed.get<std::string>();
      if (!groups_.back().keys.insert(groups_.back().last).second) {
        report_.wrong(path(), "stands twice", "each key once");
      }
    }
  }

 private:
  struct Group {
    std::set<std::string> keys;
    std::string last;
  };

  [[nodiscard]] std::string path() const {
    std::string dotted;
    for (const Group& group : groups_) {
      dotted += (dotted.empty() ? "" : ".") + group.last;
    }
    return dotted;
  }

  std::vector<Group> groups_;
  Report& report_;
};

struct TooDeep {};

// Windows editors may save as UTF-16, which would otherwise be called an invalid literal.
bool looks_like_utf16(const std::string& text) {
  return text.starts_with("\xff\xfe") || text.starts_with("\xfe\xff") ||
         text.find('\0') != std::string::npos;
}

}  // namespace

bool is_there(const fs::path& file) {
  std::error_code error;
  return fs::status(file, error).type() != fs::file_type::not_found;
}

std::optional<json> read_document(const fs::path& file, Report& report) {
  const auto text = read_text(file, report);
  if (!text) {
    return std::nullopt;
  }
  if (looks_like_utf16(*text)) {
    report.wrong("", "no UTF-8 text", "the file saved as UTF-8 by your editor");
    return std::nullopt;
  }
  try {
    DuplicateFinder duplicates(report);
    json document = json::parse(
        *text,
        [&duplicates](int depth, json::parse_event_t event, json& parsed) {
          if (depth > kMaxDepth_levels) {
            throw TooDeep();
          }
          duplicates.see(event, parsed);
          return true;
        },
        true, true);
    if (document.is_object()) {
      return document;
    }
    report.wrong("", kind_of(document), "one group {…} with \"voicenter\" and \"policy\"");
  } catch (const json::parse_error& error) {
    report_syntax(error, report);
  } catch (const json::out_of_range&) {
    report.wrong("", "a number too large to be read", "numbers as the example has them");
  } catch (const TooDeep&) {
    report.wrong("", "too many groups or lists inside each other",
                 "at most " + std::to_string(kMaxDepth_levels));
  }
  return std::nullopt;
}

}  // namespace cardmute::config
