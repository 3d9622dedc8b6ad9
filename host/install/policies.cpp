#include "install/policies.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string_view>

#include "config/callers.hpp"
#include "install/identity.hpp"

namespace cardmute::install {

namespace fs = std::filesystem;
using nlohmann::json;

namespace {

// Enough for the policies of a large company. A larger file is not read.
constexpr std::size_t kMaxPolicyFile_bytes = std::size_t{1024} * 1024;
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
constexpr std::array<std::string_view, 7> kFirefoxFiles{
    "etc/firefox/policies/policies.json",
    "usr/lib/firefox/distribution/policies.json",
    "usr/lib/firefox-esr/distribution/policies.json",
    "usr/lib64/firefox/distribution/policies.json",
    "usr/share/firefox/distribution/policies.json",
    "usr/share/firefox-esr/distribution/policies.json",
    "opt/firefox/distribution/policies.json"};

// Firefox reads policies.json as JSON. Chromium also accepts comments, and a comma after a last
// entry (JSONFileValueDeserializer with JSON_ALLOW_TRAILING_COMMAS in config_dir_policy_loader.cc).
enum class Syntax { json, chromium };

// The end of the string, comment or single character that begins at `at`.
std::size_t end_of_token(std::string_view text, std::size_t at) {
  if (text.substr(at).starts_with("//")) return std::min(text.find('\n', at), text.size());
  if (text.substr(at).starts_with("/*")) {
    const auto end = text.find("*/", at + 2);
    return end == std::string_view::npos ? text.size() : end + 2;
  }
  if (text[at] != '"') return at + 1;
  for (++at; at < text.size() && text[at] != '"'; ++at) {
    if (text[at] == '\\') ++at;
  }
  return std::min(at + 1, text.size());
}

// The text without comments, and without commas before a closing bracket.
std::string as_json(std::string_view text) {
  std::string plain;
  std::size_t comma = std::string::npos;  // place of the last comma, if only blanks followed it
  char before = '{';                      // the last character that is neither blank nor comment
  for (std::size_t at = 0; at < text.size();) {
    const auto token = text.substr(at, end_of_token(text, at) - at);
    at += token.size();
    const bool is_comment = token.starts_with("//") || token.starts_with("/*");
    if (is_comment || token.find_first_not_of(" \t\r\n") == std::string_view::npos) {
      plain += ' ';
      continue;
    }
    if ((token == "}" || token == "]") && comma != std::string::npos) plain[comma] = ' ';
    const bool follows_entry = before != '{' && before != '[' && before != ',';
    comma = token == "," && follows_entry ? plain.size() : std::string::npos;
    plain += token;
    before = token.back();
  }
  return plain;
}

// Returns null if the file is not a JSON object.
json read_object(const fs::path& file, Syntax syntax) {
  std::ifstream stream(file, std::ios::binary);
  std::string text(kMaxPolicyFile_bytes, '\0');
  stream.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(stream.gcount()));
  json content = json::parse(syntax == Syntax::chromium ? as_json(text) : text, nullptr, false);
  return content.is_object() ? content : json();
}

const json& member(const json& object, std::string_view name) {
  static const json none;
  const auto found = object.is_object() ? object.find(name) : object.end();
  return object.is_object() && found != object.end() ? *found : none;
}

bool lists(const json& list, std::string_view text) {
  return list.is_array() && std::ranges::find(list, json(text)) != list.end();
}

// The policy ExtensionSettings, which both kinds of browser have: {"ID": {"installation_mode": …},
// "*": …}. Firefox also accepts it as a string.
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

// Merges all files of the folder, whatever their names are. For each key, the last file in
// alphabetical order counts.
json merged(const fs::path& folder, std::vector<fs::path>& broken) {
  std::vector<fs::path> files;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    if (entry.is_regular_file(error)) files.push_back(entry.path());
  }
  std::ranges::sort(files);
  json all = json::object();
  for (const fs::path& file : files) {
    const json content = read_object(file, Syntax::chromium);
    if (content.is_null()) {
      broken.push_back(file);
    } else {
      all.update(content);
    }
  }
  return all;
}

// Whether ExtensionInstallForcelist, whose entries are "ID;URL", has the extension.
bool is_forced(const json& policy, const std::string& id) {
  const json& list = member(policy, "ExtensionInstallForcelist");
  return list.is_array() && std::ranges::any_of(list, [&id](const json& entry) {
           if (!entry.is_string()) return false;
           const auto& text = entry.get_ref<const std::string&>();
           return text == id || text.starts_with(id + ";");
         });
}

bool is_external(const Roots& roots, std::string_view folder, const std::string& id) {
  std::error_code error;
  return !folder.empty() && fs::exists(roots.root / folder / (id + ".json"), error);
}

BrowserPolicies read_chromium(const Roots& roots, const ChromiumPlace& place,
                              std::span<const std::string> callers) {
  BrowserPolicies found;
  found.browser = place.browser;
  found.kind = Kind::chromium;
  const json policy = merged(roots.root / place.managed, found.broken);
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
    } else if (forced || is_external(roots, place.external, id)) {
      found.installs.push_back(caller);
    }
  }
  const json& hosts = member(policy, "NativeMessagingBlocklist");
  found.forbids_host = (lists(hosts, "*") || lists(hosts, kHostName)) &&
                       !lists(member(policy, "NativeMessagingAllowlist"), kHostName);
  found.forbids_user_hosts = member(policy, "NativeMessagingUserLevelHosts") == false;
  return found;
}

// Whether the older policy installs the add-on: "Extensions": {"Install": [addresses or paths],
// "Uninstall": [IDs], "Locked": [IDs]}. An address need not contain the add-on's ID. It counts if
// it contains the ID or the name of CardMute's package, or if Locked has the ID, which says that
// the add-on is to be installed.
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

BrowserPolicies read_firefox(const Roots& roots, std::span<const std::string> callers) {
  BrowserPolicies found;
  found.browser = "Firefox";
  found.kind = Kind::firefox;
  std::error_code error;
  const auto* const file = std::ranges::find_if(
      kFirefoxFiles, [&](std::string_view each) { return fs::exists(roots.root / each, error); });
  if (file == kFirefoxFiles.end()) return found;
  const json content = read_object(roots.root / *file, Syntax::json);
  if (content.is_null()) found.broken.push_back(roots.root / *file);
  const json& policies = member(content, "policies");
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
  return found;
}

}  // namespace

std::vector<BrowserPolicies> policies(const Roots& roots, System system,
                                      std::span<const std::string> callers) {
  std::vector<BrowserPolicies> found;
  if (system != System::linux_desktop) return found;
  for (const ChromiumPlace& place : kChromiumPlaces) {
    found.push_back(read_chromium(roots, place, callers));
  }
  found.push_back(read_firefox(roots, callers));
  return found;
}

}  // namespace cardmute::install
