#include "protocol/json_text.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace cardmute::protocol {

namespace {

bool needs_no_escape(char character) {
  return character >= ' ' && character <= '~' && character != '"' && character != '\\';
}

}  // namespace

void ObjectText::add(std::string_view name, std::string_view text) {
  begin(name);
  if (!std::ranges::all_of(text, needs_no_escape)) {
    text_ += nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    return;
  }
  text_ += '"';
  text_ += text;
  text_ += '"';
}

}  // namespace cardmute::protocol
