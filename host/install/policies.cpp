#include "install/policies.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <nlohmann/json.hpp>
#include <string_view>

#include "config/callers.hpp"
#include "install/identity.hpp"
#include "install/policy_files.hpp"
#include "install/registry_policies.hpp"

namespace cardmute::install {

namespace fs = std::filesystem;
using nlohmann::json;

namespace {

constexpr std::string_view kOriginStart = "chrome-extension://";

struct ChromiumPlace {
  std::string_view browser;
  std::string_view managed;   // the folder of mandatory policies
  std::string_view external;  // the folder of extensions that are force-installed
};
constexpr std::array<ChromiumPlace, 4> kChromiumPlaces{{
    {"Google Chrome", "etc/opt/chrome/policies/managed", "usr/share/google-chrome/extensions"},
    {"Chromium", "etc/chromium/policies/managed", "usr/share/chromium/extensions"},
    {"Microsoft Edge", "etc/opt/edge/policies/managed", "usr/share/microsoft-edge/extensions"},
    {"Brave", "etc/brave/policies/managed", ""},
}};

struct RegistryPlace {
  std::string_view browser;
  std::string_view policies;
  std::string_view extensions;  // the key of extensions that are force-installed
};
constexpr std::array<RegistryPlace, 4> kRegistryPlaces{{
    {"Google Chrome", R"(Software\Policies\Google\Chrome)", R"(Software\Google\Chrome\Extensions)"},
    {"Chromium", R"(Software\Policies\Chromium)", R"(Software\Chromium\Extensions)"},
    {"Microsoft Edge", R"(Software\Policies\Microsoft\Edge)",
     R"(Software\Microsoft\Edge\Extensions)"},
    {"Brave", R"(Software\Policies\BraveSoftware\Brave)",
     R"(Software\BraveSoftware\Brave-Browser\Extensions)"},
}};
constexpr const char* kFirefoxPolicies = R"(Software\Policies\Mozilla\Firefox)";
constexpr std::array<std::string_view, 7> kFirefoxFiles{
    "etc/firefox/policies/policies.json",
    "usr/lib/firefox/distribution/policies.json",
    "usr/lib/firefox-esr/distribution/policies.json",
    "usr/lib64/firefox/distribution/policies.json",
    "usr/share/firefox/distribution/policies.json",
    "usr/share/firefox-esr/distribution/policies.json",
    "opt/firefox/distribution/policies.json"};

const json& member(const json& object, std::string_view name) {
  static const json none;
  const auto found = object.is_object() ? object.find(name) : object.end();
  return object.is_object() && found != object.end() ? *found : none;
}

bool lists(const json& list, std::string_view text) {
  return list.is_array() && std::ranges::find(list, json(text)) != list.end();
}

// ExtensionSettings, in both kinds of browser: {"ID": {"installation_mode": …}, "*": …}. Firefox
// also accepts it as a string.
json settings_of(const json& policy) {
  const json& settings = member(policy, "ExtensionSettings");
  if (!settings.is_string()) return settings;
  return json::parse(settings.get_ref<const std::string&>(), nullptr, false);
}

std::string mode_of(const json& settings, std::string_view id) {
  const json& mode = member(member(settings, id), "installation_mode");
  return mode.is_string() ? mode.get<std::string>() : "";
}

bool is_installed_by(const json& settings, std::string_view id) {
  const std::string mode = mode_of(settings, id);
  return mode == "force_installed" || mode == "normal_installed";
}

bool is_blocked_by(const json& settings, std::string_view id) {
  const std::string own = mode_of(settings, id);
  const std::string mode = own.empty() ? mode_of(settings, "*") : own;
  return mode == "blocked" || mode == "removed";
}

// Entries of ExtensionInstallForcelist are "ID;URL".
bool is_forced(const json& policy, const std::string& id) {
  const json& list = member(policy, "ExtensionInstallForcelist");
  return list.is_array() && std::ranges::any_of(list, [&id](const json& entry) {
           if (!entry.is_string()) return false;
           const auto& text = entry.get_ref<const std::string&>();
           return text == id || text.starts_with(id + ";");
         });
}

BrowserPolicies none_of(std::string_view browser, Kind kind) {
  BrowserPolicies none;
  none.browser = browser;
  none.kind = kind;
  return none;
}

// Whether an extension is force-installed by other means than a policy.
using IsExternal = std::function<bool(const std::string& id)>;

void judge_chromium(const json& policy, std::span<const std::string> callers,
                    const IsExternal& is_external, BrowserPolicies& found) {
  const json settings = settings_of(policy);
  const json& blocked = member(policy, "ExtensionInstallBlocklist");
  for (const std::string& caller : callers) {
    if (!config::is_chromium_caller(caller)) continue;
    const std::string id =
        caller.substr(kOriginStart.size(), caller.size() - kOriginStart.size() - 1);
    const bool listed = lists(blocked, id) || lists(blocked, "*");
    const bool forced = is_forced(policy, id) || is_installed_by(settings, id);
    const bool forbidden =
        !forced && (is_blocked_by(settings, id) ||
                    (listed && !lists(member(policy, "ExtensionInstallAllowlist"), id)));
    if (forbidden) {
      found.forbids.push_back(caller);
    } else if (forced || is_external(id)) {
      found.installs.push_back(caller);
    }
  }
  const json& hosts = member(policy, "NativeMessagingBlocklist");
  found.forbids_host = (lists(hosts, "*") || lists(hosts, kHostName)) &&
                       !lists(member(policy, "NativeMessagingAllowlist"), kHostName);
  found.forbids_user_hosts = member(policy, "NativeMessagingUserLevelHosts") == false;
}

BrowserPolicies read_chromium(const Roots& roots, const ChromiumPlace& place,
                              std::span<const std::string> callers) {
  BrowserPolicies found = none_of(place.browser, Kind::chromium);
  const json policy = merged_policy_files(roots.root / place.managed, found.broken);
  const auto is_external = [&](const std::string& id) {
    std::error_code error;
    return !place.external.empty() &&
           fs::exists(roots.root / place.external / (id + ".json"), error);
  };
  judge_chromium(policy, callers, is_external, found);
  return found;
}

BrowserPolicies read_chromium(const RegistryPlace& place, std::span<const std::string> callers) {
  BrowserPolicies found = none_of(place.browser, Kind::chromium);
  const auto is_external = [&](const std::string& id) {
    return registry_installs(std::string(place.extensions), id);
  };
  judge_chromium(registry_policies(std::string(place.policies)), callers, is_external, found);
  return found;
}

// "Extensions": {"Install": [addresses or paths], "Uninstall": [IDs], "Locked": [IDs]}, the older
// policy. An address need not name the add-on: it counts if it does, if it has the name of
// CardMute's package, or if Locked names the add-on, which says that it is to be there.
bool is_in_install(const json& extensions, const std::string& id) {
  const json& list = member(extensions, "Install");
  if (!list.is_array()) return false;
  const bool locked = lists(member(extensions, "Locked"), id);
  return std::ranges::any_of(list, [&](const json& entry) {
    if (!entry.is_string()) return false;
    const auto& address = entry.get_ref<const std::string&>();
    const auto name = address.substr(address.find_last_of("/\\") + 1);
    return locked || address.find(id) != std::string::npos || name.starts_with("cardmute");
  });
}

void judge_firefox(const json& policies, std::span<const std::string> callers,
                   BrowserPolicies& found) {
  const json settings = settings_of(policies);
  const json& extensions = member(policies, "Extensions");
  for (const std::string& caller : callers) {
    if (!config::is_firefox_caller(caller)) continue;
    const bool installed = is_installed_by(settings, caller) || is_in_install(extensions, caller);
    const bool is_removed = lists(member(extensions, "Uninstall"), caller);
    if (is_removed || (!installed && is_blocked_by(settings, caller))) {
      found.forbids.push_back(caller);
    } else if (installed) {
      found.installs.push_back(caller);
    }
  }
}

BrowserPolicies read_firefox(const Roots& roots, std::span<const std::string> callers) {
  BrowserPolicies found = none_of("Firefox", Kind::firefox);
  std::error_code error;
  const auto* const file = std::ranges::find_if(
      kFirefoxFiles, [&](std::string_view each) { return fs::exists(roots.root / each, error); });
  if (file == kFirefoxFiles.end()) return found;
  const json content = read_policy_file(roots.root / *file, Syntax::plain_json);
  if (content.is_null()) found.broken.push_back(roots.root / *file);
  judge_firefox(member(content, "policies"), callers, found);
  return found;
}

std::vector<BrowserPolicies> policies_in_registry(std::span<const std::string> callers) {
  std::vector<BrowserPolicies> found;
  for (const RegistryPlace& place : kRegistryPlaces) found.push_back(read_chromium(place, callers));
  found.push_back(none_of("Firefox", Kind::firefox));
  judge_firefox(registry_policies(kFirefoxPolicies), callers, found.back());
  return found;
}

}  // namespace

std::vector<BrowserPolicies> policies(const Roots& roots, System system,
                                      std::span<const std::string> callers) {
  if (system == System::windows) return policies_in_registry(callers);
  std::vector<BrowserPolicies> found;
  if (system != System::linux_desktop) return found;
  for (const ChromiumPlace& place : kChromiumPlaces) {
    found.push_back(read_chromium(roots, place, callers));
  }
  found.push_back(read_firefox(roots, callers));
  return found;
}

}  // namespace cardmute::install
