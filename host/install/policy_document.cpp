#include "install/policy_document.hpp"

#include "install/identity.hpp"
#include "install/policy_formats.hpp"

namespace cardmute::install {

using nlohmann::ordered_json;

namespace {

constexpr const char* kForced = "force_installed";
// The value of IncognitoModeAvailability that turns private windows off. No policy can make
// Chromium run an extension in them.
constexpr int kNoPrivateWindows = 1;

ordered_json list_of(const std::vector<std::string>& texts) {
  ordered_json list = ordered_json::array();
  for (const std::string& text : texts) list.push_back(text);
  return list;
}

ordered_json for_firefox(const PolicyOptions& options) {
  const std::string& id = options.extension;
  ordered_json policies;
  policies["ExtensionSettings"][id] = {{"installation_mode", kForced},
                                       {"install_url", options.update_url},
                                       {"default_area", "navbar"},
                                       {"private_browsing", true}};
  if (!options.sites.empty()) {
    policies["3rdparty"]["Extensions"][id]["sites"] = list_of(options.sites);
  }
  if (options.unsigned_addon) {
    policies["Preferences"]["xpinstall.signatures.required"] = {{"Value", false},
                                                                {"Status", "locked"}};
  }
  return {{"policies", policies}};
}

ordered_json for_chromium(const PolicyOptions& options) {
  const bool edge = options.browser == PolicyBrowser::edge;
  ordered_json policies;
  policies["ExtensionSettings"][options.extension] = {
      {"installation_mode", kForced},
      {"update_url", options.update_url},
      // Without this key, the browser looks for updates at the address in the extension's manifest.
      {"override_update_url", true},
      {edge ? "toolbar_state" : "toolbar_pin", edge ? "force_shown" : "force_pinned"}};
  policies["NativeMessagingAllowlist"] = ordered_json::array({kHostName});
  policies["NativeMessagingUserLevelHosts"] = false;
  policies[edge ? "InPrivateModeAvailability" : "IncognitoModeAvailability"] = kNoPrivateWindows;
  if (!options.sites.empty()) {
    policies["3rdparty"]["extensions"][options.extension]["sites"] = list_of(options.sites);
  }
  return policies;
}

const char* linux_folder(PolicyBrowser browser) {
  switch (browser) {
    case PolicyBrowser::chrome:
      return "/etc/opt/chrome/policies/managed";
    case PolicyBrowser::edge:
      return "/etc/opt/edge/policies/managed";
    case PolicyBrowser::chromium:
      return "/etc/chromium/policies/managed";
    case PolicyBrowser::firefox:
      return "/etc/firefox/policies";
  }
  return "";
}

std::string firefox_place(PolicySystem system) {
  switch (system) {
    case PolicySystem::linux_desktop:
      return std::string(linux_folder(PolicyBrowser::firefox)) + "/policies.json";
    case PolicySystem::windows:
      return R"(C:\Program Files\Mozilla Firefox\distribution\policies.json)";
    case PolicySystem::mac:
      return "/Applications/Firefox.app/Contents/Resources/distribution/policies.json";
  }
  return "";
}

}  // namespace

Kind kind_of(PolicyBrowser browser) {
  return browser == PolicyBrowser::firefox ? Kind::firefox : Kind::chromium;
}

ordered_json policy_document(const PolicyOptions& options) {
  return options.browser == PolicyBrowser::firefox ? for_firefox(options) : for_chromium(options);
}

std::string policy_text(const PolicyOptions& options) {
  const ordered_json document = policy_document(options);
  if (options.browser == PolicyBrowser::firefox || options.system == PolicySystem::linux_desktop) {
    return document.dump(2) + "\n";
  }
  return options.system == PolicySystem::windows ? registry_text(options.browser, document)
                                                 : profile_text(options.browser, document);
}

std::string policy_place(const PolicyOptions& options) {
  if (options.browser == PolicyBrowser::firefox) {
    return "write it to " + firefox_place(options.system);
  }
  switch (options.system) {
    case PolicySystem::linux_desktop:
      return std::string("write it to ") + linux_folder(options.browser) + "/cardmute.json";
    case PolicySystem::windows:
      return "save it as cardmute.reg, and import it as an administrator: reg import cardmute.reg";
    case PolicySystem::mac:
      return "save it as cardmute.mobileconfig, and give it to your device management";
  }
  return "";
}

}  // namespace cardmute::install
