// Checks of the configuration and the state directory; see check.hpp.
#include <filesystem>
#include <utility>

#include "cli/check.hpp"
#include "platform/paths.hpp"

namespace cardmute::cli {

namespace fs = std::filesystem;

namespace {

constexpr const char* kConfiguration = "configuration";

}  // namespace

Check passed(std::string name, std::string text) {
  return {std::move(name), Verdict::ok, std::move(text), "", std::nullopt};
}

Check noted(std::string name, std::string text) {
  return {std::move(name), Verdict::note, std::move(text), "", std::nullopt};
}

Check warned(std::string name, std::string text, std::string remedy) {
  return {std::move(name), Verdict::warning, std::move(text), std::move(remedy), std::nullopt};
}

Check failed(std::string name, ErrorCode code, std::string text, std::string remedy) {
  return {std::move(name), Verdict::problem, std::move(text), std::move(remedy), code};
}

std::string interlock_text(const config::Policy& policy) {
  std::string name = config::name_of(policy.interlock);
  if (policy.interlock != config::Interlock::block) return name;
  return name + ", the agent may choose to go on after " +
         std::to_string(policy.interlock_timeout_ms) + " ms";
}

std::vector<Check> check_configuration(const config::Loaded& loaded) {
  std::vector<Check> checks;
  for (const config::Problem& problem : loaded.errors) {
    checks.push_back(failed(kConfiguration, ErrorCode::config_invalid, problem.text(),
                            "correct it; running hosts notice by themselves"));
  }
  for (const config::Problem& problem : loaded.warnings) {
    checks.push_back(noted(kConfiguration, problem.text()));
  }
  if (!loaded.config) {
    return checks;
  }
  std::string files;
  for (const fs::path& file : loaded.files_read) {
    files += (files.empty() ? "" : ", and over it ") + file.string();
  }
  checks.push_back(passed(kConfiguration, files));
  const auto count = loaded.config->policy.sites.size();
  if (count == 0) {
    checks.push_back(failed("sites", ErrorCode::config_invalid,
                            "no site is named, so no payment form is ever looked for",
                            "name the CRM's pages in policy.sites, such as "
                            "\"https://crm.example.com/*\""));
  } else {
    checks.push_back(passed("sites", std::to_string(count) + " in policy.sites"));
  }
  checks.push_back(passed("interlock", interlock_text(loaded.config->policy)));
  return checks;
}

Check check_state_directory(const Context& context) {
  constexpr const char* kName = "state folder";
  // What is missing is made when the host starts; what counts is where it would be made.
  fs::path at = context.state_directory;
  std::error_code ignored;
  while (!fs::exists(at, ignored) && at.has_relative_path()) {
    at = at.parent_path();
  }
  if (fs::is_directory(at, ignored) && platform::can_write_folder(at)) {
    return passed(kName, context.state_directory.string());
  }
  return failed(kName, ErrorCode::store_failed,
                context.state_directory.string() + " cannot be written, because of " + at.string(),
                "give this user the right to write there, or name another folder in "
                "CARDMUTE_STATE_DIR");
}

}  // namespace cardmute::cli
