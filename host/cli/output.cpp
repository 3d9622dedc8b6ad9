#include "cli/output.hpp"

namespace cardmute::cli {

using nlohmann::json;

void print_json(const Context& context, const json& document) {
  context.out << document.dump(2, ' ', false, json::error_handler_t::replace) << '\n';
}

json error_json(ErrorCode code, const std::string& message) {
  return {{"code", name_of(code)}, {"message", message}};
}

void fail(Context& context, ErrorCode code, const std::string& message) {
  context.exit_code = exit_code_of(code);
  if (context.json) {
    print_json(context, {{"ok", false}, {"error", error_json(code, message)}});
  } else {
    context.err << "cardmute-host: " << message << '\n';
  }
}

}  // namespace cardmute::cli
