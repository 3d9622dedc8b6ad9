// Tests what the store records about rules: counts for each rule and origin, and when a rule has
// drifted.
#include <gtest/gtest.h>

#include "store/hellos.hpp"
#include "store/rules.hpp"
#include "store_rig.hpp"

namespace cardmute::store {
namespace {

constexpr const char* kOrigin = "https://crm.example.com";

class StoreRules : public ::testing::Test {
 protected:
  void report(RuleEvent event, const std::string& rule = "Pay dialog",
              const std::string& origin = kOrigin, const std::string& definition = "d1") {
    rig.pass(1000);
    store->report({event, rule, definition, origin, rig.now.utc});
    store->rest(rig.now);
  }
  [[nodiscard]] RuleBook book() const {
    RuleBook read;
    EXPECT_EQ(read_rules(rig.file(), read), std::nullopt);
    return read;
  }
  [[nodiscard]] RuleRecord record() const {
    const auto rules = book().rules;
    EXPECT_EQ(rules.size(), 1U);
    return rules.empty() ? RuleRecord{} : rules.front();
  }
  [[nodiscard]] int drifts() const {
    const auto ledger = rig.ledger();
    return static_cast<int>(std::ranges::count(ledger, EntryKind::rule_drift, &Entry::kind));
  }

  Rig rig;
  std::unique_ptr<Store> store = rig.host({"boot", 1, 1});
};

TEST_F(StoreRules, WithoutAStoreThereAreNone) {
  EXPECT_TRUE(book().rules.empty());
  EXPECT_FALSE(std::filesystem::exists(rig.file()));
}

TEST_F(StoreRules, FormsWithoutAMatchAfterAMatchAreADrift) {
  report(RuleEvent::matched);
  const auto matched_at = rig.now.utc;
  report(RuleEvent::missed);
  const auto failing_since = rig.now.utc;
  for (int i = 2; i < kMissesBeforeDrift; ++i) report(RuleEvent::missed);
  EXPECT_FALSE(record().drifted_at);
  EXPECT_EQ(drifts(), 0);
  report(RuleEvent::missed);
  EXPECT_EQ(record().drifted_at, rig.now.utc);
  EXPECT_EQ(record().failing_since, failing_since);
  EXPECT_EQ(record().matched_at, matched_at);
  ASSERT_EQ(drifts(), 1);
  const Entry entry = rig.ledger().back();
  EXPECT_EQ(entry.origin, kOrigin);
  EXPECT_EQ(entry.detail, "Pay dialog: payment forms were seen, and the rule did not match");
}

TEST_F(StoreRules, ADriftIsOneEntryOfTheLedgerAndAMatchEndsIt) {
  report(RuleEvent::matched);
  const auto before = rig.ledger().size();
  for (int i = 0; i < 5; ++i) report(RuleEvent::missed);
  EXPECT_EQ(drifts(), 1);
  EXPECT_EQ(rig.ledger().size(), before + 1) << "a visit is not recorded in the ledger";
  EXPECT_EQ(record().misses, 5);
  report(RuleEvent::matched);
  EXPECT_FALSE(record().drifted_at);
  EXPECT_FALSE(record().failing_since);
  EXPECT_EQ(record().misses, 0);
  for (int i = 0; i < kMissesBeforeDrift; ++i) report(RuleEvent::missed);
  EXPECT_EQ(drifts(), 2);
}

TEST_F(StoreRules, ADialogAndAnOrdinaryFormInTurnsAreNoDrift) {
  for (int turn = 0; turn < 5; ++turn) {
    report(RuleEvent::matched);
    for (int i = 1; i < kMissesBeforeDrift; ++i) report(RuleEvent::missed);
  }
  EXPECT_FALSE(record().drifted_at);
  EXPECT_EQ(drifts(), 0);
}

TEST_F(StoreRules, ManyPagesWithoutAMatchAreADrift) {
  report(RuleEvent::matched);
  for (int i = 1; i < kPassesBeforeDrift; ++i) report(RuleEvent::passed);
  EXPECT_FALSE(record().drifted_at);
  report(RuleEvent::passed);
  EXPECT_EQ(record().drifted_at, rig.now.utc);
  EXPECT_EQ(record().passes, kPassesBeforeDrift);
  EXPECT_EQ(drifts(), 1);
}

TEST_F(StoreRules, AMatchInBetweenRestartsTheCount) {
  for (int i = 1; i < kPassesBeforeDrift; ++i) report(RuleEvent::passed);
  report(RuleEvent::matched);
  for (int i = 1; i < kPassesBeforeDrift; ++i) report(RuleEvent::passed);
  EXPECT_FALSE(record().drifted_at);
}

TEST_F(StoreRules, ARuleThatNeverMatchedOnAnOriginDoesNotDriftThere) {
  report(RuleEvent::matched, "Pay dialog", "https://other.example.com");
  for (int i = 0; i <= kPassesBeforeDrift; ++i) report(RuleEvent::passed);
  for (int i = 0; i <= kMissesBeforeDrift; ++i) report(RuleEvent::missed);
  EXPECT_EQ(drifts(), 0);
}

TEST_F(StoreRules, TheDefinitionThatABrowserRejectsIsKeptUntilAMatch) {
  report(RuleEvent::invalid);
  EXPECT_EQ(record().invalid_definition, "d1");
  EXPECT_EQ(record().invalid_at, rig.now.utc);
  EXPECT_EQ(drifts(), 0);
  report(RuleEvent::matched);
  EXPECT_EQ(record().invalid_definition, "");
  EXPECT_FALSE(record().invalid_at);
}

TEST_F(StoreRules, FormsThatNoRuleCoversAreCountedUntilTheRulesChange) {
  report(RuleEvent::unruled, "");
  const auto since = rig.now.utc;
  report(RuleEvent::unruled, "");
  ASSERT_EQ(book().unruled.size(), 1U);
  EXPECT_EQ(book().unruled[0].forms, 2);
  EXPECT_EQ(book().unruled[0].since, since);
  EXPECT_EQ(book().unruled[0].last_at, rig.now.utc);
  report(RuleEvent::unruled, "", kOrigin, "d2");
  EXPECT_EQ(book().unruled[0].forms, 1);
  EXPECT_EQ(book().unruled[0].definition, "d2");
  EXPECT_TRUE(book().rules.empty());
}

TEST_F(StoreRules, RulesThatAreNoLongerConfiguredAreForgotten) {
  report(RuleEvent::matched, "stays");
  report(RuleEvent::matched, "goes");
  store->keep_only_rules({"stays", "new"});
  store->rest(rig.now);
  EXPECT_EQ(record().rule, "stays");
}

TEST_F(StoreRules, TheOldestRecordsAreDeletedFirst) {
  for (int i = 0; i <= kMaxRuleOrigins; ++i) {
    rig.pass(1);
    store->report({RuleEvent::matched, "r" + std::to_string(i), "d", kOrigin, rig.now.utc});
    if (i % 200 == 0) store->rest(rig.now);
  }
  store->rest(rig.now);
  const auto rules = book().rules;
  EXPECT_EQ(rules.size(), static_cast<std::size_t>(kMaxRuleOrigins));
  EXPECT_EQ(std::ranges::count(rules, "r0", &RuleRecord::rule), 0);
  EXPECT_EQ(std::ranges::count(rules, "r1", &RuleRecord::rule), 1);
  for (int i = 0; i <= kMaxUnruledOrigins; ++i) {
    rig.pass(1);
    store->report({RuleEvent::unruled, "", "d", "https://o" + std::to_string(i), rig.now.utc});
  }
  store->rest(rig.now);
  const auto unruled = book().unruled;
  EXPECT_EQ(unruled.size(), static_cast<std::size_t>(kMaxUnruledOrigins));
  EXPECT_EQ(std::ranges::count(unruled, "https://o0", &UnruledForms::origin), 0);
}

TEST_F(StoreRules, ReportsWaitForAStoreThatWorksAndAreBounded) {
  for (std::size_t i = 0; i <= kMaxWaitingReports; ++i) {
    store->report({RuleEvent::matched, "r" + std::to_string(i), "d", kOrigin, rig.now.utc});
  }
  EXPECT_TRUE(book().rules.empty()) << "nothing is written before rest()";
  store->rest(rig.now);
  const auto rules = book().rules;
  EXPECT_EQ(rules.size(), kMaxWaitingReports);
  EXPECT_EQ(std::ranges::count(rules, "r0", &RuleRecord::rule), 0);
}

TEST_F(StoreRules, ReportsAreWrittenWhenTheProcessEnds) {
  store->report({RuleEvent::matched, "Pay dialog", "d", kOrigin, rig.now.utc});
  store->leave(rig.now);
  EXPECT_EQ(record().rule, "Pay dialog");
}

// A file that version 1 of the store has written.
class StoreOfVersion1 : public StoreRules {
 protected:
  StoreOfVersion1() {
    store->acquire({"form", kOrigin, "autocomplete", false}, rig.now);
    store->begin(Command::mute, kExtension, rig.now);
    store.reset();
    rig.execute(
        "DROP TABLE rule_record; DROP TABLE unruled; DROP TABLE hello;"
        "DROP TABLE machine_start; DROP TABLE minute;"
        "ALTER TABLE debt RENAME TO newer; CREATE TABLE debt(target_by TEXT NOT NULL, target TEXT "
        "NOT NULL, boot TEXT NOT NULL, mute_us INTEGER NOT NULL, ack_us INTEGER, ack_utc_ms "
        "INTEGER, PRIMARY KEY(target_by, target)) WITHOUT ROWID;"
        "INSERT INTO debt SELECT target_by, target, boot, mute_us, ack_us, ack_utc_ms FROM newer;"
        "DROP TABLE newer; PRAGMA user_version = 1;");
  }
};

TEST_F(StoreOfVersion1, KeepsItsDataAndGetsTheTablesOfRules) {
  EXPECT_TRUE(book().rules.empty()) << "a reader does not upgrade the file";
  EXPECT_EQ(rig.ask("PRAGMA user_version"), "1");
  store = rig.host({"boot", 3, 3}, kChromium);
  const Shared shared = rig.look(*store);
  EXPECT_TRUE(shared.works) << store->failure();
  EXPECT_EQ(shared.leases_elsewhere, 1U);
  EXPECT_EQ(shared.outstanding.size(), 1U);
  EXPECT_EQ(rig.kinds(), "surface_open");
  EXPECT_EQ(rig.ask("PRAGMA user_version"), "5");
  report(RuleEvent::matched);
  EXPECT_EQ(record().rule, "Pay dialog");
  for (const auto& each : std::filesystem::directory_iterator(rig.file().parent_path())) {
    EXPECT_EQ(each.path().string().find("damaged"), std::string::npos);
  }
}

// A file that version 3 of the store has written.
TEST_F(StoreRules, AStoreOfVersion3KeepsItsHellosAndGetsTheirLaterColumns) {
  store->said_hello({"caller", "profile", "firefox", "1.0.0", "2026-11-20", 0, rig.now.utc});
  store->rest(rig.now);
  store.reset();
  rig.execute(
      "ALTER TABLE hello DROP COLUMN card_frames_date; ALTER TABLE hello DROP COLUMN hidden_sites; "
      "PRAGMA user_version = 3;");
  const auto hellos = [this] {
    std::vector<BrowserHello> read;
    EXPECT_EQ(read_hellos(rig.file(), read), std::nullopt);
    std::string all;
    for (const auto& each : read) {
      all += each.extension_version + ' ' + each.card_frames_date + ' ' +
             std::to_string(each.hidden_sites) + ';';
    }
    return all;
  };
  EXPECT_EQ(hellos(), "1.0.0  0;") << "a reader does not upgrade the file";
  EXPECT_EQ(rig.ask("PRAGMA user_version"), "3");
  store = rig.host({"boot", 3, 3});
  EXPECT_TRUE(rig.look(*store).works) << store->failure();
  EXPECT_EQ(hellos(), "1.0.0  0;");
  store->said_hello({"caller", "profile", "firefox", "1.1.0", "2026-11-29", 3, rig.now.utc});
  store->rest(rig.now);
  EXPECT_EQ(hellos(), "1.1.0 2026-11-29 3;");
}

TEST_F(StoreOfVersion1, IsBroughtUpToDateByWhicheverIsFirst) {
  store = rig.host({"boot", 3, 3});
  const auto second = rig.host({"boot", 4, 4}, kChromium);
  EXPECT_TRUE(rig.look(*store).works);
  EXPECT_TRUE(rig.look(*second).works);
  EXPECT_EQ(rig.ask("SELECT count(*) FROM lease"), "1");
}

}  // namespace
}  // namespace cardmute::store
