// Reads the body of an answer of the mute API, without judging what it means.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace cardmute::voicenter {

// Voicenter's texts are cut to this length. The texts in its documents have at most 62 bytes.
inline constexpr std::size_t kMaxText_bytes = 200;

// The fields of "Voicenter Response Parameters" in Voicenter's document "Mute Call Recording API".
struct Answer {
  enum class Form {
    no_json,         // empty, not JSON, or more than one JSON value
    no_object,       // JSON, but not an object
    no_error_code,   // an object without ErrorCode
    odd_error_code,  // ErrorCode appears twice, or is neither an integer nor a string with one
    good,
  };
  Form form = Form::no_json;
  std::optional<std::int64_t> error_code;  // set only if the form is Form::good
  std::string message;  // Voicenter's text, safe to show, of at most kMaxText_bytes
  // safe to show, of at most kMaxText_bytes; the server may have sent it as a number
  std::string action_id;
};

// Does not throw, whatever `body` contains.
Answer read_answer(std::string_view body);

}  // namespace cardmute::voicenter
