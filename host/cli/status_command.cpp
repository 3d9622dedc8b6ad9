// `status`: shows the configuration, where the host is installed, and which hosts are running.
#include <string>
#include <vector>

#include "agent/presence.hpp"
#include "base/url.hpp"
#include "cli/check.hpp"
#include "cli/commands.hpp"
#include "cli/configuration.hpp"
#include "cli/output.hpp"
#include "cli/polarity_proof.hpp"
#include "install/manifest.hpp"

namespace cardmute::cli {

using nlohmann::json;

namespace {

std::string server_of(const config::Config& config) {
  const auto origin = url::origin_of(config.account->server_url());
  return origin ? origin->text() : "";
}

// CardMute's manifests, both of this user and of the machine.
std::vector<install::Target> installed(const Context& context) {
  std::vector<install::Target> found;
  for (const auto scope : {install::Scope::user, install::Scope::machine}) {
    for (install::Target& target : install::targets(context.roots, install::this_system(), scope)) {
      if (install::owner_of(target.manifest()) == install::Owner::cardmute) {
        found.push_back(std::move(target));
      }
    }
  }
  return found;
}

json configuration_json(const config::Loaded& loaded) {
  json files = json::array();
  for (const auto& file : loaded.files_read) {
    files.push_back(file.string());
  }
  json result{{"valid", loaded.config.has_value()},
              {"files", files},
              {"problems", cli::to_json(loaded.errors)},
              {"warnings", cli::to_json(loaded.warnings)},
              {"ignored_variables", loaded.ignored_variables}};
  if (loaded.config) {
    const telephony::Account& account = *loaded.config->account;
    const std::string polarity = account.polarity();
    result["provider"] = account.provider();
    result["target"] = {{"by", name_of(account.target().by)}, {"value", account.target().value}};
    result["server"] = server_of(*loaded.config);
    result["mute_state"] = polarity.empty() ? json() : json(polarity);
    result["policy"] = config::to_json(loaded.config->policy);
  }
  return result;
}

void print_status_json(const Context& context, const config::Loaded& loaded,
                       const std::vector<install::Target>& manifests,
                       const std::vector<agent::Presence>& hosts) {
  json document{{"ok", loaded.config.has_value()},
                {"configuration", configuration_json(loaded)},
                {"manifests", json::array()},
                {"hosts", json::array()}};
  if (!loaded.config) {
    document["error"] = error_json(ErrorCode::config_invalid, loaded.errors.front().text());
  }
  for (const install::Target& target : manifests) {
    document["manifests"].push_back(
        {{"browsers", target.browsers},
         {"scope", target.scope == install::Scope::machine ? "system" : "user"},
         {"file", target.manifest().string()},
         {"flaws", install::flaws_of(target.manifest(), target.kind, context.program,
                                     loaded.allowed_callers)}});
  }
  if (loaded.config) {
    document["polarity"] = polarity_json(polarity_proof(context, *loaded.config), *loaded.config);
    document["extension"] = extension_json(*loaded.config);
  }
  for (const agent::Presence& host : hosts) {
    document["hosts"].push_back({{"pid", host.process.pid},
                                 {"caller", host.caller},
                                 {"started_at", host.started_at},
                                 {"status", json::parse(host.status)}});
  }
  print_json(context, document);
}

void say_configuration(const Context& context, const config::Loaded& loaded) {
  for (const config::Problem& problem : loaded.errors) {
    context.out << "Configuration: PROBLEM: " << problem.text() << '\n';
  }
  for (const config::Problem& problem : loaded.warnings) {
    context.out << "Configuration: WARNING: " << problem.text() << '\n';
  }
  if (!loaded.config) {
    return;
  }
  for (const auto& file : loaded.files_read) {
    context.out << "Configuration: " << file.string() << '\n';
  }
  const telephony::Account& account = *loaded.config->account;
  const std::string& extension = account.settings.extension;
  context.out << "Telephone provider: " << account.provider() << '\n'
              << "Target: "
              << (account.settings.by_call
                      ? "each active call of extension " + extension + ", by its own ID"
                      : "calls of extension " + extension)
              << ", through " << server_of(*loaded.config) << '\n'
              << "The extension comes from: " << loaded.config->extension_from.where << '\n'
              << "Polarity: "
              << polarity_text(polarity_proof(context, *loaded.config), *loaded.config) << '\n';
  for (const std::string& site : loaded.config->policy.sites) {
    context.out << "Payment forms are looked for on: " << site << '\n';
  }
  const config::Policy& policy = loaded.config->policy;
  context.out << "Rules of your own: " << policy.rules.size() << '\n'
              << "Interlock: " << interlock_text(policy) << '\n';
}

void say_manifest(const Context& context, const install::Target& target,
                  const std::vector<std::string>& allowed_callers) {
  context.out << "Installed for " << target.names()
              << (target.scope == install::Scope::machine ? " (every user): " : " (this user): ")
              << target.manifest().string() << '\n';
  for (const std::string& flaw :
       install::flaws_of(target.manifest(), target.kind, context.program, allowed_callers)) {
    context.out << "  PROBLEM: " << flaw << '\n';
  }
}

std::string text_of(const json& status, const char* key) {
  const bool has = status.is_object() && status.contains(key) && status[key].is_string();
  return has ? status[key].get<std::string>() : "unknown";
}

void say_host(const Context& context, const agent::Presence& host) {
  const json status = json::parse(host.status);
  context.out << "Running since " << host.started_at << " for " << host.caller << ": "
              << text_of(status, "state") << " (process " << host.process.pid << ")\n";
  if (status.is_object() && status.contains("problem") && status["problem"].is_object()) {
    context.out << "  PROBLEM: " << text_of(status["problem"], "message") << '\n';
  }
}

void run_status(Context& context) {
  const config::Loaded loaded = load_configuration(context);
  const auto manifests = installed(context);
  const auto hosts = agent::list_presences(context.state_directory);
  context.exit_code = loaded.config ? 0 : exit_code_of(ErrorCode::config_invalid);
  if (context.json) {
    print_status_json(context, loaded, manifests, hosts);
    return;
  }
  say_configuration(context, loaded);
  for (const install::Target& target : manifests) {
    say_manifest(context, target, loaded.allowed_callers);
  }
  if (manifests.empty()) {
    context.out << "Not installed for any browser; run cardmute-host install\n";
  }
  for (const agent::Presence& host : hosts) {
    say_host(context, host);
  }
  if (hosts.empty()) {
    context.out << "No browser is using the host at the moment.\n";
  }
}

}  // namespace

void add_status(CLI::App& app, Context& context) {
  CLI::App* command =
      app.add_subcommand("status", "Show the configuration, the browsers and running hosts");
  command->callback([&context] { run_status(context); });
}

}  // namespace cardmute::cli
