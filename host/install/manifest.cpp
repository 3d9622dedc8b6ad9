// Host manifests; see manifest.hpp.
#include "install/manifest.hpp"

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>
#include <optional>

#include "config/callers.hpp"
#include "install/identity.hpp"
#include "platform/paths.hpp"

namespace cardmute::install {

namespace fs = std::filesystem;
using nlohmann::json;

namespace {

// Far more than any manifest; a larger file is not one.
constexpr std::size_t kMaxManifest_bytes = std::size_t{64} * 1024;

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

// The manifest as a JSON object; nothing when it is none.
std::optional<json> read_manifest(const fs::path& manifest) {
  std::error_code error;
  if (!fs::is_regular_file(manifest, error)) {
    return std::nullopt;
  }
  std::ifstream stream(manifest, std::ios::binary);
  std::string text(kMaxManifest_bytes, '\0');
  stream.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(stream.gcount()));
  json content = json::parse(text, nullptr, false);
  if (!content.is_object()) {
    return std::nullopt;
  }
  return content;
}

std::string text_member(const json& content, const char* key) {
  const auto member = content.find(key);
  return member != content.end() && member->is_string() ? member->get<std::string>() : "";
}

void find_flaws_of_program(const fs::path& named, const fs::path& program,
                           std::vector<std::string>& flaws) {
  std::error_code error;
  if (!named.is_absolute()) {
    flaws.emplace_back("\"path\" is not the full path of a program");
  } else if (!fs::exists(named, error)) {
    flaws.push_back("it points at " + named.string() + ", which is not there");
  } else if (!fs::equivalent(named, program, error)) {
    flaws.push_back("it points at another program, " + named.string() + ", and this one is " +
                    program.string());
  } else if (!platform::can_execute(named)) {
    flaws.push_back(named.string() + " may not be executed");
  }
}

void find_flaws_of_callers(const json& content, Kind kind, std::vector<std::string>& flaws) {
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
                    "\" is no extension's name, and the browser then refuses the whole file");
  }
  for (const std::string& caller : own_callers(kind)) {
    if (std::find(named.begin(), named.end(), caller) == named.end()) {
      flaws.push_back("the extension " + caller + " is not in \"" + key + "\"");
    }
  }
}

}  // namespace

std::string manifest_text(Kind kind, const fs::path& program,
                          std::span<const std::string> allowed_callers) {
  std::vector<std::string> callers = own_callers(kind);
  for (const std::string& caller : allowed_callers) {
    const bool is_new = std::find(callers.begin(), callers.end(), caller) == callers.end();
    if (is_new && is_caller(kind, caller)) {
      callers.push_back(caller);
    }
  }
  nlohmann::ordered_json manifest;
  manifest["name"] = kHostName;
  manifest["description"] = kHostDescription;
  manifest["path"] = program.string();
  manifest["type"] = "stdio";
  manifest[callers_key(kind)] = callers;
  return manifest.dump(2) + "\n";
}

Owner owner_of(const fs::path& manifest) {
  std::error_code error;
  if (fs::symlink_status(manifest, error).type() == fs::file_type::not_found) {
    return Owner::nobody;
  }
  const auto content = read_manifest(manifest);
  return content && text_member(*content, "name") == kHostName ? Owner::cardmute : Owner::foreign;
}

std::vector<std::string> flaws_of(const fs::path& manifest, Kind kind, const fs::path& program) {
  std::vector<std::string> flaws;
  const auto content = read_manifest(manifest);
  if (!content) {
    flaws.emplace_back("it cannot be read, or is no JSON object");
    return flaws;
  }
  if (text_member(*content, "name") != kHostName) {
    flaws.push_back("its \"name\" is not " + std::string(kHostName));
  }
  if (text_member(*content, "type") != "stdio") {
    flaws.emplace_back("its \"type\" is not stdio");
  }
  find_flaws_of_program(text_member(*content, "path"), program, flaws);
  find_flaws_of_callers(*content, kind, flaws);
  return flaws;
}

}  // namespace cardmute::install
