#include "agent/configuration_notices.hpp"

#include "base/plain_text.hpp"

namespace cardmute::agent {

namespace {

std::string ignored_variables(const config::Loaded& loaded) {
  std::string names;
  for (const std::string& name : loaded.ignored_variables) {
    names += (names.empty() ? "" : " and ") + name;
  }
  return names + (loaded.ignored_variables.size() == 1 ? " is" : " are");
}

}  // namespace

std::vector<engine::Notice> configuration_notices(const config::Loaded& loaded,
                                                  const config::Sources& sources) {
  std::vector<engine::Notice> notices;
  if (!loaded.machine_file) return notices;
  if (!loaded.ignored_variables.empty()) {
    notices.push_back(
        {engine::NoticeCode::environment_ignored,
         plain_text(ignored_variables(loaded) + " set and ignored: the machine's configuration, " +
                        sources.machine.string() + ", does not allow it.",
                    kMaxNotice_bytes)});
  }
  std::size_t count = 0;
  std::string first;
  for (const config::Problem& problem : loaded.warnings) {
    if (problem.file != sources.user || problem.in_force) continue;
    if (count++ == 0) first = problem.text();
  }
  if (count > 0) {
    const std::string more = count == 1 ? "" : "(1 of " + std::to_string(count) + ") ";
    notices.push_back(
        {engine::NoticeCode::user_settings_ignored, plain_text(more + first, kMaxNotice_bytes)});
  }
  return notices;
}

}  // namespace cardmute::agent
