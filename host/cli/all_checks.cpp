// All checks of doctor, in the order in which it prints them; see check.hpp.
#include <iterator>
#include <utility>

#include "cli/check.hpp"

namespace cardmute::cli {

using nlohmann::json;

namespace {

void append(std::vector<Check>& checks, std::vector<Check> more) {
  std::move(more.begin(), more.end(), std::back_inserter(checks));
}

const char* word_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::ok:
      return "ok";
    case Verdict::problem:
      return "problem";
    case Verdict::warning:
      return "warning";
    case Verdict::note:
      return "note";
  }
  return "problem";
}

// The checks that ask the telephone provider.
void append_slow(const Context& context, const config::Config& config, std::vector<Check>& checks) {
  append(checks, check_network(context, config));
  append(checks, check_active_calls(context, config));
  append(checks, check_events(context, config));
}

}  // namespace

std::vector<Check> all_checks(const Context& context, const config::Loaded& loaded, Checks which) {
  const bool is_full = which == Checks::full;
  std::vector<Check> checks = check_configuration(loaded);
  append(checks, check_state_directory(context));
  checks.push_back(check_store(context));
  if (is_full) {
    checks.push_back(check_mutes(context));
    checks.push_back(check_declared_forms(context));
  }
  append(checks, check_manifests(context, loaded.allowed_callers));
  append(checks, check_browsers(context, loaded.allowed_callers,
                                loaded.policy   ? loaded.policy->sites
                                : loaded.config ? loaded.config->policy.sites
                                                : std::vector<std::string>{}));
  if (loaded.config) {
    if (is_full) append_slow(context, *loaded.config, checks);
    checks.push_back(check_polarity(context, *loaded.config));
    append(checks, check_rules(context, *loaded.config));
    append(checks, check_corrections(context, *loaded.config));
  } else if (is_full) {
    checks.push_back(noted("network", "not tried without a valid configuration"));
  }
  if (is_full) checks.push_back(about_settle());
  return checks;
}

json to_json(const Check& check) {
  json result{{"check", check.name}, {"result", word_of(check.verdict)}, {"text", check.text}};
  if (check.code) {
    result["code"] = name_of(*check.code);
  }
  if (!check.remedy.empty()) {
    result["remedy"] = check.remedy;
  }
  return result;
}

}  // namespace cardmute::cli
