// An error: a code for programs and one line for people.
#pragma once

#include <string>

#include "base/error_code.hpp"

namespace cardmute {

struct Error {
  ErrorCode code = ErrorCode::internal;
  std::string message;  // what was wrong and what was expected, one line
  bool operator==(const Error&) const = default;
};

}  // namespace cardmute
