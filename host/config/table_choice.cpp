#include "config/table_choice.hpp"

#include <algorithm>
#include <optional>
#include <variant>

#include "base/login_name.hpp"
#include "config/report.hpp"
#include "config/section.hpp"
#include "config/values.hpp"

namespace cardmute::config {

namespace fs = std::filesystem;

std::string extension_key(const Draft& draft) {
  return draft.account ? draft.account->key(kExtensionName)
                       : join(std::string(sections().front()->name), kExtensionName);
}

std::string extension_of(const Draft& draft) {
  return draft.account ? draft.account->settings.extension : "";
}

namespace {

fs::path file_of_table(const Draft& draft, const Loaded& loaded) {
  return draft.extensions->file.empty() ? loaded.files_read.front()
                                        : fs::path(draft.extensions->file);
}

// Reports what is wrong with a row. The message names the line of a file, or the key of a table.
void report_row(Report& report, const Draft& draft, std::size_t line, const std::string& found,
                const std::string& expected) {
  report.about(line == 0 ? "" : "line " + std::to_string(line));
  report.wrong(line == 0 ? draft.account->key("extensions") : "", found, expected);
}

// Reports each row that cannot be used: as an error if the table is needed (`is_needed`) and the
// row may be this person's, otherwise as a warning. Returns whether there was such an error.
bool report_flaws(const std::string& login, const Draft& draft, Loaded& loaded, bool is_needed) {
  const fs::path file = file_of_table(draft, loaded);
  Report errors(file, loaded);
  Report warnings(file, loaded, Wrong::is_ignored);
  bool may_be_this_persons = false;
  for (const TableFlaw& flaw : draft.extensions->flaws) {
    const bool concerns =
        is_needed && (flaw.login.empty() || match_logins(flaw.login, login) != LoginMatch::none);
    may_be_this_persons = may_be_this_persons || concerns;
    report_row(concerns ? errors : warnings, draft, flaw.line, flaw.found, flaw.expected);
  }
  return may_be_this_persons;
}

void take_row(const ExtensionRow& row, const fs::path& file, Draft& draft) {
  // copied first, because copies of a draft share the account
  draft.account = draft.account->copy();
  draft.account->settings.extension = row.extension;
  draft.is_extension_unknown = false;
  const bool in_csv = row.line != 0;
  draft.config.extension_from = {
      in_csv ? ExtensionSource::file : ExtensionSource::table,
      file.string() + (in_csv ? ", line " + std::to_string(row.line) : ", for " + row.login)};
}

void report_ambiguous(const Ambiguous& rows, const fs::path& file, const std::string& login,
                      const Draft& draft, Loaded& loaded) {
  const auto shown = [](const ExtensionRow& row) {
    return in_quotes(row.login) + (row.line == 0 ? "" : " (line " + std::to_string(row.line) + ")");
  };
  Report report(file, loaded);
  report_row(report, draft, rows.other.line,
             shown(rows.one) + " and " + shown(rows.other) + " both fit the log-in " +
                 in_quotes(login) + " and name different extensions",
             "one row for each log-in; with domains, one for each domain");
}

// Reports a row whose log-in only looks like this person's. Returns whether there is such a row:
// then nobody knows whose extension it has.
bool report_look_alike(const std::string& login, const Draft& draft, Loaded& loaded) {
  const auto& rows = draft.extensions->rows;
  const auto found = std::ranges::find_if(
      rows, [&login](const ExtensionRow& row) { return may_look_the_same(row.login, login); });
  if (found == rows.end()) return false;
  Report errors(file_of_table(draft, loaded), loaded);
  report_row(
      errors, draft, found->line,
      "there is no row for the log-in " + in_quotes(login) + ", but " + in_quotes(found->login) +
          " may look the same: one of the two has an accent as a character of its own",
      "the log-in with the characters that the system has for it, such as \"id -un\" prints");
  return true;
}

std::optional<std::string> login_of(const Sources& sources) {
  if (sources.login || !sources.find_login) return sources.login;
  return sources.find_login();
}

// Without the log-in it is not known whether this person has a row, so not even the extension for
// persons without a row can be used.
void report_unknown_login(const fs::path& file, const Draft& draft, Loaded& loaded) {
  Report(file, loaded)
      .wrong(draft.account->key("extensions"),
             "the system's user database, which has this user's log-in name, does not answer",
             "an answer, or " + extension_key(draft) + " without a table");
}

}  // namespace

void choose_from_table(const Sources& sources, Draft& draft, Loaded& loaded) {
  const fs::path file = file_of_table(draft, loaded);
  const auto known = login_of(sources);
  if (!known && !draft.has_own_extension) {
    report_unknown_login(file, draft, loaded);
    return;
  }
  const std::string login = known.value_or("");
  const auto found = row_of(*draft.extensions, login);
  if (const auto* rows = std::get_if<Ambiguous>(&found);
      rows != nullptr && !draft.has_own_extension) {
    report_flaws(login, draft, loaded, false);
    report_ambiguous(*rows, file, login, draft, loaded);
    return;
  }
  // If a file was cut off after its heading, everyone would seem to have no row, and get the shared
  // extension.
  if (draft.extensions->rows.empty() && draft.extensions->flaws.empty() &&
      !draft.has_own_extension) {
    Report(file, loaded)
        .wrong(draft.account->key("extensions"), "no row",
               "at least one log-in with its extension");
    return;
  }
  const auto* row = std::get_if<std::optional<ExtensionRow>>(&found);
  const bool is_found = row != nullptr && row->has_value();
  if (report_flaws(login, draft, loaded, !draft.has_own_extension && !is_found)) return;
  if (draft.has_own_extension) return;
  if (!is_found && report_look_alike(login, draft, loaded)) return;
  if (is_found) {
    take_row(**row, file, draft);
  } else if (extension_of(draft).empty() && !draft.is_extension_unknown) {
    const std::string missing =
        login.empty() ? "this user has no log-in name"
                      : "there is no row for the log-in " + in_quotes(login) +
                            " (rows: " + std::to_string(draft.extensions->rows.size()) + ')';
    Report(file, loaded)
        .wrong(draft.account->key("extensions"), missing,
               "a row for this log-in, or " + extension_key(draft) + " for all that have none");
  }
}

}  // namespace cardmute::config
