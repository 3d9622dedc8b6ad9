// See configuration.hpp.
#include "cli/configuration.hpp"

#include "cli/output.hpp"

namespace cardmute::cli {

using nlohmann::json;

json to_json(const std::vector<config::Problem>& problems) {
  json list = json::array();
  for (const config::Problem& problem : problems) {
    list.push_back(
        {{"file", problem.file.string()}, {"key", problem.key}, {"message", problem.message}});
  }
  return list;
}

std::optional<config::Config> require_configuration(Context& context) {
  config::Loaded loaded = config::load(context.sources);
  if (loaded.config) {
    return loaded.config;
  }
  context.exit_code = exit_code_of(ErrorCode::config_invalid);
  if (context.json) {
    print_json(context,
               {{"ok", false},
                {"error", error_json(ErrorCode::config_invalid, loaded.errors.front().text())},
                {"problems", to_json(loaded.errors)}});
  } else {
    for (const config::Problem& problem : loaded.errors) {
      context.err << problem.text() << '\n';
    }
  }
  return std::nullopt;
}

http::Settings http_settings(const config::Config& config) {
  return {config.account->settings.ca_file, config.account->settings.proxy};
}

}  // namespace cardmute::cli
