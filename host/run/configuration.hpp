// The configuration of a running host: read at the start, looked at again from time to time, so
// that a file that is mended or changed takes effect without anyone restarting a browser. Only
// loop.cpp uses it.
#pragma once

#include <optional>
#include <string>

#include "config/load.hpp"

namespace cardmute::run {

// How often the files are looked at.
inline constexpr int kConfigurationCheck_ms = 2000;

class Configuration {
 public:
  explicit Configuration(config::Sources sources) : sources_(std::move(sources)) { read(); }

  // What is in force: the last valid one that was adopted; nothing as long as there was none.
  [[nodiscard]] const std::optional<config::Config>& current() const { return current_; }
  // Why there is none, or why a change was not taken; one line, empty when all is well.
  [[nodiscard]] const std::string& problem() const { return problem_; }
  // Things that were ignored when it was read, one line each.
  [[nodiscard]] const std::vector<config::Problem>& warnings() const { return warnings_; }

  // The machine's further callers, known even where something else keeps it from being used.
  [[nodiscard]] const std::vector<std::string>& allowed_callers() const { return allowed_callers_; }

  // True when reading again gave something new. While something is wrong the files are read each
  // time: what is missing may be a file that the configuration only names (ca_file).
  bool read_if_changed() {
    const bool changed = config::fingerprint(sources_) != fingerprint_;
    if (!changed && problem_.empty()) return false;
    const std::string before = problem_;
    read();
    return changed || problem_ != before;
  }

 private:
  void read() {
    // Before reading, so that a change in between is seen the next time.
    fingerprint_ = config::fingerprint(sources_);
    auto loaded = config::load(sources_);
    warnings_ = std::move(loaded.warnings);
    allowed_callers_ = std::move(loaded.allowed_callers);
    problem_.clear();
    for (const auto& error : loaded.errors) {
      problem_ += (problem_.empty() ? "" : "; ") + error.text();
    }
    // A file that is being edited must not take a working configuration away in mid-payment.
    if (loaded.config) current_ = std::move(loaded.config);
  }

  config::Sources sources_;
  std::string fingerprint_;
  std::optional<config::Config> current_;
  std::string problem_;
  std::vector<config::Problem> warnings_;
  std::vector<std::string> allowed_callers_;
};

}  // namespace cardmute::run
