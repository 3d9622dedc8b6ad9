#include "install/manifest.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <nlohmann/json.hpp>
#include <optional>

#include "base/plain_text.hpp"
#include "config/callers.hpp"
#include "install/identity.hpp"
#include "platform/paths.hpp"

namespace cardmute::install {

namespace fs = std::filesystem;
using nlohmann::json;

namespace {

// Far larger than any manifest. A larger file does not count as a manifest.
constexpr std::size_t kMaxManifest_bytes = std::size_t{64} * 1024;
constexpr std::size_t kMaxShown_bytes = 60;

const char* callers_key(Kind kind) {
  return kind == Kind::chromium ? "allowed_origins" : "allowed_extensions";
}

std::vector<std::string> own_callers(Kind kind) {
  if (kind == Kind::chromium) {
    return {kChromiumOrigins.begin(), kChromiumOrigins.end()};
  }
  return {kFirefoxIds.begin(), kFirefoxIds.end()};
}

bool is_caller(Kind kind, const std::string& text) {
  return kind == Kind::chromium ? config::is_chromium_caller(text)
                                : config::is_firefox_caller(text);
}

// Returns nullopt if the file is not a JSON object. Chromium accepts comments in it.
std::optional<json> read_manifest(const fs::path& manifest, bool with_comments) {
  std::error_code error;
  if (!fs::is_regular_file(manifest, error)) {
    return std::nullopt;
  }
  std::ifstream stream(manifest, std::ios::binary);
  std::string text(kMaxManifest_bytes, '\0');
  stream.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(stream.gcount()));
  json content = json::parse(text, nullptr, false, with_comments);
  if (!content.is_object()) {
    return std::nullopt;
  }
  return content;
}

std::string text_member(const json& content, const char* key) {
  const auto member = content.find(key);
  return member != content.end() && member->is_string() ? member->get<std::string>() : "";
}

// On Windows, browsers accept a path that is relative to the manifest's folder.
fs::path named_program(const fs::path& manifest, const json& content) {
  const fs::path named = text_member(content, "path");
  return this_system() == System::windows && !named.empty() ? manifest.parent_path() / named
                                                            : named;
}

void find_flaws_of_program(const fs::path& named, const fs::path& program,
                           std::vector<std::string>& flaws) {
  std::error_code error;
  if (!named.is_absolute()) {
    flaws.emplace_back("\"path\" is not the full path of a program");
  } else if (!fs::exists(named, error)) {
    flaws.push_back("it points at " + named.string() + ", which does not exist");
  } else if (!fs::equivalent(named, program, error)) {
    flaws.push_back("it points at another program, " + named.string() + ", and this one is " +
                    program.string());
  } else if (!platform::can_execute(named)) {
    flaws.push_back(named.string() + " is not executable");
  }
}

void find_flaws_of_description(const json& content, Kind kind, std::vector<std::string>& flaws) {
  const auto member = content.find("description");
  if (member == content.end() || !member->is_string()) {
    flaws.emplace_back(
        "its \"description\" is missing, and the browser then rejects the whole file");
  } else if (kind == Kind::chromium && member->get_ref<const std::string&>().empty()) {
    flaws.emplace_back("its \"description\" is empty, and the browser then rejects the whole file");
  }
}

void find_unknown_keys(const json& content, std::vector<std::string>& flaws) {
  constexpr std::array<std::string_view, 5> kKnown{"name", "description", "path", "type",
                                                   "allowed_extensions"};
  for (const auto& [key, value] : content.items()) {
    if (std::ranges::find(kKnown, key) != kKnown.end()) continue;
    flaws.push_back("Firefox does not know the key \"" + plain_text(key, kMaxShown_bytes) +
                    "\" and then rejects the whole file");
  }
}

void find_flaws_of_callers(const json& content, Kind kind, std::span<const std::string> callers,
                           std::vector<std::string>& flaws) {
  const char* key = callers_key(kind);
  const auto member = content.find(key);
  if (member == content.end() || !member->is_array()) {
    flaws.push_back("the list \"" + std::string(key) + "\" is missing");
    return;
  }
  std::vector<std::string> named;
  for (const json& entry : *member) {
    named.push_back(entry.is_string() ? entry.get<std::string>() : "");
  }
  if (!std::all_of(named.begin(), named.end(),
                   [kind](const std::string& caller) { return is_caller(kind, caller); })) {
    flaws.push_back("an entry of \"" + std::string(key) +
                    "\" is not an extension's name, and the browser then rejects the whole file");
  }
  for (const std::string& caller : callers) {
    if (std::find(named.begin(), named.end(), caller) == named.end()) {
      flaws.push_back("the extension " + caller + " is not in \"" + key + "\"");
    }
  }
}

}  // namespace

std::vector<std::string> callers_of(Kind kind, std::span<const std::string> allowed_callers) {
  std::vector<std::string> callers = own_callers(kind);
  for (const std::string& caller : allowed_callers) {
    const bool is_new = std::find(callers.begin(), callers.end(), caller) == callers.end();
    if (is_new && is_caller(kind, caller)) {
      callers.push_back(caller);
    }
  }
  return callers;
}

std::string manifest_text(Kind kind, const fs::path& program,
                          std::span<const std::string> allowed_callers) {
  nlohmann::ordered_json manifest;
  manifest["name"] = kHostName;
  manifest["description"] = kHostDescription;
  manifest["path"] = program.string();
  manifest["type"] = "stdio";
  manifest[callers_key(kind)] = callers_of(kind, allowed_callers);
  return manifest.dump(2) + "\n";
}

Owner owner_of(const fs::path& manifest) {
  std::error_code error;
  if (fs::symlink_status(manifest, error).type() == fs::file_type::not_found) {
    return Owner::nobody;
  }
  const auto content = read_manifest(manifest, true);
  return content && text_member(*content, "name") == kHostName ? Owner::cardmute : Owner::foreign;
}

std::vector<std::string> flaws_of(const fs::path& manifest, Kind kind, const fs::path& program,
                                  std::span<const std::string> allowed_callers) {
  std::vector<std::string> flaws;
  const auto content = read_manifest(manifest, kind == Kind::chromium);
  if (!content) {
    flaws.emplace_back(read_manifest(manifest, true)
                           ? "it has comments, which Firefox does not accept"
                           : "it cannot be read, or is not a JSON object");
    return flaws;
  }
  if (text_member(*content, "name") != kHostName) {
    flaws.push_back("its \"name\" is not " + std::string(kHostName));
  }
  if (text_member(*content, "type") != "stdio") {
    flaws.emplace_back("its \"type\" is not stdio");
  }
  find_flaws_of_description(*content, kind, flaws);
  if (kind == Kind::firefox) find_unknown_keys(*content, flaws);
  find_flaws_of_program(named_program(manifest, *content), program, flaws);
  find_flaws_of_callers(*content, kind, callers_of(kind, allowed_callers), flaws);
  return flaws;
}

}  // namespace cardmute::install
