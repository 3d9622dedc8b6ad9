#include "install/policies.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "config/callers.hpp"
#include "install/chromium_policies.hpp"
#include "install/policy_files.hpp"
#include "install/registry_policies.hpp"

namespace cardmute::install {

namespace fs = std::filesystem;
using nlohmann::json;

namespace {

constexpr const char* kFirefoxPolicies = R"(Software\Policies\Mozilla\Firefox)";
constexpr std::array<std::string_view, 7> kFirefoxFiles{
    "etc/firefox/policies/policies.json",
    "usr/lib/firefox/distribution/policies.json",
    "usr/lib/firefox-esr/distribution/policies.json",
    "usr/lib64/firefox/distribution/policies.json",
    "usr/share/firefox/distribution/policies.json",
    "usr/share/firefox-esr/distribution/policies.json",
    "opt/firefox/distribution/policies.json"};

bool is_installed_by(const json& settings, std::string_view id) {
  return is_installing(mode_in(member(settings, id)));
}

bool is_blocked_by(const json& settings, std::string_view id) {
  const std::string own = mode_in(member(settings, id));
  return is_blocking(own.empty() ? mode_in(member(settings, "*")) : own);
}

// Whether the older policy "Extensions" installs the add-on. Its form is {"Install": [addresses or
// paths], "Uninstall": [IDs], "Locked": [IDs]}. An address need not contain the add-on's ID, so one
// with the name of CardMute's package counts too. If Locked names the add-on, which keeps it
// installed, all addresses count.
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
  // Firefox runs no script of an extension in these domains, nor on the sites that Firefox itself
  // restricts.
  for (const json& domain : member(member(settings, "*"), "restricted_domains")) {
    if (domain.is_string()) found.blocked_hosts.push_back("*://" + domain.get<std::string>());
  }
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
  BrowserPolicies found{"Firefox", Kind::firefox};
  std::error_code error;
  const auto* const file = std::ranges::find_if(
      kFirefoxFiles, [&](std::string_view each) { return fs::exists(roots.root / each, error); });
  if (file == kFirefoxFiles.end()) return found;
  const json content = read_object(roots.root / *file, Syntax::json);
  if (content.is_null()) found.broken.push_back(roots.root / *file);
  judge_firefox(member(content, "policies"), callers, found);
  return found;
}

}  // namespace

std::vector<BrowserPolicies> policies(const Roots& roots, System system,
                                      std::span<const std::string> callers) {
  std::vector<BrowserPolicies> found;
  if (system == System::windows) {
    found = chromium_policies_in_registry(callers);
    found.push_back({"Firefox", Kind::firefox});
    judge_firefox(registry_policies(kFirefoxPolicies), callers, found.back());
    return found;
  }
  if (system != System::linux_desktop) return found;
  found = chromium_policies(roots, callers);
  found.push_back(read_firefox(roots, callers));
  return found;
}

}  // namespace cardmute::install
