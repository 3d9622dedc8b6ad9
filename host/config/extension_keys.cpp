// The keys "extension" and "extensions" of a provider's section; see keys.hpp.
#include <algorithm>
#include <cctype>

#include "config/extension_table.hpp"
#include "config/keys.hpp"
#include "config/values.hpp"
#include "platform/paths.hpp"

namespace cardmute::config {

namespace {

constexpr const char* kExpectedSipIdHere = "the agent's SIP ID";

// Returns the value of `name` if this is the only member of the group `value`; otherwise nullptr.
const nlohmann::json* only_member(const nlohmann::json& value, const char* name) {
  const bool fits = value.is_object() && value.size() == 1 && value.contains(name);
  return fits ? &value[name] : nullptr;
}

bool is_variable_name(const std::string& text) {
  return !text.empty() && std::isdigit(static_cast<unsigned char>(text.front())) == 0 &&
         std::ranges::all_of(text, [](char c) {
           return c == '_' || std::isalnum(static_cast<unsigned char>(c)) != 0;
         });
}

// Returns the extension in the variable that `value` names. It is empty if this process's
// environment is not used (ExtensionNeed::unless_in_environment), or if the variable is missing and
// need not be there. Otherwise reports why there is no extension, and returns nullopt.
std::optional<std::string> extension_of_variable(const Setting& setting,
                                                 const nlohmann::json& value) {
  const std::string key = join(setting.key, "env");
  if (!value.is_string() || !is_variable_name(value.get_ref<const std::string&>())) {
    setting.report.wrong(key, "found " + describe(value),
                         "the name of a variable of the environment, such as \"AGENT_EXTENSION\"");
    return std::nullopt;
  }
  const auto& name = value.get_ref<const std::string&>();
  const auto need = setting.draft.need;
  if (need == ExtensionNeed::unless_in_environment) return "";
  const std::string expected = std::string(kExpectedSipIdHere) + " in the environment's " + name;
  const auto found = platform::environment(name.c_str());
  if (!found && need != ExtensionNeed::required) return "";
  if (!found) {
    setting.report.wrong(key, "the browser's environment has no " + name, expected);
    return std::nullopt;
  }
  const nlohmann::json text = *found;
  return text_of({text, key, setting.draft, setting.report}, expected, kMaxExtension_characters);
}

std::string place_of_variable(const Draft& draft, const std::string& name, bool is_known) {
  if (is_known) return "the environment's " + name + ", which " + draft.file.string() + " names";
  return "the environment variable " + name + " of the person, which " + draft.file.string() +
         " names; not known here";
}

}  // namespace

void take_extension(const Setting& setting) {
  Draft& draft = setting.draft;
  ExtensionOrigin from{draft.is_users_file ? ExtensionSource::user : ExtensionSource::machine,
                       draft.file.string()};
  std::optional<std::string> extension;
  if (const auto* variable = only_member(setting.value, "env")) {
    extension = extension_of_variable(setting, *variable);
    if (extension) {
      from = {ExtensionSource::env,
              place_of_variable(draft, variable->get<std::string>(), !extension->empty())};
    }
  } else {
    extension = text_of(setting, kExpectedSipIdHere, kMaxExtension_characters);
  }
  if (!extension) return;
  draft.account->settings.extension = *extension;
  draft.is_extension_unknown = extension->empty();
  draft.config.extension_from = from;
  draft.has_own_extension = draft.is_over_machine;
  draft.is_extension_of_users_file = draft.is_users_file;
}

void take_extensions(const Setting& setting) {
  Draft& draft = setting.draft;
  draft.extensions = nullptr;
  if (setting.value.is_null()) return;
  if (const auto* file = only_member(setting.value, "file")) {
    const std::string key = join(setting.key, "file");
    const auto path = full_path_of({*file, key, draft, setting.report});
    if (!path) return;
    draft.config.named_files.push_back(*path);
    draft.extensions = std::make_shared<ExtensionTable>(read_extension_csv(*path));
  } else if (setting.value.is_object()) {
    draft.extensions = std::make_shared<ExtensionTable>(table_of_group(setting.value));
  } else {
    setting.report.wrong(setting.key, "found " + kind_of(setting.value),
                         R"(a group {"log-in": "extension", …}, or {"file": "/path/of/a.csv"})");
  }
}

}  // namespace cardmute::config
