#include "config/extension_choice.hpp"

#include <algorithm>
#include <exception>
#include <variant>

#include "config/document.hpp"
#include "config/hidden_characters.hpp"
#include "config/section.hpp"
#include "config/table_choice.hpp"
#include "config/user_document.hpp"
#include "config/values.hpp"
#include "platform/paths.hpp"

namespace cardmute::config {

namespace fs = std::filesystem;

namespace {

constexpr const char* kExpectedSipId = "the agent's SIP ID";

bool may_choose(const Draft& draft) {
  const std::string key = extension_key(draft);
  return draft.reads_users_files && (!draft.user_may_set || is_allowed(key.substr(0, key.find('.')),
                                                                       key, *draft.user_may_set));
}

// Why the extension in the user's file was ignored: what is wrong with the file, or with this key;
// empty if it was not ignored.
std::string flaw_of_users_extension(const Sources& sources, const Loaded& loaded,
                                    const std::string& key) {
  for (const Problem& problem : loaded.warnings) {
    if (problem.file == sources.user && (problem.key.empty() || problem.key == key)) {
      return problem.text();
    }
  }
  return "";
}

void require_extension(const Sources& sources, const Draft& draft, Loaded& loaded) {
  const std::string key = extension_key(draft);
  const bool reported = std::ranges::any_of(loaded.errors, [&key](const Problem& problem) {
    return problem.key.empty() || problem.key.starts_with(key);  // the key "extensions" matches too
  });
  if (reported || !extension_of(draft).empty() || draft.is_extension_unknown) return;
  const bool is_alone = loaded.files_read.size() == 1 && loaded.files_read[0] != sources.machine;
  const fs::path& file = loaded.files_read.back();
  const std::string flaw = flaw_of_users_extension(sources, loaded, key);
  Report(file, loaded)
      .wrong(key, flaw.empty() ? "missing" : "missing (" + flaw + ")",
             !is_alone && may_choose(draft) && file != sources.user
                 ? std::string(kExpectedSipId) + ", here or in " + sources.user.string()
                 : kExpectedSipId);
}

// Returns the answer that is stored in the file, or reports what is wrong with the file.
std::optional<nlohmann::json> kept_answer(const fs::path& file, Report& report) {
  const auto text = read_text(file, report, platform::Writers::anybody);
  const auto document = text ? parse_document(*text, report) : std::nullopt;
  if (!document) return std::nullopt;
  if (document->content.contains(kExtensionName)) return document->content[kExtensionName];
  report.wrong(kExtensionName, "missing", kExpectedSipId);
  return std::nullopt;
}

}  // namespace

fs::path asked_extension_file(const Sources& sources) {
  return sources.user.parent_path() / "extension.json";
}

void take_asked_extension(const Sources& sources, Draft& draft, Loaded& loaded) {
  const fs::path file = asked_extension_file(sources);
  if (sources.texts != nullptr || !loaded.errors.empty()) return;
  if (!sources.answer && !is_there(file)) return;
  Report report(file, loaded, Wrong::is_ignored);
  if (!may_choose(draft)) {
    if (draft.reads_users_files) {
      report.warn(kExtensionName,
                  "ignored: the machine's configuration does not let a user set it");
    }
    return;
  }
  if (draft.is_extension_of_users_file) return;
  const auto value = sources.answer ? nlohmann::json(*sources.answer) : kept_answer(file, report);
  if (!value) return;
  const auto extension =
      text_of({*value, kExtensionName, draft, report}, kExpectedSipId, kMaxExtension_characters);
  if (!extension) return;
  draft.account = draft.account ? draft.account->copy() : sections().front()->make_account();
  draft.account->settings.extension = *extension;
  draft.is_extension_unknown = false;
  draft.config.extension_from = {ExtensionSource::user, file.string()};
  draft.has_own_extension = true;
}

namespace {

void warn_of_look_alikes(const Draft& draft, Loaded& loaded) {
  const std::string extension = extension_of(draft);
  if (const auto flaw = look_alike(extension); flaw && loaded.errors.empty()) {
    Report(loaded.files_read.back(), loaded)
        .warn_in_force(extension_key(draft),
                       "used, although " + in_quotes(extension) + " has " + *flaw +
                           " (it comes from " + draft.config.extension_from.where + ")",
                       kTypeAgain);
  }
}

void choose_required(const Sources& sources, Draft& draft, Loaded& loaded) {
  const bool sound = loaded.errors.empty();
  if (sound && draft.extensions) choose_from_table(sources, draft, loaded);
  if (!draft.extensions || loaded.errors.empty()) require_extension(sources, draft, loaded);
  warn_of_look_alikes(draft, loaded);
  loaded.may_set_extension = sound && may_choose(draft) && !draft.is_extension_of_users_file;
}

}  // namespace

void choose_extension(const Sources& sources, Draft& draft, Loaded& loaded) {
  if (sources.need != ExtensionNeed::none || !draft.account) {
    choose_required(sources, draft, loaded);
    return;
  }
  Draft chosen = draft;
  Loaded tried = loaded;
  choose_required(sources, chosen, tried);
  if (tried.errors.size() == loaded.errors.size()) {
    draft = std::move(chosen);
    loaded = std::move(tried);
    return;
  }
  // The extension that was found may be another person's.
  draft.account = draft.account->copy();
  draft.account->settings.extension.clear();
}

std::variant<Loaded, Error> load_with_answer(const Sources& sources, const std::string& extension) {
  Loaded checked;
  Report report(asked_extension_file(sources), checked);
  Draft draft;
  const nlohmann::json value = extension;
  if (!text_of({value, kExtensionName, draft, report}, kExpectedSipId, kMaxExtension_characters)) {
    return Error{ErrorCode::bad_request, checked.errors.front().message};
  }
  if (!load(sources).may_set_extension) {
    return Error{ErrorCode::bad_request,
                 "The extension cannot be chosen here: the configuration decides it. Expected: a "
                 "change by the administrator."};
  }
  Sources with_answer = sources;
  with_answer.answer = extension;
  return load(with_answer);
}

std::optional<Error> keep_asked_extension(const Sources& sources, const std::string& extension) {
  const auto loaded = load_with_answer(sources, extension);
  if (const auto* error = std::get_if<Error>(&loaded)) return *error;
  try {
    const fs::path file = asked_extension_file(sources);
    fs::create_directories(file.parent_path());
    platform::write_file_atomically(file,
                                    nlohmann::json{{kExtensionName, extension}}.dump() + "\n");
  } catch (const std::exception& error) {
    return Error{ErrorCode::store_failed,
                 std::string("The extension could not be kept: ") + error.what()};
  }
  return std::nullopt;
}

}  // namespace cardmute::config
