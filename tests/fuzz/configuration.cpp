// A configuration file of any content: either a configuration within its ranges, or problems that
// name the file and say what was expected.
#include <unistd.h>

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "config/load.hpp"
#include "must.hpp"

namespace {

using namespace cardmute;
using fuzz::must;

// One file for each process, removed at its end.
class File {
 public:
  File()
      : path_(std::filesystem::temp_directory_path() /
              ("cardmute-fuzz-" + std::to_string(getpid()) + ".json")) {}
  ~File() {
    std::error_code ignored;
    std::filesystem::remove(path_, ignored);
  }
  File(const File&) = delete;
  File& operator=(const File&) = delete;

  void write(const std::uint8_t* data, std::size_t size) const {
    std::ofstream stream(path_, std::ios::binary | std::ios::trunc);
    stream.write(reinterpret_cast<const char*>(data), static_cast<std::streamsize>(size));
    must(stream.good(), "the file can be written");
  }
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

bool is_between(int value, int least, int most) { return value >= least && value <= most; }

bool may_be_asked(const std::string& url) {
  return url.starts_with("https://") || url.starts_with("http://localhost") ||
         url.starts_with("http://127.") || url.starts_with("http://[::1]");
}

void check(const std::vector<config::Condition>& conditions) {
  must(conditions.size() <= config::kMaxConditions, "as many conditions as are allowed");
  for (const auto& condition : conditions) {
    must(!condition.selector.empty() || !condition.url.empty(), "a condition says something");
    must(condition.text.empty() || !condition.selector.empty(), "a text has its element");
  }
}

void check(const config::Rule& rule) {
  must(!rule.name.empty() && fuzz::is_plain(rule.name), "a name on one line");
  must(!rule.match.empty() && rule.match.size() <= config::kMaxRuleMatches, "pages it is for");
  for (const auto* list : {&rule.open, &rule.close, &rule.approved, &rule.declined}) check(*list);
  must(rule.ignore.size() <= config::kMaxIgnored_selectors, "as many selectors as are allowed");
  must(config::digest_of(rule).size() == 16, "a digest");
}

void check(const config::Config& config) {
  const auto& voicenter = config.voicenter;
  must(!voicenter.extension.empty(), "an extension");
  must(may_be_asked(voicenter.mute_url), "https, or http on this machine");
  must(voicenter.mute_url.find_first_of("?#@ \n") == std::string::npos, "nothing but an address");
  must(voicenter.mute_state == "0" || voicenter.mute_state == "1", "a state");
  must(is_between(voicenter.timeout_ms, config::kMinTimeout_ms, config::kMaxTimeout_ms), "timeout");
  must(is_between(voicenter.reassert_ms, config::kMinReassert_ms, config::kMaxReassert_ms),
       "re-assertion");
  must(is_between(config.policy.grace_ms, 0, config::kMaxGrace_ms), "grace");
  must(config.policy.sites.size() <= config::kMaxSites, "as many sites as are allowed");
  must(is_between(config.policy.interlock_timeout_ms, config::kMinInterlockTimeout_ms,
                  config::kMaxInterlockTimeout_ms),
       "interlock");
  must(config.policy.rules.size() <= config::kMaxRules, "as many rules as are allowed");
  std::size_t bytes = 0;
  for (const auto& rule : config.policy.rules) {
    check(rule);
    bytes += config::bytes_of(rule);
  }
  must(bytes <= config::kMaxRules_bytes, "as much text of rules as is allowed");
  must(config.allowed_callers.empty(), "callers are the machine's file's matter");
  static_cast<void>(config::to_json(config.policy).dump());
}

void check(const config::Problem& problem, const File& file) {
  const std::string text = problem.text();
  must(text.starts_with(file.path().string() + ": "), "a problem names the file");
  must(fuzz::is_plain(text), "a problem is one plain line");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const File file;
  file.write(data, size);
  config::Sources sources;
  sources.only = file.path();
  const auto loaded = config::load(sources);
  must(loaded.config.has_value() == loaded.errors.empty(), "a configuration or errors");
  if (loaded.config) check(*loaded.config);
  for (const auto& problem : loaded.errors) {
    check(problem, file);
    must(problem.message.find("Expected: ") != std::string::npos, "what was expected");
  }
  for (const auto& problem : loaded.warnings) check(problem, file);
  return 0;
}
