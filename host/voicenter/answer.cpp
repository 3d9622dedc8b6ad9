// Reads the body of an answer of the mute API; see answer.hpp. The parser only reports events and
// builds no tree, so deep nesting does no harm and repeated keys are noticed.
#include "voicenter/answer.hpp"

#include <charconv>
#include <nlohmann/json.hpp>
#include <system_error>
#include <utility>

#include "base/plain_text.hpp"
#include "voicenter/json_reader.hpp"

namespace cardmute::voicenter {

namespace {

using nlohmann::json;

// Reads an integer only in its plain form: "200", but not " 200", "0200", "+200" or "200.0".
std::optional<std::int64_t> exact_integer(const std::string& text) {
  std::int64_t value = 0;
  const char* end = text.data() + text.size();
  const auto [stopped, error] = std::from_chars(text.data(), end, value);
  if (error != std::errc() || stopped != end || std::to_string(value) != text) return std::nullopt;
  return value;
}

// Handles the events of nlohmann's parser, and keeps the three fields of the outermost object.
class Reader final : public nlohmann::json_sax<json> {
 public:
  Answer answer;
  bool is_object = false;
  int error_codes = 0;

  bool null() override { return value(std::nullopt, ""); }
  bool boolean(bool /*value*/) override { return value(std::nullopt, ""); }
  bool number_integer(std::int64_t number) override {
    return value(number, std::to_string(number));
  }
  bool number_unsigned(std::uint64_t number) override {
    const auto fits = std::in_range<std::int64_t>(number);
    return value(fits ? std::optional(static_cast<std::int64_t>(number)) : std::nullopt,
                 std::to_string(number));
  }
  bool number_float(double /*value*/, const std::string& digits) override {
    return value(std::nullopt, digits);
  }
  bool string(std::string& text) override { return value(exact_integer(text), text); }
  bool binary(json::binary_t& /*value*/) override { return value(std::nullopt, ""); }
  bool start_object(std::size_t /*size*/) override {
    if (depth_ == 0) is_object = true;
    return start();
  }
  bool start_array(std::size_t /*size*/) override { return start(); }
  bool end_object() override { return end(); }
  bool end_array() override { return end(); }
  bool key(std::string& name) override {
    if (depth_ == 1) key_ = name;
    return true;
  }
  bool parse_error(std::size_t /*position*/, const std::string& /*token*/,
                   const nlohmann::detail::exception& /*error*/) override {
    return false;
  }

 private:
  bool start() {
    if (depth_ == 1) value(std::nullopt, "");  // a field whose value is an object or a list
    ++depth_;
    return true;
  }
  bool end() {
    --depth_;
    return true;
  }
  bool value(std::optional<std::int64_t> number, const std::string& text) {
    if (depth_ != 1) return true;
    if (key_ == "ErrorCode") {
      ++error_codes;
      answer.error_code = number;
    } else if (key_ == "Message") {
      answer.message = plain_text(text, kMaxText_bytes);
    } else if (key_ == "ActionID") {
      answer.action_id = plain_text(text, kMaxText_bytes);
    }
    return true;
  }

  std::size_t depth_ = 0;
  // the current key of the outermost object; empty if the outermost value is an array
  std::string key_;
};

}  // namespace

Answer read_answer(std::string_view body) {
  Reader reader;
  if (!read_json(body, reader)) return {};
  Answer answer = std::move(reader.answer);
  if (!reader.is_object) {
    answer.form = Answer::Form::no_object;
  } else if (reader.error_codes == 0) {
    answer.form = Answer::Form::no_error_code;
  } else if (reader.error_codes > 1 || !answer.error_code) {
    answer.form = Answer::Form::odd_error_code;
    answer.error_code.reset();
  } else {
    answer.form = Answer::Form::good;
  }
  return answer;
}

}  // namespace cardmute::voicenter
