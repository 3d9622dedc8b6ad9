// Tests the ledger: entries are written, read, counted together and deleted. Also tests the proof
// of polarity.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <map>
#include <set>

#include "store/connection.hpp"
#include "store/pending_entries.hpp"
#include "store/proof.hpp"
#include "store_rig.hpp"

namespace cardmute::store {
namespace {

using ::testing::HasSubstr;

class StoreLedger : public ::testing::Test {
 protected:
  void SetUp() override { one = rig.host(kOne); }
  void request(Command command, const engine::Outcome& outcome, const Target& target = kExtension) {
    const Begun begun = one->begin(command, target, rig.now);
    rig.pass(100);
    one->end(begun.request, outcome, true, false, rig.now);
  }
  [[nodiscard]] Entry noted(const std::string& detail) const {
    Entry entry;
    entry.kind = EntryKind::state;
    entry.at = rig.now.utc;
    entry.detail = detail;
    return entry;
  }

  Rig rig;
  std::unique_ptr<Store> one;
};

TEST_F(StoreLedger, IsEmptyWhereThereIsNoFile) {
  EXPECT_TRUE(rig.ledger().empty());
  EXPECT_FALSE(std::filesystem::exists(rig.file()));
}

TEST_F(StoreLedger, ReturnsWhatWasWritten) {
  Entry entry;
  entry.kind = EntryKind::exposure;
  entry.at = rig.now.utc;
  entry.surface = "a";
  entry.origin = "https://crm.example.com";
  entry.duration_ms = 1234.5;
  entry.detail = "no answer; \xd7\xa9";
  one->add_entry(entry);
  request(Command::mute, acknowledged());
  engine::Outcome refused = denied();
  refused.error_code = 400;
  request(Command::unmute, refused, {TargetBy::call, "1"});
  const auto ledger = rig.ledger();
  ASSERT_EQ(ledger.size(), 3U);
  EXPECT_EQ(ledger[0].kind, EntryKind::exposure);
  EXPECT_EQ(ledger[0].at, entry.at);
  EXPECT_EQ(ledger[0].surface, "a");
  EXPECT_EQ(ledger[0].origin, entry.origin);
  EXPECT_EQ(ledger[0].duration_ms, 1234.5);
  EXPECT_EQ(ledger[0].detail, entry.detail);
  EXPECT_EQ(ledger[0].target, std::nullopt);
  EXPECT_EQ(ledger[0].http_status, std::nullopt);
  EXPECT_EQ(ledger[1].kind, EntryKind::request);
  EXPECT_EQ(ledger[1].command, "mute");
  EXPECT_EQ(ledger[1].target, kExtension);
  EXPECT_EQ(ledger[1].outcome, "acknowledged");
  EXPECT_EQ(ledger[1].http_status, 200);
  EXPECT_EQ(ledger[1].error_code, 200);
  EXPECT_EQ(ledger[1].latency_ms, 12.5);
  EXPECT_EQ(ledger[2].command, "unmute");
  EXPECT_EQ(ledger[2].target, (Target{TargetBy::call, "1"}));
  EXPECT_EQ(ledger[2].outcome, "extension_not_found");
  EXPECT_EQ(ledger[2].http_status, std::nullopt) << "there was no answer";
  EXPECT_EQ(ledger[2].error_code, 400);
}

TEST_F(StoreLedger, IsReadFromAPointInTimeOn) {
  one->add_entry(noted("before"));
  rig.pass(1);
  one->add_entry(noted("after"));
  one->rest(rig.now);
  std::vector<std::string> details;
  EXPECT_EQ(read_ledger(rig.file(), rig.now.utc,
                        [&](const Entry& entry) { details.push_back(entry.detail); }),
            std::nullopt);
  EXPECT_EQ(details, std::vector<std::string>{"after"});
}

TEST_F(StoreLedger, CountsReassertionsInOneEntry) {
  request(Command::mute, acknowledged());
  const auto first = rig.now.utc;
  for (int i = 0; i < 3; ++i) {
    rig.pass(2000);
    request(Command::mute, acknowledged());
  }
  const auto last = rig.now.utc;
  one->add_entry(noted("between"));
  request(Command::mute, denied());
  request(Command::mute, acknowledged());
  request(Command::mute, acknowledged(), {TargetBy::call, "1"});
  const auto ledger = rig.ledger();
  ASSERT_EQ(ledger.size(), 5U);
  EXPECT_EQ(ledger[0].at, first);
  EXPECT_EQ(ledger[0].repeats, 3);
  EXPECT_EQ(ledger[0].last_at, last);
  EXPECT_EQ(ledger[2].outcome, "extension_not_found");
  EXPECT_EQ(ledger[3].repeats, 0) << "another outcome was between";
  EXPECT_EQ(ledger[3].last_at, std::nullopt);
  EXPECT_EQ(ledger[4].repeats, 0) << "another target";
}

TEST_F(StoreLedger, WritesEntriesWithTheNextTransactionOrAtRest) {
  one->add_entry(noted("first"));
  EXPECT_EQ(rig.kinds(), "");
  one->rest(rig.now);
  EXPECT_EQ(rig.kinds(), "state");
  one->add_entry(noted("second"));
  one->add_outstanding_mute(kExtension, rig.now);
  EXPECT_EQ(rig.kinds(), "state state");
  one->rest(rig.now);
  EXPECT_EQ(rig.kinds(), "state state") << "once";
}

TEST_F(StoreLedger, KeepsTheNewestPendingEntriesAndSaysHowManyAreMissing) {
  for (std::size_t i = 0; i < kMaxPending_entries + 2; ++i)
    one->add_entry(noted(std::to_string(i)));
  one->rest(rig.now);
  const auto ledger = rig.ledger();
  ASSERT_EQ(ledger.size(), kMaxPending_entries + 1);
  EXPECT_EQ(ledger[0].kind, EntryKind::store_mended);
  EXPECT_EQ(ledger[0].detail, "2 entries are missing here");
  EXPECT_EQ(ledger[1].detail, "2");
  EXPECT_EQ(ledger.back().detail, std::to_string(kMaxPending_entries + 1));
}

// A page can open and close forms, and let the overlay report, without end.
TEST_F(StoreLedger, WritesOnlyTheFirstEntriesOfEachMinuteThatAPageCauses) {
  for (int i = 0; i < 1000; ++i) {
    const std::string surface = std::to_string(i);
    one->acquire({surface, "https://crm.example.com", "declared", false}, rig.now);
    Entry waited = noted("muting");
    waited.kind = EntryKind::form_exposure;
    waited.surface = surface;
    waited.duration_ms = i == 700 ? 5000 : 10;
    waited.outcome = kAcknowledged;
    one->add_entry(waited);
    one->release(surface, "declared", rig.now);
    request(Command::mute, acknowledged(), {TargetBy::call, surface});
  }
  std::map<EntryKind, std::int64_t> rows;
  std::map<EntryKind, std::int64_t> all;
  double longest_ms = 0;
  for (const Entry& entry : rig.ledger()) {
    ++rows[entry.kind];
    all[entry.kind] += 1 + entry.repeats;
    longest_ms = std::max(longest_ms, entry.duration_ms.value_or(0));
  }
  const auto minutes = 1000 * 100 / 60'000 + 2;  // requests take 100 ms each
  for (const auto kind :
       {EntryKind::surface_open, EntryKind::surface_close, EntryKind::form_exposure}) {
    EXPECT_LE(rows[kind], kMaxAlike_per_minute * minutes) << name_of(kind);
    EXPECT_EQ(all[kind], 1000) << name_of(kind);
  }
  EXPECT_EQ(longest_ms, 5000);
  EXPECT_EQ(rows[EntryKind::request], 1000) << "what was asked of the provider is never left out";
}

TEST_F(StoreLedger, WritesTheEndOfEachFormWhoseBeginningIsWritten) {
  const auto name = [](int i) { return "form " + std::to_string(i); };
  constexpr int kForms = kMaxAlike_per_minute + 10;
  for (int i = 0; i < kForms; ++i)
    one->acquire({name(i), "https://crm.example.com", "cc-number", false}, rig.now);
  for (int i = kForms - 1; i >= 0; --i) one->release(name(i), "hidden", rig.now);
  std::set<std::string> open;
  std::int64_t closed = 0;
  for (const Entry& entry : rig.ledger()) {
    if (entry.kind == EntryKind::surface_open) open.insert(entry.surface);
    if (entry.kind != EntryKind::surface_close) continue;
    open.erase(entry.surface);
    closed += 1 + entry.repeats;
  }
  EXPECT_TRUE(open.empty());
  EXPECT_EQ(closed, kForms);
}

TEST_F(StoreLedger, KeepsWhatWaitsForOthersWhateverAPageReports) {
  one->add_entry(noted("a problem"));
  for (std::size_t i = 0; i < kMaxPending_entries; ++i) {
    Entry report = noted("muted");
    report.kind = EntryKind::banner_not_seen;
    one->add_entry(report);
  }
  one->rest(rig.now);
  const auto ledger = rig.ledger();
  ASSERT_EQ(ledger.size(), 1U + kMaxPending_alike);
  EXPECT_EQ(ledger.front().detail, "a problem");
  EXPECT_EQ(ledger.back().repeats, static_cast<int>(kMaxPending_entries) - kMaxPending_alike);
  EXPECT_EQ(ledger.back().last_at, rig.now.utc);
}

TEST_F(StoreLedger, LosesItsOldestEntriesInSmallSteps) {
  one->add_entry(noted("oldest"));
  one->rest(rig.now);
  // Pretends that many entries have been written, since the store counts them by their IDs.
  rig.execute(
      "WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < 1300) "
      "INSERT INTO entry(id, at_utc_ms, kind, surface, origin, command, outcome, detail) "
      "SELECT i, 0, 'old', '', '', '', '', '' FROM n");
  rig.execute("UPDATE sqlite_sequence SET seq = " + std::to_string(kMaxLedger_entries + 1000) +
              " WHERE name = 'entry'");
  const auto rest = [this] {
    one->add_entry(noted("new"));
    rig.pass(kSync_ms);
    one->rest(rig.now);
    return rig.ask("SELECT min(id) FROM entry");
  };
  EXPECT_EQ(rest(), "501");
  EXPECT_EQ(rest(), "1001");
  EXPECT_EQ(rest(), "1004") << "three new ones by now";
  EXPECT_EQ(rest(), "1005");
}

TEST_F(StoreLedger, OfAFileThatIsNotAStoreIsAProblemOfOneLine) {
  rig.folder.write("state/cardmute.db", std::string(8192, 'x'));
  const auto problem = read_ledger(rig.file(), std::nullopt, [](const Entry&) {});
  ASSERT_NE(problem, std::nullopt);
  EXPECT_THAT(*problem, HasSubstr(rig.file().string()));
  EXPECT_EQ(problem->find('\n'), std::string::npos);
}

TEST_F(StoreLedger, IsReadWhereNothingCanBeWritten) {
  one->add_entry(noted("one"));
  one->rest(rig.now);
  one->add_entry(noted("two"));
  one->rest(rig.now);
  one.reset();
  namespace fs = std::filesystem;
  fs::remove(rig.file().string() + "-shm");
  fs::permissions(rig.file(), static_cast<fs::perms>(0444));
  fs::permissions(rig.file().string() + "-wal", static_cast<fs::perms>(0444));
  fs::permissions(rig.file().parent_path(), static_cast<fs::perms>(0555));
  // Permissions do not limit root, so root changes to another user.
  constexpr uid_t kNobody = 65534;
  const bool root = geteuid() == 0;
  if (root) {
    ASSERT_EQ(seteuid(kNobody), 0);
  }
  const std::string kinds = rig.kinds();
  if (root) {
    ASSERT_EQ(seteuid(0), 0);
  }
  fs::permissions(rig.file().parent_path(), fs::perms::owner_all);
  EXPECT_EQ(kinds, "state state");
}

TEST(StoreProof, IsTheLastOneOfTheConfiguration) {
  const Rig rig;
  const std::string configuration = configuration_of("https://api.example.com/mute", "1");
  EXPECT_NE(configuration, configuration_of("https://api.example.com/mute", "0"));
  EXPECT_NE(configuration, configuration_of("https://api.example.org/mute", "1"));
  EXPECT_FALSE(read_proof(rig.file(), configuration));
  EXPECT_EQ(write_proof(rig.file(), {configuration, rig.now.utc, false, "listened"}), std::nullopt);
  EXPECT_EQ(write_proof(rig.file(), {configuration, rig.now.utc, true, "active_calls"}),
            std::nullopt);
  const auto proof = read_proof(rig.file(), configuration);
  ASSERT_TRUE(proof);
  EXPECT_EQ(proof->configuration, configuration);
  EXPECT_EQ(proof->at, rig.now.utc);
  EXPECT_TRUE(proof->passed);
  EXPECT_EQ(proof->method, "active_calls");
  EXPECT_FALSE(read_proof(rig.file(), "another"));
  const auto ledger = rig.ledger();
  ASSERT_EQ(ledger.size(), 2U);
  EXPECT_EQ(ledger[0].kind, EntryKind::proof);
  EXPECT_EQ(ledger[0].outcome, "failed");
  EXPECT_EQ(ledger[1].outcome, "passed");
}

TEST(StoreProof, SaysWhyItCannotBeWritten) {
  const Rig rig;
  rig.folder.write("state", "a file");
  const auto problem = write_proof(rig.file(), {"c", rig.now.utc, true, "listened"});
  ASSERT_NE(problem, std::nullopt);
  EXPECT_THAT(*problem, HasSubstr(rig.file().string()));
}

}  // namespace
}  // namespace cardmute::store
