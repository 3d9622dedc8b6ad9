#include "install/policy_files.hpp"

#include <algorithm>
#include <fstream>
#include <string>

namespace cardmute::install {

namespace fs = std::filesystem;
using nlohmann::json;

namespace {

// Enough for the policies of a large company. A larger file is cut off, so it is no JSON object.
constexpr std::size_t kMaxPolicyFile_bytes = std::size_t{1024} * 1024;

// Where the string, comment or single character that begins at `at` ends.
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

// Returns the text without comments, and without commas before a closing bracket.
std::string as_json(std::string_view text) {
  std::string plain;
  // the last comma's place in `plain`, if only blanks have followed it
  std::size_t comma = std::string::npos;
  char before = '{';  // the last character that is neither blank nor comment
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

}  // namespace

json read_object(const fs::path& file, Syntax syntax) {
  std::ifstream stream(file, std::ios::binary);
  std::string text(kMaxPolicyFile_bytes, '\0');
  stream.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(stream.gcount()));
  json content = json::parse(syntax == Syntax::chromium ? as_json(text) : text, nullptr, false);
  return content.is_object() ? content : json();
}

std::vector<fs::path> files_in(const fs::path& folder) {
  std::vector<fs::path> files;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    if (entry.is_regular_file(error)) files.push_back(entry.path());
  }
  std::ranges::sort(files);
  return files;
}

const json& member(const json& object, std::string_view name) {
  static const json none;
  const auto found = object.is_object() ? object.find(name) : object.end();
  return object.is_object() && found != object.end() ? *found : none;
}

bool lists(const json& list, std::string_view text) {
  return list.is_array() && std::ranges::find(list, json(text)) != list.end();
}

json settings_of(const json& policy) {
  const json& settings = member(policy, "ExtensionSettings");
  if (!settings.is_string()) return settings;
  return json::parse(settings.get_ref<const std::string&>(), nullptr, false);
}

std::string mode_in(const json& entry) {
  const json& mode = member(entry, "installation_mode");
  return mode.is_string() ? mode.get<std::string>() : "";
}

bool is_installing(std::string_view mode) {
  return mode == "force_installed" || mode == "normal_installed";
}

bool is_blocking(std::string_view mode) { return mode == "blocked" || mode == "removed"; }

}  // namespace cardmute::install
