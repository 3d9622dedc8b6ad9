#include "voicenter/json_reader.hpp"

#include <utility>

namespace cardmute::voicenter {

bool read_json(std::string_view text, nlohmann::json_sax<nlohmann::json>& reader) {
  // json::sax_parse() would bring readers of binary formats too.
  using nlohmann::detail::input_adapter;
  auto input = input_adapter(text.begin(), text.end());
  nlohmann::detail::parser<nlohmann::json, decltype(input)> parser(std::move(input));
  return parser.sax_parse(&reader);
}

}  // namespace cardmute::voicenter
