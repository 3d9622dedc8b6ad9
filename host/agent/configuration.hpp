// Reads the configuration of a running host at the start, and again when a file has changed, so
// that a corrected file takes effect without a restart of the browser. Each function but reading()
// waits for the disk: call it only on a thread that nobody waits for.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "agent/configuration_notices.hpp"
#include "base/error.hpp"
#include "base/plain_text.hpp"
#include "config/extension_choice.hpp"
#include "config/load.hpp"

namespace cardmute::agent {

// How often to check whether the files have changed.
inline constexpr int kConfigurationCheck_ms = 2000;
// The most times that the files are read in a row because they change meanwhile. After that, the
// next look finds the change.
inline constexpr int kMostReadings = 3;
// A disk that does not answer for this long is reported.
inline constexpr int kSlowFiles_ms = 10'000;

// The result of reading the files. It stays in force until the files are read again.
struct Reading {
  // The last valid configuration that was read; nullopt if there was none yet.
  std::optional<config::Config> config;
  // Why there is no valid configuration, or why a change was not applied: one line. Empty if there
  // is no problem.
  std::string problem;
  // What was ignored in the files, one line each.
  std::vector<config::Problem> warnings;
  std::vector<engine::Notice> ignored;  // the popup's notices about what was ignored
  // The policy of the machine file; it is set even if the configuration lacks the extension.
  std::optional<config::Policy> machine_policy;
  // Whether the person may choose the extension.
  bool may_set_extension = false;

  // Returns `ignored`, and a notice if the last valid configuration is in force instead of the
  // files.
  [[nodiscard]] std::vector<engine::Notice> notices() const {
    auto notices = ignored;
    if (config && !problem.empty()) {
      notices.push_back({engine::NoticeCode::configuration_not_used,
                         plain_text("The files were changed and the last valid configuration is "
                                    "still in force: " +
                                        problem,
                                    kMaxNotice_bytes)});
    }
    return notices;
  }
  // The policy that says how to find payment forms; nullptr if it is not known.
  [[nodiscard]] const config::Policy* policy() const {
    if (config) return &config->policy;
    return machine_policy ? &*machine_policy : nullptr;
  }
};

class Configuration {
 public:
  explicit Configuration(config::Sources sources) : sources_(std::move(sources)) { read(); }

  [[nodiscard]] const Reading& reading() const { return reading_; }

  enum class Look {
    same,
    changed,
    half  // a file has just changed and may be half written: look again in kHalfWritten_ms
  };
  // Reads the files if one of them has changed, but only after all of them have stayed the same
  // between two looks. While there is a problem, every look reads the files: the reason may be a
  // named file that could not be read (ca_file), which the fingerprint does not include.
  Look look() {
    auto seen = config::fingerprint(sources_, named_files_);
    const bool changed = seen != fingerprint_;
    if (changed && seen != seen_) {
      seen_ = std::move(seen);
      return Look::half;
    }
    if (!changed && reading_.problem.empty()) return Look::same;
    const std::string before = reading_.problem;
    read();
    return changed || reading_.problem != before ? Look::changed : Look::same;
  }
  // Returns the account with the extension that the person has chosen, or the reason why the choice
  // cannot be stored. The account is null if the configuration has an error that is not about the
  // extension.
  [[nodiscard]] std::variant<std::shared_ptr<const telephony::Account>, Error> account_with(
      const std::string& extension) const {
    const auto loaded = config::load_with_answer(sources_, extension);
    if (const auto* error = std::get_if<Error>(&loaded)) return *error;
    const auto& config = std::get<config::Loaded>(loaded).config;
    return config ? config->account : nullptr;
  }
  // Stores the person's choice and reads the files. If the choice could not be stored, returns why
  // and reads nothing.
  std::optional<Error> set_extension(const std::string& extension) {
    auto error = config::keep_asked_extension(sources_, extension);
    if (!error) read();
    return error;
  }
  // Reads the files at once, even if one may be half written.
  void read_now() { read(); }

 private:
  // Reads the files, and again if one has changed meanwhile: what was read may be half of the old
  // and half of the new configuration.
  config::Loaded load_whole() {
    for (int reading = 1;; ++reading) {
      fingerprint_ = config::fingerprint(sources_, named_files_);
      auto loaded = config::load(sources_);
      const bool whole = config::fingerprint(sources_, named_files_) == fingerprint_;
      if (!whole && reading < kMostReadings) continue;
      if (loaded.named_files != named_files_) {
        named_files_ = std::move(loaded.named_files);
        if (whole) fingerprint_ = config::fingerprint(sources_, named_files_);
      }
      return loaded;
    }
  }
  void read() {
    auto loaded = load_whole();
    reading_.ignored = configuration_notices(loaded, sources_);
    reading_.may_set_extension = loaded.may_set_extension;
    reading_.machine_policy = std::move(loaded.policy);
    reading_.warnings = std::move(loaded.warnings);
    reading_.problem.clear();
    for (const auto& error : loaded.errors) {
      reading_.problem += (reading_.problem.empty() ? "" : "; ") + error.text();
    }
    // A file that somebody is editing must not replace a valid configuration in the middle of a
    // payment.
    if (loaded.config) reading_.config = std::move(loaded.config);
  }

  config::Sources sources_;
  std::vector<std::string> named_files_;
  std::string fingerprint_;  // the fingerprint of the files that were read
  std::string seen_;         // the fingerprint at the last look that found a change
  Reading reading_;
};

}  // namespace cardmute::agent
