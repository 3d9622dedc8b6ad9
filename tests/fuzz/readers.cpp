// The host's parsers and its message writer (letter m) as one program, with which differential.js
// compares the extension's parsers. Each input is a length (32 bits, as in a frame), a letter and a
// text. Each output is a line of JSON.
#include <cstdint>
#include <filesystem>
#include <iostream>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <variant>

#include "config/load.hpp"
#include "config/url_flaws.hpp"
#include "made_message.hpp"
#include "protocol/reply.hpp"
#include "protocol/request.hpp"

namespace {

using namespace cardmute;
using nlohmann::json;

// The output for letter r: the error code of a refused request; null if it is accepted.
json verdict_on_request(const std::string& text) {
  const auto parsed = protocol::parse_request(text);
  if (const auto* error = std::get_if<Error>(&parsed.content)) {
    return name_of(error->code);
  }
  const auto& request = std::get<protocol::Request>(parsed.content);
  if (const auto* hello = std::get_if<protocol::Hello>(&request)) {
    if (const auto error = protocol::protocol_error(hello->protocol)) return name_of(error->code);
  }
  return nullptr;
}

// The output for letter p: whether the configuration accepts this match pattern.
json verdict_on_pattern(const std::string& text) {
  return !config::flaw_of_match_pattern(text).has_value();
}

// The output for letter c: the policy that this configuration sends to the browser; null if the
// configuration is not valid.
json policy_of(const std::string& text) {
  const std::map<std::filesystem::path, std::string> texts{{"/config.json", text}};
  config::Sources sources;
  sources.user = "/config.json";
  sources.texts = &texts;
  const auto loaded = config::load(sources);
  return loaded.config ? config::to_json(loaded.config->policy) : json();
}

json answer_to(const std::string& question) {
  const std::string text = question.substr(1);
  switch (question[0]) {
    case 'r':
      return verdict_on_request(text);
    case 'p':
      return verdict_on_pattern(text);
    case 'm':
      return fuzz::made_message(text);
    default:
      return policy_of(text);
  }
}

}  // namespace

int main() {
  std::ios::sync_with_stdio(false);
  std::uint32_t length = 0;
  while (std::cin.read(reinterpret_cast<char*>(&length), sizeof length)) {
    std::string question(length, '\0');
    std::cin.read(question.data(), length);
    if (!std::cin || question.empty()) return 1;
    std::cout << answer_to(question).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace)
              << std::endl;
  }
  return 0;
}
