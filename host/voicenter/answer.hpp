// The body of an answer of the mute API, read and nothing more. Only mute_api.cpp includes this.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace cardmute::voicenter {

// The provider's texts are cut at this; the documented ones have at most 62.
inline constexpr std::size_t kMaxText_bytes = 200;

// Voicenter, Mute Call Recording API, "Voicenter Response Parameters".
struct Answer {
  enum class Form {
    no_json,         // empty, no JSON, or more than one JSON value
    no_object,       // JSON, but not an object
    no_error_code,   // an object without ErrorCode
    odd_error_code,  // ErrorCode twice, or neither an integer nor a string that holds one
    good,
  };
  Form form = Form::no_json;
  std::optional<std::int64_t> error_code;  // with Form::good
  std::string message;                     // fit to be shown, at most kMaxText_bytes
  std::string action_id;                   // likewise; it may come as a number
};

// Never throws on account of `body`, whatever it holds.
Answer read_answer(std::string_view body);

}  // namespace cardmute::voicenter
