// Collects what is wrong with one configuration file, and describes values for messages.
#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>

#include "config/load.hpp"

namespace cardmute::config {

// The effect of a wrong value: either the configuration cannot be used, or only this value is
// ignored, with a warning.
enum class Wrong { is_an_error, is_ignored };

class Report {
 public:
  // All problems are about `file`. They are added to `loaded`, which must outlive this object.
  Report(std::filesystem::path file, Loaded& loaded, Wrong wrong = Wrong::is_an_error);

  // The value of `key` cannot be used. `found` and `expected` have no full stop. After
  // kMaxProblems, no more problems are listed.
  void wrong(const std::string& key, const std::string& found, const std::string& expected);
  // Also counts the problems that are not listed.
  [[nodiscard]] std::size_t wrong_count() const { return wrong_count_; }
  [[nodiscard]] bool is_full() const { return wrong_count_ >= kMaxProblems; }
  // From now on, messages begin with `subject`, such as the name of a rule. An empty subject ends
  // that.
  void about(std::string subject) { subject_ = std::move(subject); }
  // The value of `key` is ignored, or has less effect than it says.
  void warn(const std::string& key, const std::string& message);
  // The value of `key`, or the whole file, is used although it should be corrected, as `remedy`
  // says.
  void warn_in_force(const std::string& key, const std::string& message, const char* remedy);

 private:
  std::filesystem::path file_;
  std::string subject_;
  Loaded& loaded_;
  Wrong wrong_;
  std::size_t wrong_count_ = 0;
};

// Describes a value briefly: 5, "some words", a list […]. Do not use this function for secrets and
// URLs.
std::string describe(const nlohmann::json& value);

// Names only the kind of a value, for values that must not be repeated.
std::string kind_of(const nlohmann::json& value);

// Text of a file as one line of a message: shortened, with control characters escaped.
std::string in_quotes(const std::string& text);

}  // namespace cardmute::config
