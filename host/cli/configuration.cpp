// See configuration.hpp.
#include "cli/configuration.hpp"

#include "cli/output.hpp"

namespace cardmute::cli {

using nlohmann::json;

namespace {

// A file that is still being written after so many looks is reported as it is.
constexpr int kMaxLooks = 10;

}  // namespace

json to_json(const std::vector<config::Problem>& problems) {
  json list = json::array();
  for (const config::Problem& problem : problems) {
    list.push_back(
        {{"file", problem.file.string()}, {"key", problem.key}, {"message", problem.message}});
  }
  return list;
}

json extension_json(const config::Config& config) {
  return {{"value", config.account->settings.extension},
          {"source", config::name_of(config.extension_from.source)},
          {"where", config.extension_from.where}};
}

config::Loaded load_configuration(const Context& context) {
  for (int looks = 1;; ++looks) {
    const std::string before = config::fingerprint(context.sources, {});
    config::Loaded loaded = config::load(context.sources);
    if (loaded.errors.empty() || looks == kMaxLooks) return loaded;
    const std::string read = config::fingerprint(context.sources, loaded.named_files);
    context.sleep_ms(config::kHalfWritten_ms);
    const bool is_same = config::fingerprint(context.sources, {}) == before &&
                         config::fingerprint(context.sources, loaded.named_files) == read;
    if (is_same) return loaded;
  }
}

std::optional<config::Config> require_configuration(Context& context) {
  config::Loaded loaded = load_configuration(context);
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
