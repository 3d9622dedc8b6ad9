// `machine-files`: for installers. Puts an administrator's files into the machine's folder, and
// more callers into the package's manifests and its list of callers. The command is not in the
// help, because a person can copy the files without it.
#include <algorithm>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "cli/commands.hpp"
#include "cli/output.hpp"
#include "config/callers.hpp"
#include "platform/paths.hpp"
#include "platform/trusted_file.hpp"

namespace cardmute::cli {

namespace fs = std::filesystem;
using nlohmann::json;

namespace {

// The largest file that is accepted. A table of ten thousand rows has a tenth of that.
constexpr std::size_t kMaxMachineFile_bytes = std::size_t{4} * 1024 * 1024;

struct Given {
  std::string config;
  std::string table;
  std::string callers;  // separated by commas
};

std::string text_of(const fs::path& file) {
  auto read = platform::read_file(file, kMaxMachineFile_bytes + 1, platform::Writers::anybody);
  if (!read.text) throw std::runtime_error(file.string() + ": " + read.flaw);
  if (read.text->size() > kMaxMachineFile_bytes) {
    throw std::runtime_error(file.string() + " is larger than " +
                             std::to_string(kMaxMachineFile_bytes) + " bytes");
  }
  return std::move(*read.text);
}

// The folder must not be a link: this program runs with all rights, and a link that a user has made
// would lead it to another folder. If the file itself is a link, the link is replaced.
void put(const std::string& from, const fs::path& to) {
  if (from.empty()) return;
  if (platform::is_link(to.parent_path())) {
    throw std::runtime_error(to.parent_path().string() + " is a link; expected a folder");
  }
  platform::write_file_atomically(to, text_of(from), platform::Readers::everyone);
}

std::vector<std::string> callers_in(const std::string& list) {
  std::vector<std::string> callers;
  std::istringstream words(list);
  for (std::string word; std::getline(words, word, ',');) {
    if (word.empty()) continue;
    if (!config::is_chromium_caller(word) && !config::is_firefox_caller(word)) {
      throw std::runtime_error("the caller \"" + word +
                               "\" is neither chrome-extension://ID/ nor an add-on's ID");
    }
    callers.push_back(word);
  }
  return callers;
}

void add_callers(const fs::path& file, const char* key, const std::vector<std::string>& callers) {
  json content = json::parse(text_of(file));
  json& list = content[key];
  for (const std::string& caller : callers) {
    const bool counts =
        std::string_view(key) == "allowed_callers" ||
        config::is_chromium_caller(caller) == (std::string_view(key) == "allowed_origins");
    if (counts && std::find(list.begin(), list.end(), json(caller)) == list.end()) {
      list.push_back(caller);
    }
  }
  platform::write_file_atomically(file, content.dump(2) + "\n", platform::Readers::everyone);
}

void take(const Context& context, const Given& given) {
  // Where Group Policy sets the configuration, context.sources.machine names no file, so it is not
  // used here.
  const fs::path config = platform::machine_config_file();
  const auto callers = callers_in(given.callers);
  put(given.config, config);
  put(given.table, config.parent_path() / "extensions.csv");
  if (callers.empty()) return;
  const fs::path package = context.sources.packaged_callers.parent_path();
  add_callers(package / "chromium.json", "allowed_origins", callers);
  add_callers(package / "firefox.json", "allowed_extensions", callers);
  add_callers(context.sources.packaged_callers, "allowed_callers", callers);
}

}  // namespace

void add_machine_files(CLI::App& app, Context& context) {
  CLI::App* command = app.add_subcommand("machine-files", "For installers")->group("");
  const auto given = std::make_shared<Given>();
  command->add_option("--config", given->config)->type_name("FILE");
  command->add_option("--extensions-csv", given->table)->type_name("FILE");
  command->add_option("--allowed-callers", given->callers)->type_name("LIST");
  command->callback([&context, given] {
    try {
      take(context, *given);
    } catch (const std::exception& error) {
      fail(context, ErrorCode::store_failed, error.what());
    }
  });
}

}  // namespace cardmute::cli
