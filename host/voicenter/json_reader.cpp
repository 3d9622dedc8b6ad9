#include "voicenter/json_reader.hpp"

namespace cardmute::voicenter {

bool read_json(std::string_view text, nlohmann::json_sax<nlohmann::json>& reader) {
  // json::sax_parse() is not used, because it would add readers of binary formats to the program.
  using nlohmann::detail::input_adapter;
  using Input = decltype(input_adapter(text.begin(), text.end()));
  nlohmann::detail::parser<nlohmann::json, Input> parser(input_adapter(text.begin(), text.end()));
  return parser.sax_parse(&reader);
}

}  // namespace cardmute::voicenter
