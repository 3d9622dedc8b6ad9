#include "config/document.hpp"

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "config/section.hpp"

namespace cardmute::config {

namespace fs = std::filesystem;
using nlohmann::json;

namespace {

// The configuration needs no deeper nesting. Without a limit, the parser would accept thousands of
// levels.
constexpr int kMaxDepth_levels = 8;

constexpr const char* kExpectedFile = "a text file (UTF-8, JSON with comments) that you may read";

// Reports the parser's message, but not the piece of the file in it, which may contain a secret.
void report_syntax(const json::parse_error& error, Report& report) {
  std::string text = error.what();
  constexpr std::string_view kStart = "parse error at ";
  if (const auto at = text.find(kStart); at != std::string::npos) {
    text.erase(0, at + kStart.size());
  }
  text = text.substr(0, text.find("; last read"));
  if (text.find("UTF-8") != std::string::npos) {
    report.wrong("", "not UTF-8 text, " + text.substr(0, text.find(": ")),
                 "the file saved as UTF-8 by your editor");
    return;
  }
  report.wrong("", text, "JSON (comments allowed, no comma after a last entry)");
}

// Reads the parser's events, and reports each key that occurs twice in its group.
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
        found_.push_back(path());
        report_.wrong(found_.back(), "appears twice", "each key once");
      }
    }
  }

  [[nodiscard]] const std::vector<std::string>& found() const { return found_; }

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
  std::vector<std::string> found_;
  Report& report_;
};

struct TooDeep {};

// Editors on Windows may save as UTF-16. The parser would only call that an invalid literal.
bool looks_like_utf16(const std::string& text) {
  return text.starts_with("\xff\xfe") || text.starts_with("\xfe\xff") ||
         text.find('\0') != std::string::npos;
}

}  // namespace

bool is_there(const fs::path& file) {
  std::error_code error;
  if (fs::status(file, error).type() != fs::file_type::not_found) return true;
  const auto leads_nowhere = [&error](const fs::path& path) {
    return fs::is_symlink(fs::symlink_status(path, error)) && !fs::exists(path, error);
  };
  return leads_nowhere(file) || leads_nowhere(file.parent_path());
}

std::optional<std::string> read_text(const fs::path& file, Report& report,
                                     platform::Writers writers) {
  auto read = platform::read_file(file, kMaxFile_bytes + 1, writers);
  if (!read.unsafe.empty() && writers == platform::Writers::root) {
    report.wrong("", "refused, because others could change what is muted: " + read.unsafe,
                 "a file that only root can write, in folders that only root can write");
  } else if (!read.text) {
    report.wrong("", read.flaw, kExpectedFile);
  } else if (!read.unsafe.empty()) {
    report.warn_in_force("", "used, although others could change it: " + read.unsafe, kProtectFile);
  }
  return std::move(read.text);
}

std::optional<Document> parse_document(const std::string& text, Report& report) {
  if (text.size() > kMaxFile_bytes) {
    report.wrong("", "too large", "at most " + std::to_string(kMaxFile_bytes / 1024) + " KiB");
    return std::nullopt;
  }
  if (looks_like_utf16(text)) {
    report.wrong("", "not UTF-8 text", "the file saved as UTF-8 by your editor");
    return std::nullopt;
  }
  try {
    DuplicateFinder duplicates(report);
    json document = json::parse(
        text,
        [&duplicates](int depth, json::parse_event_t event, json& parsed) {
          if (depth > kMaxDepth_levels) {
            throw TooDeep();
          }
          duplicates.see(event, parsed);
          return true;
        },
        true, true);
    if (document.is_object()) {
      return Document{std::move(document), duplicates.found()};
    }
    report.wrong(
        "", kind_of(document),
        "one group {…} with \"" + std::string(sections().front()->name) + R"(" and "policy")");
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
