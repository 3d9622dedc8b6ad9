#include "store/hellos.hpp"

#include "store/reader.hpp"
#include "store/schema.hpp"

namespace cardmute::store {

void write_hello(Database& database, const BrowserHello& hello) {
  database.run(
      "INSERT INTO hello(caller, installation, browser, extension_version, card_frames_date, "
      "hidden_sites, at_utc_ms) VALUES(?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET "
      "extension_version = excluded.extension_version, "
      "card_frames_date = excluded.card_frames_date, hidden_sites = excluded.hidden_sites, "
      "at_utc_ms = excluded.at_utc_ms",
      hello.caller, hello.installation, hello.browser, hello.extension_version,
      hello.card_frames_date, hello.hidden_sites, std::int64_t{hello.at.count()});
  // The first hello of a new profile comes before the profile's ID is made, and would count as
  // another profile.
  if (!hello.installation.empty()) {
    database.run("DELETE FROM hello WHERE caller = ? AND browser = ? AND installation = ''",
                 hello.caller, hello.browser);
  }
  database.run(
      "DELETE FROM hello WHERE (caller, installation, browser) IN (SELECT caller, installation, "
      "browser FROM hello ORDER BY at_utc_ms DESC, caller, installation, browser "
      "LIMIT -1 OFFSET ?)",
      kMaxHellos);
}

std::optional<std::string> read_hellos(const std::filesystem::path& file,
                                       std::vector<BrowserHello>& hellos) {
  return with_reader(file, [&hellos](Database& database) {
    // A file of an older version lacks this table until a newer host opens it.
    const int version = schema_version(database);
    if (version < kHellosSince_version) return;
    const std::string date = version < kCardFramesDateSince_version ? "''" : "card_frames_date";
    const std::string hidden = version < kHiddenSitesSince_version ? "0" : "hidden_sites";
    const std::string all = "SELECT caller, installation, browser, extension_version, " + date +
                            ", " + hidden +
                            ", at_utc_ms FROM hello "
                            "ORDER BY at_utc_ms DESC, caller, installation, browser";
    auto rows = database.query(all.c_str());
    while (rows.step()) {
      hellos.push_back({rows.text(0), rows.text(1), rows.text(2), rows.text(3), rows.text(4),
                        rows.integer(5), UtcTime(rows.integer(6))});
    }
  });
}

}  // namespace cardmute::store
