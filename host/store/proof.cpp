#include "store/proof.hpp"

#include "store/entries.hpp"
#include "store/reader.hpp"
#include "store/schema.hpp"

namespace cardmute::store {

std::string configuration_of(const std::string& mute_url, const std::string& mute_state) {
  return mute_url + " mute_state " + mute_state;
}

std::optional<Proof> read_proof(const std::filesystem::path& file, const std::string& configuration,
                                std::optional<int> patience_ms) {
  std::optional<Proof> proof;
  const auto failure = with_reader(
      file,
      [&](Database& database) {
        auto rows = database.query(
            "SELECT at_utc_ms, passed, method FROM proof WHERE configuration = ?", configuration);
        if (!rows.step()) return;
        proof = Proof{configuration, UtcTime(rows.integer(0)), rows.integer(1) != 0, rows.text(2)};
      },
      patience_ms.value_or(kPatience_ms));
  return failure ? std::nullopt : proof;
}

std::optional<std::string> write_proof(const std::filesystem::path& file, const Proof& proof) {
  try {
    const auto opened = open_store({file, nullptr, kPatience_ms, false, proof.at});
    Database& database = *opened.database;
    {
      Transaction transaction(database, Transaction::Kind::writing);
      database.run(
          "INSERT OR REPLACE INTO proof(configuration, at_utc_ms, passed, method) "
          "VALUES(?, ?, ?, ?)",
          proof.configuration, std::int64_t{proof.at.count()}, proof.passed, proof.method);
      Entry entry = entry_of(EntryKind::proof, proof.at);
      entry.outcome = proof.passed ? "passed" : "failed";
      entry.detail = proof.method;
      write_entry(database, entry);
      transaction.commit();
    }
    database.checkpoint();
  } catch (const std::exception& error) {
    return cannot_be_used(file, error.what());
  }
  return std::nullopt;
}

}  // namespace cardmute::store
