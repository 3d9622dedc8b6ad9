// Collects what is wrong with one configuration file, and puts values into words. For config/ only.
#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>

#include "config/load.hpp"

namespace cardmute::config {

// What a wrong value does to the configuration: it cannot be used at all, or only this value is
// ignored and a warning says so.
enum class Wrong { is_an_error, is_ignored };

class Report {
 public:
  // Everything said here is about `file` and goes into `loaded`, which has to live as long.
  Report(std::filesystem::path file, Loaded& loaded, Wrong wrong = Wrong::is_an_error);

  // The value of `key` cannot be used. Both texts without a full stop. After kMaxProblems nothing
  // more is listed.
  void wrong(const std::string& key, const std::string& found, const std::string& expected);
  // How often wrong() was called.
  [[nodiscard]] std::size_t wrong_count() const { return wrong_count_; }
  [[nodiscard]] bool is_full() const { return wrong_count_ >= kMaxProblems; }
  // What comes now is about a part that has a name of its own, which messages begin with; empty: no
  // more.
  void about(std::string subject) { subject_ = std::move(subject); }
  // The value of `key` is ignored, or does less than it says.
  void warn(const std::string& key, const std::string& message);
  // The value of `key`, or the whole file, counts, and there is something to be put right.
  void warn_in_force(const std::string& key, const std::string& message);

 private:
  std::filesystem::path file_;
  std::string subject_;
  Loaded& loaded_;
  Wrong wrong_;
  std::size_t wrong_count_ = 0;
};

// A value in words, cut short: the number 5, "a text", a list. Not for secrets or URLs.
std::string describe(const nlohmann::json& value);

// Only what kind of value it is: for what must not be repeated.
std::string kind_of(const nlohmann::json& value);

// Text from a file, fit for one line of a message: cut short, without control characters.
std::string in_quotes(const std::string& text);

}  // namespace cardmute::config
