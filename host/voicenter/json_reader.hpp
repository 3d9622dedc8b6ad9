// Reads JSON without building a tree.
#pragma once

#include <nlohmann/json.hpp>
#include <string_view>

namespace cardmute::voicenter {

// Passes each part of the text to `reader`. Returns false if the text is not JSON, or if the reader
// has stopped. It is not a template, so the parser is compiled only once for all readers.
bool read_json(std::string_view text, nlohmann::json_sax<nlohmann::json>& reader);

}  // namespace cardmute::voicenter
