// Reads the configuration of a running host, at the start and again when a file has changed. So a
// corrected file takes effect without a restart of the browser.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "agent/configuration_notices.hpp"
#include "base/error.hpp"
#include "base/plain_text.hpp"
#include "config/extension_choice.hpp"
#include "config/load.hpp"

namespace cardmute::agent {

// How often to check whether the files have changed.
inline constexpr int kConfigurationCheck_ms = 2000;

class Configuration {
 public:
  explicit Configuration(config::Sources sources) : sources_(std::move(sources)) { read(); }

  // The last valid configuration that was read; nullopt if there was none yet.
  [[nodiscard]] const std::optional<config::Config>& current() const { return current_; }
  // Why there is no valid configuration, or why a change was not applied: one line. Empty if there
  // is no problem.
  [[nodiscard]] const std::string& problem() const { return problem_; }
  // What was ignored in the files, one line each.
  [[nodiscard]] const std::vector<config::Problem>& warnings() const { return warnings_; }

  // The notices for the popup.
  [[nodiscard]] std::vector<engine::Notice> notices() const {
    auto notices = notices_;
    if (current_ && !problem_.empty()) {
      notices.push_back({engine::NoticeCode::configuration_not_used,
                         plain_text("The files were changed and the last valid configuration is "
                                    "still in force: " +
                                        problem_,
                                    kMaxNotice_bytes)});
    }
    return notices;
  }
  // The policy that says how to find payment forms. It is known even if the configuration lacks the
  // extension.
  [[nodiscard]] const config::Policy* policy() const {
    if (current_) return &current_->policy;
    return policy_ ? &*policy_ : nullptr;
  }

  // Further extensions that the machine file allows. They are known even if the rest of the
  // configuration is not valid.
  [[nodiscard]] const std::vector<std::string>& allowed_callers() const { return allowed_callers_; }

  enum class Look {
    same,     // the same result as before
    changed,  // another result
    half      // a file has just changed and may be half written: look again in kHalfWritten_ms
  };
  // Reads the files again if one has changed, but only after it has stayed the same from one look
  // to the next. As long as there is a problem the files are read each time, because the problem
  // may be in a file that the configuration only names (ca_file).
  Look look() {
    auto seen = config::fingerprint(sources_, named_files_);
    const bool changed = seen != fingerprint_;
    if (changed && seen != seen_) {
      seen_ = std::move(seen);
      return Look::half;
    }
    return read_again(changed);
  }
  // Whether the person may choose the extension.
  [[nodiscard]] bool may_set_extension() const { return may_set_extension_; }
  // Keeps the person's choice and reads the files. Returns why it was not kept.
  std::optional<Error> set_extension(const std::string& extension) {
    auto error = config::keep_asked_extension(sources_, extension);
    if (!error) read_now();
    return error;
  }
  // Reads the files without waiting for them to be whole.
  void read_now() { static_cast<void>(read_again(true)); }

 private:
  Look read_again(bool changed) {
    if (!changed && problem_.empty()) return Look::same;
    const std::string before = problem_;
    read();
    return changed || problem_ != before ? Look::changed : Look::same;
  }

  void read() {
    // Taken before reading, so that a change during the reading is noticed next time.
    fingerprint_ = config::fingerprint(sources_, named_files_);
    auto loaded = config::load(sources_);
    if (loaded.named_files != named_files_) {
      named_files_ = std::move(loaded.named_files);
      fingerprint_ = config::fingerprint(sources_, named_files_);
    }
    notices_ = configuration_notices(loaded, sources_);
    may_set_extension_ = loaded.may_set_extension;
    policy_ = std::move(loaded.policy);
    warnings_ = std::move(loaded.warnings);
    allowed_callers_ = std::move(loaded.allowed_callers);
    problem_.clear();
    for (const auto& error : loaded.errors) {
      problem_ += (problem_.empty() ? "" : "; ") + error.text();
    }
    // A file that somebody is editing must not replace a valid configuration in the middle of a
    // payment.
    if (loaded.config) current_ = std::move(loaded.config);
  }

  config::Sources sources_;
  std::vector<std::string> named_files_;
  std::string fingerprint_;  // of what was read
  std::string seen_;         // at the last look that found a change
  std::optional<config::Config> current_;
  std::string problem_;
  std::vector<config::Problem> warnings_;
  std::vector<engine::Notice> notices_;
  std::optional<config::Policy> policy_;
  std::vector<std::string> allowed_callers_;
  bool may_set_extension_ = false;
};

}  // namespace cardmute::agent
