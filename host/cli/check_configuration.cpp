#include <filesystem>
#include <string>
#include <utility>

#include "cli/check.hpp"

namespace cardmute::cli {

namespace fs = std::filesystem;

namespace {

constexpr const char* kConfiguration = "configuration";

std::string remedy_of(const config::Problem& warning) {
  if (warning.in_force) return warning.remedy;
  if (warning.key == "environment_may") return "take the variable out of the environment";
  return "correct it or take it out of that file; it changes nothing";
}

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
    checks.push_back(warned(kConfiguration, problem.text(), remedy_of(problem)));
  }
  if (!loaded.config) {
    return checks;
  }
  std::string files;
  for (const fs::path& file : loaded.files_read) {
    files += (files.empty() ? "" : ", and over it ") + file.string();
  }
  checks.push_back(passed(kConfiguration, files));
  const std::string& extension = loaded.config->account->settings.extension;
  const std::string& where = loaded.config->extension_from.where;
  checks.push_back(extension.empty() ? noted("your extension", where)
                                     : passed("your extension", extension + ", from " + where));
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

}  // namespace cardmute::cli
