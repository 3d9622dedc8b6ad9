#include "config/selector_flaws.hpp"

#include <vector>

namespace cardmute::config {

namespace {

constexpr std::string_view kBlanks = " \t\r\n\f";
constexpr const char* kEmptyPart = "nothing before or after a comma";

// Reads a selector once, from its start to its end.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {}

  std::optional<std::string> flaw() {
    for (at_ = 0; at_ < text_.size(); ++at_) {
      if (auto found = flaw_here()) return found;
    }
    if (!lists_.back().whole()) return kEmptyPart;
    if (lists_.size() > 1) {
      return std::string("a ") + lists_.back().opened_by + " that is not closed";
    }
    return std::nullopt;
  }

 private:
  // The content of a pair of brackets, or the whole selector, as parts that are separated by
  // commas.
  struct List {
    char opened_by = 0;
    bool part_has_something = false;
    bool has_comma = false;

    // Brackets may be empty (":is()").
    [[nodiscard]] bool whole() const { return part_has_something || !has_comma; }
  };

  std::optional<std::string> flaw_here() {
    const char c = text_[at_];
    if (kBlanks.find(c) != std::string_view::npos) return std::nullopt;
    if (c == '{' || c == '}') return std::string("a ") + c + ", as if it were a style sheet";
    if (c == ',') return comma();
    if (c == ')' || c == ']') return close(c);
    lists_.back().part_has_something = true;
    if (c == '(' || c == '[') {
      lists_.push_back({c});
    } else if (c == '\\') {
      if (++at_ == text_.size()) return "a \\ at its end";
    } else if (c == '"' || c == '\'') {
      return quoted(c);
    }
    return std::nullopt;
  }

  std::optional<std::string> comma() {
    List& list = lists_.back();
    if (!list.part_has_something) return kEmptyPart;
    list.part_has_something = false;
    list.has_comma = true;
    return std::nullopt;
  }

  std::optional<std::string> close(char bracket) {
    const char wanted = bracket == ')' ? '(' : '[';
    if (lists_.back().opened_by != wanted) {
      return std::string("a ") + bracket + " without its " + wanted;
    }
    if (!lists_.back().whole()) return kEmptyPart;
    lists_.pop_back();
    return std::nullopt;
  }

  // Skips a string in quotes.
  std::optional<std::string> quoted(char quote) {
    for (++at_; at_ < text_.size(); ++at_) {
      if (text_[at_] == quote) return std::nullopt;
      if (text_[at_] == '\\') ++at_;
    }
    return std::string("a ") + quote + " that is not closed";
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::vector<List> lists_{List{}};
};

}  // namespace

std::optional<std::string> flaw_of_selector(std::string_view selector) {
  return Scanner(selector).flaw();
}

}  // namespace cardmute::config
