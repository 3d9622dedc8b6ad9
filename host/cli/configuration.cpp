#include "cli/configuration.hpp"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <system_error>

#include "cli/output.hpp"

namespace cardmute::cli {

using nlohmann::json;

namespace {

// The most times that the configuration is read while its files are still being written.
constexpr int kMaxLooks = 10;

bool has_just_changed(const std::filesystem::path& file) {
  std::error_code error;
  const auto changed = std::filesystem::last_write_time(file, error);
  using Clock = std::filesystem::file_time_type::clock;
  const Clock::duration age = Clock::now() - changed;
  // A file with a time in the future (a clock was wrong) does not count as just changed.
  return !error && age >= Clock::duration::zero() &&
         age < std::chrono::milliseconds(config::kHalfWritten_ms);
}

bool may_be_half_written(const config::Loaded& loaded) {
  return std::ranges::any_of(loaded.files_read, has_just_changed) ||
         std::ranges::any_of(loaded.named_files, has_just_changed);
}

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
  const std::string& extension = config.account->settings.extension;
  return {{"value", extension.empty() ? json() : json(extension)},
          {"source", config::name_of(config.extension_from.source)},
          {"where", config.extension_from.where}};
}

config::Loaded load_configuration(const Context& context) {
  for (int looks = 1;; ++looks) {
    config::Loaded loaded = config::load(context.sources);
    if (loaded.errors.empty() || looks == kMaxLooks || !may_be_half_written(loaded)) return loaded;
    context.sleep_ms(config::kHalfWritten_ms);
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

}  // namespace cardmute::cli
