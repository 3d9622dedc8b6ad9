#include "install/chromium_policies.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <string_view>

#include "config/callers.hpp"
#include "install/identity.hpp"
#include "install/policy_files.hpp"
#include "install/registry_policies.hpp"

namespace cardmute::install {

namespace fs = std::filesystem;
using nlohmann::json;

namespace {

struct ChromiumPlace {
  std::string_view browser;
  std::string_view policies;  // the folder that contains "managed" and "recommended"
  std::string_view external;  // the folder of external extensions, see IsExternal
};
constexpr std::array<ChromiumPlace, 4> kChromiumPlaces{{
    {"Google Chrome", "etc/opt/chrome/policies", "usr/share/google-chrome/extensions"},
    {"Chromium", "etc/chromium/policies", "usr/share/chromium/extensions"},
    {"Microsoft Edge", "etc/opt/edge/policies", "usr/share/microsoft-edge/extensions"},
    {"Brave", "etc/brave/policies", ""},
}};

struct RegistryPlace {
  std::string_view browser;
  std::string_view policies;
  std::string_view external;  // the key of external extensions, see IsExternal
};
constexpr std::array<RegistryPlace, 4> kRegistryPlaces{{
    {"Google Chrome", R"(Software\Policies\Google\Chrome)", R"(Software\Google\Chrome\Extensions)"},
    {"Chromium", R"(Software\Policies\Chromium)", R"(Software\Chromium\Extensions)"},
    {"Microsoft Edge", R"(Software\Policies\Microsoft\Edge)",
     R"(Software\Microsoft\Edge\Extensions)"},
    {"Brave", R"(Software\Policies\BraveSoftware\Brave)",
     R"(Software\BraveSoftware\Brave-Browser\Extensions)"},
}};

// Whether an extension is what Chromium calls an external extension: a file or a registry entry of
// the machine makes the browser install it, without a policy.
using IsExternal = std::function<bool(const std::string& id)>;

constexpr const char* kForcelist = "ExtensionInstallForcelist";
constexpr const char* kSettings = "ExtensionSettings";
// The policies that concern CardMute. Chromium ignores them among the recommended policies.
constexpr std::array<const char*, 7> kMandatory{kForcelist,
                                                kSettings,
                                                "ExtensionInstallAllowlist",
                                                "ExtensionInstallBlocklist",
                                                "NativeMessagingAllowlist",
                                                "NativeMessagingBlocklist",
                                                "NativeMessagingUserLevelHosts"};
// The permissions without which the extension cannot run, as in its manifest.
constexpr std::array<const char*, 5> kPermissions{"nativeMessaging", "scripting", "storage",
                                                  "notifications", "alarms"};

// Merges the folder's files, whatever their names. For each key, the last file in alphabetical
// order wins.
json merged(const fs::path& folder, std::vector<fs::path>& broken) {
  json all = json::object();
  for (const fs::path& file : files_in(folder)) {
    const json content = read_object(file, Syntax::chromium);
    if (content.is_null()) {
      broken.push_back(file);
    } else {
      all.update(content);
    }
  }
  return all;
}

// Entries of ExtensionInstallForcelist are "ID;URL".
bool is_forced(const json& policy, const std::string& id) {
  const json& list = member(policy, kForcelist);
  return list.is_array() && std::ranges::any_of(list, [&id](const json& entry) {
           if (!entry.is_string()) return false;
           const auto& text = entry.get_ref<const std::string&>();
           return text == id || text.starts_with(id + ";");
         });
}

// The entry of ExtensionSettings for this extension; null if there is none. The name of an entry
// can be several IDs, separated by commas.
const json& entry_of(const json& settings, const std::string& id) {
  static const json none;
  if (!settings.is_object()) return none;
  for (const auto& [name, entry] : settings.items()) {
    if (name.find(id) != std::string::npos) return entry;
  }
  return none;
}

// Whether the entry installs an extension and does not say from where. Chromium drops such an
// entry.
bool lacks_address(const json& entry) {
  const json& address = member(entry, "update_url");
  return is_installing(mode_in(entry)) &&
         (!address.is_string() ||
          address.get_ref<const std::string&>().find("://") == std::string::npos);
}

bool lacks_permissions(const json& entry) {
  const json& blocked = member(entry, "blocked_permissions");
  return std::ranges::any_of(kPermissions, [&](const char* name) {
    return lists(blocked, name) && !lists(member(entry, "allowed_permissions"), name);
  });
}

void add_texts(const json& list, std::vector<std::string>& texts) {
  if (!list.is_array()) return;
  for (const json& entry : list) {
    if (entry.is_string()) texts.push_back(entry.get<std::string>());
  }
}

void judge(const json& policy, const std::string& caller, const IsExternal& is_external,
           BrowserPolicies& found) {
  const std::string id = config::chromium_id_of(caller);
  const json settings = settings_of(policy);
  const json& own = entry_of(settings, id);
  const json& all = member(settings, "*");
  const json& blocklist = member(policy, "ExtensionInstallBlocklist");
  const bool allowed = lists(member(policy, "ExtensionInstallAllowlist"), id);
  const bool blocked = lists(blocklist, id);
  const bool forced = is_forced(policy, id);
  const std::string own_mode = mode_in(own);
  bool is_installed = own_mode.empty() ? forced : is_installing(own_mode);
  if (lacks_address(own)) {
    is_installed = false;
    found.mistakes.push_back({std::string(kSettings) + " installs the extension " + id +
                                  ", but names no update_url, so the browser ignores the entry",
                              "add the address of its updates as update_url"});
  }
  std::string mode = own_mode;
  if (mode.empty() && !forced && !allowed) {
    mode = mode_in(all);
    if (blocked || (mode.empty() && lists(blocklist, "*"))) mode = "blocked";
  }
  const bool is_named = !own.is_null() || forced || allowed || blocked;
  const json& limits = is_named ? own : all;
  const bool forbidden = !is_installed && is_blocking(mode);
  if (forbidden || lacks_permissions(limits)) {
    found.forbids.push_back(caller);
  } else if (is_installed || is_external(id)) {
    found.installs.push_back(caller);
  }
  add_texts(member(limits, "runtime_blocked_hosts"), found.blocked_hosts);
  add_texts(member(limits, "runtime_allowed_hosts"), found.allowed_hosts);
}

void find_recommended(const fs::path& folder, BrowserPolicies& found) {
  for (const fs::path& file : files_in(folder)) {
    const json content = read_object(file, Syntax::chromium);
    if (content.is_null()) found.broken.push_back(file);
    for (const char* name : kMandatory) {
      if (!content.contains(name)) continue;
      found.mistakes.push_back(
          {file.string() + " recommends " + name +
               ", which the browser ignores: it can only be mandatory",
           "move it to the folder " + folder.parent_path().string() + "/managed"});
    }
  }
}

void judge_all(const json& policy, std::span<const std::string> callers,
               const IsExternal& is_external, BrowserPolicies& found) {
  for (const std::string& caller : callers) {
    if (!config::is_chromium_caller(caller)) continue;
    judge(policy, caller, is_external, found);
  }
  const json& hosts = member(policy, "NativeMessagingBlocklist");
  found.forbids_host = (lists(hosts, "*") || lists(hosts, kHostName)) &&
                       !lists(member(policy, "NativeMessagingAllowlist"), kHostName);
  found.forbids_user_hosts = member(policy, "NativeMessagingUserLevelHosts") == false;
}

BrowserPolicies read_files(const Roots& roots, const ChromiumPlace& place,
                           std::span<const std::string> callers) {
  BrowserPolicies found{std::string(place.browser), Kind::chromium};
  const json policy = merged(roots.root / place.policies / "managed", found.broken);
  find_recommended(roots.root / place.policies / "recommended", found);
  const auto is_external = [&](const std::string& id) {
    std::error_code error;
    return !place.external.empty() &&
           fs::exists(roots.root / place.external / (id + ".json"), error);
  };
  judge_all(policy, callers, is_external, found);
  return found;
}

BrowserPolicies read_registry(const RegistryPlace& place, std::span<const std::string> callers) {
  BrowserPolicies found{std::string(place.browser), Kind::chromium};
  const auto is_external = [&](const std::string& id) {
    return registry_installs(std::string(place.external), id);
  };
  judge_all(registry_policies(std::string(place.policies)), callers, is_external, found);
  return found;
}

}  // namespace

std::vector<BrowserPolicies> chromium_policies(const Roots& roots,
                                               std::span<const std::string> callers) {
  std::vector<BrowserPolicies> found;
  found.reserve(kChromiumPlaces.size());
  for (const ChromiumPlace& place : kChromiumPlaces) {
    found.push_back(read_files(roots, place, callers));
  }
  return found;
}

std::vector<BrowserPolicies> chromium_policies_in_registry(std::span<const std::string> callers) {
  std::vector<BrowserPolicies> found;
  found.reserve(kRegistryPlaces.size());
  for (const RegistryPlace& place : kRegistryPlaces) {
    found.push_back(read_registry(place, callers));
  }
  return found;
}

}  // namespace cardmute::install
