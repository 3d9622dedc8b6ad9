// Writes JSON directly as text, without building a tree first, because an agent waits for the
// status.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace cardmute::protocol {

// Appends the members of an object, and of the objects in it, to a text.
class ObjectText {
 public:
  explicit ObjectText(std::string& text) : text_(text) { text_ += '{'; }

  // `name` must be a text that needs no escaping, `json` a text that is JSON.
  void add_json(std::string_view name, std::string_view json) {
    begin(name);
    text_ += json;
  }
  // A frame must be UTF-8, so invalid bytes are replaced.
  void add(std::string_view name, std::string_view text);
  void add_text_or_null(std::string_view name, std::string_view text) {
    text.empty() ? add_null(name) : add(name, text);
  }
  void add_number(std::string_view name, std::int64_t number) {
    add_json(name, std::to_string(number));
  }
  void add_flag(std::string_view name, bool flag) { add_json(name, flag ? "true" : "false"); }
  void add_null(std::string_view name) { add_json(name, "null"); }
  // Adds a member whose value `append` appends to the text.
  template <typename Append>
  void add_by(std::string_view name, const Append& append) {
    begin(name);
    append(text_);
  }
  void end() { text_ += '}'; }

 private:
  void begin(std::string_view name) {
    if (text_.back() != '{') text_ += ',';
    text_ += '"';
    text_ += name;
    text_ += "\":";
  }

  std::string& text_;
};

}  // namespace cardmute::protocol
