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

  // True when the files have changed since they were read, and were read again now.
  bool read_if_changed() {
    if (config::fingerprint(sources_) == fingerprint_) return false;
    read();
    return true;
  }

 private:
  void read() {
    // Before reading, so that a change in between is seen the next time.
    fingerprint_ = config::fingerprint(sources_);
    auto loaded = config::load(sources_);
    warnings_ = std::move(loaded.warnings);
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
};

}  // namespace cardmute::run
