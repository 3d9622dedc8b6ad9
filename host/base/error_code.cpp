#include "base/error_code.hpp"

namespace cardmute {

std::string_view name_of(ErrorCode code) {
  switch (code) {
    case ErrorCode::extension_not_found:
      return "extension_not_found";
    case ErrorCode::call_not_found:
      return "call_not_found";
    case ErrorCode::parameters_rejected:
      return "parameters_rejected";
    case ErrorCode::refused:
      return "refused";
    case ErrorCode::unreachable:
      return "unreachable";
    case ErrorCode::timeout:
      return "timeout";
    case ErrorCode::bad_answer:
      return "bad_answer";
    case ErrorCode::throttled:
      return "throttled";
    case ErrorCode::no_active_call:
      return "no_active_call";
    case ErrorCode::verification_failed:
      return "verification_failed";
    case ErrorCode::store_failed:
      return "store_failed";
    case ErrorCode::not_installed:
      return "not_installed";
    case ErrorCode::blocked_by_policy:
      return "blocked_by_policy";
    case ErrorCode::bad_request:
      return "bad_request";
    case ErrorCode::bad_frame:
      return "bad_frame";
    case ErrorCode::internal:
      return "internal";
    case ErrorCode::override_refused:
      return "override_refused";
    case ErrorCode::protocol_mismatch:
      return "protocol_mismatch";
    case ErrorCode::caller_not_allowed:
      return "caller_not_allowed";
    case ErrorCode::config_invalid:
      return "config_invalid";
  }
  return "internal";
}

}  // namespace cardmute
