#include "install/policy_formats.hpp"

#include <array>
#include <cstdint>
#include <iomanip>
#include <sstream>
#include <string_view>

namespace cardmute::install {

using nlohmann::ordered_json;

namespace {

constexpr const char* kThirdParty = "3rdparty";
constexpr const char* kLineEnd = "\r\n";

struct Names {
  PolicyBrowser browser;
  std::string_view key;      // the browser's key in the registry
  std::string_view domain;   // the browser's domain on macOS
  std::string_view profile;  // the UUID of the profile without its last digit
};
constexpr std::array<Names, 3> kNames{{
    {PolicyBrowser::chrome, R"(Google\Chrome)", "com.google.Chrome",
     "5b0f6c1e-7c1d-4d0a-9a52-1f30c2b7a10"},
    {PolicyBrowser::edge, R"(Microsoft\Edge)", "com.microsoft.Edge",
     "5b0f6c1e-7c1d-4d0a-9a52-1f30c2b7a20"},
    {PolicyBrowser::chromium, "Chromium", "org.chromium.Chromium",
     "5b0f6c1e-7c1d-4d0a-9a52-1f30c2b7a30"},
}};

const Names& names_of(PolicyBrowser browser) {
  for (const Names& names : kNames) {
    if (names.browser == browser) return names;
  }
  return kNames.front();
}

// The policies of extensions, by the extensions' IDs; an empty object if there are none.
ordered_json extensions_of(const ordered_json& document) {
  const auto found = document.find(kThirdParty);
  return found == document.end() ? ordered_json::object() : found->at("extensions");
}

std::string in_registry(const std::string& text) {
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return quoted + "\"";
}

std::string dword(std::uint32_t value) {
  std::ostringstream text;
  text << "dword:" << std::hex << std::setw(8) << std::setfill('0') << value;
  return text.str();
}

// The registry key `path` with the values of `group`. A list becomes a key of its own below it.
std::string registry_key(const std::string& path, const ordered_json& group) {
  std::string values;
  std::string lists;
  for (const auto& [name, value] : group.items()) {
    if (name == kThirdParty) continue;
    if (value.is_array()) {
      lists.append(kLineEnd).append("[").append(path).append("\\").append(name).append("]").append(
          kLineEnd);
      for (std::size_t i = 0; i < value.size(); ++i) {
        lists += in_registry(std::to_string(i + 1)) + "=" +
                 in_registry(value[i].get<std::string>()) + kLineEnd;
      }
      continue;
    }
    values += in_registry(name) + "=";
    if (value.is_boolean()) {
      values += dword(value.get<bool>() ? 1 : 0);
    } else if (value.is_number()) {
      values += dword(value.get<std::uint32_t>());
    } else {
      values += in_registry(value.dump());
    }
    values += kLineEnd;
  }
  return (values.empty() ? "" : kLineEnd + ("[" + path + "]") + kLineEnd + values) + lists;
}

std::string in_xml(const std::string& text) {
  std::string escaped;
  for (const char c : text) {
    if (c == '&') {
      escaped += "&amp;";
    } else if (c == '<') {
      escaped += "&lt;";
    } else {
      escaped += c;
    }
  }
  return escaped;
}

std::string xml_of(const ordered_json& value, const std::string& indent) {
  const std::string inner = indent + "  ";
  std::string text = indent;
  if (value.is_boolean()) return text + (value.get<bool>() ? "<true/>\n" : "<false/>\n");
  if (value.is_number()) return text + "<integer>" + value.dump() + "</integer>\n";
  if (value.is_string()) {
    return text + "<string>" + in_xml(value.get<std::string>()) + "</string>\n";
  }
  text += value.is_array() ? "<array>\n" : "<dict>\n";
  for (const auto& [name, member] : value.items()) {
    if (value.is_object()) text += inner + "<key>" + in_xml(name) + "</key>\n";
    text += xml_of(member, inner);
  }
  return text + indent + (value.is_array() ? "</array>\n" : "</dict>\n");
}

// `number` distinguishes the payloads of a profile.
ordered_json payload(const Names& names, const std::string& type, int number) {
  return {{"PayloadType", type},
          {"PayloadIdentifier", "com.cardmute." + type},
          {"PayloadUUID", std::string(names.profile) + std::to_string(number)},
          {"PayloadVersion", 1}};
}

}  // namespace

std::string registry_text(PolicyBrowser browser, const ordered_json& document) {
  const std::string root =
      R"(HKEY_LOCAL_MACHINE\SOFTWARE\Policies\)" + std::string(names_of(browser).key);
  std::string text = "Windows Registry Editor Version 5.00" + std::string(kLineEnd);
  text += registry_key(root, document);
  const ordered_json extensions = extensions_of(document);
  for (const auto& [id, policies] : extensions.items()) {
    std::string key = root;
    key.append("\\").append(kThirdParty).append(R"(\extensions\)").append(id).append(R"(\policy)");
    text += registry_key(key, policies);
  }
  return text;
}

std::string profile_text(PolicyBrowser browser, const ordered_json& document) {
  const Names& names = names_of(browser);
  const std::string domain(names.domain);
  ordered_json own = payload(names, domain, 1);
  own.update(document);
  own.erase(kThirdParty);
  ordered_json payloads = ordered_json::array({own});
  int number = 2;
  const ordered_json extensions = extensions_of(document);
  for (const auto& [id, policies] : extensions.items()) {
    std::string own_domain = domain;
    own_domain.append(".extensions.").append(id);
    ordered_json extension = payload(names, own_domain, number++);
    extension.update(policies);
    payloads.push_back(extension);
  }
  ordered_json profile = payload(names, "Configuration", 0);
  profile["PayloadIdentifier"] = "com.cardmute.policies." + domain;
  profile["PayloadDisplayName"] = "CardMute";
  profile["PayloadScope"] = "System";
  profile["PayloadContent"] = payloads;
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
         "<!DOCTYPE plist PUBLIC \"-//Apple//DTD PLIST 1.0//EN\" "
         "\"http://www.apple.com/DTDs/PropertyList-1.0.dtd\">\n"
         "<plist version=\"1.0\">\n" +
         xml_of(profile, "") + "</plist>\n";
}

}  // namespace cardmute::install
