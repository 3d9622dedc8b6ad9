// Tests `ledger`: its output for people and for programs, and --since.
#include <algorithm>
#include <set>
#include <string>

#include "cli/ledger_lines.hpp"
#include "cli/since.hpp"
#include "cli_fixture.hpp"
#include "store/entry_limit.hpp"
#include "store/store.hpp"

namespace cardmute::cli {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;
using ::testing::Not;

class LedgerCommand : public CommandLine {
 protected:
  LedgerCommand()
      : store_({.file = file(),
                .self = {"boot", 1, 1},
                .browser = {"boot", 2, 1},
                .caller = "test",
                .is_alive = [](const platform::ProcessIdentity&) { return true; },
                .syncs_apart = false}) {}

  [[nodiscard]] std::filesystem::path file() const {
    return folder().path() / "state" / "cardmute.db";
  }
  void pass(int ms) {
    at_.steady += std::chrono::milliseconds(ms);
    at_.utc += std::chrono::milliseconds(ms);
  }
  void request(engine::Command command, const engine::Outcome& outcome) {
    const auto begun = store_.begin(command, {TargetBy::extension, "API1API"}, at_);
    store_.end(begun.request, outcome, true, false, at_);
  }
  void expose(double ms) {
    store::Entry entry;
    entry.kind = store::EntryKind::exposure;
    entry.at = at_.utc;
    entry.duration_ms = ms;
    store_.add_entry(entry);
    store_.rest(at_);
  }
  void wait(store::EntryKind kind, double ms, bool acknowledged) {
    store::Entry entry;
    entry.kind = kind;
    entry.at = at_.utc;
    entry.surface = "first";
    entry.origin = "https://crm.example.com";
    entry.duration_ms = ms;
    entry.outcome = acknowledged ? store::kAcknowledged : store::kNeverAcknowledged;
    store_.add_entry(entry);
    store_.rest(at_);
  }
  // Writes the ledger of two forms. One opens at 10:00:00.123, is muted and stays open; the other
  // one closes.
  void happen() {
    store_.acquire({"first", "https://crm.example.com", "cc-number", false}, at_);
    engine::Outcome acknowledged;
    acknowledged.http_status = 200;
    acknowledged.error_code = 200;
    acknowledged.latency_ms = 12.34;
    request(engine::Command::mute, acknowledged);
    pass(2000);
    request(engine::Command::mute, acknowledged);
    engine::Outcome denied;
    denied.error = ErrorCode::extension_not_found;
    denied.http_status = 404;
    denied.error_code = 400;
    denied.latency_ms = 5;
    request(engine::Command::mute, denied);
    expose(20.5);
    expose(1500);
    pass(1000);
    store_.acquire({"second", "https://pay.example.com", "iframe", false}, at_);
    store_.release("second", "hidden", at_);
  }

  engine::Moment at_ = now();
  store::Store store_;
};

TEST_F(LedgerCommand, WithoutEntriesSaysSo) {
  EXPECT_EQ(run({"ledger"}), 0);
  EXPECT_EQ(out(), "Nothing has been recorded yet.\n");
  EXPECT_EQ(run({"ledger", "--json"}), 0);
  EXPECT_EQ(json_out()["entries"], json::array());
  EXPECT_EQ(json_out()["ok"], true);
  EXPECT_FALSE(std::filesystem::exists(file()));
}

TEST_F(LedgerCommand, DoctorSaysTheLongestMuteAndTheShareOfEachDay) {
  happen();
  answer(200, "");
  run({"doctor"});
  EXPECT_THAT(out(), HasSubstr("days took 2.0 s. 2026-11-21: 1 mute, together 2.0 s, the longest"));
}

TEST_F(LedgerCommand, HasOneLinePerEntryAndASummary) {
  happen();
  EXPECT_EQ(run({"ledger"}), 0);
  EXPECT_EQ(
      out(),
      "2026-11-21T10:00:00.123Z  form opened          https://crm.example.com              "
      "cc-number, form first\n"
      "2026-11-21T10:00:00.123Z  mute                 extension API1API                    "
      "acknowledged, ErrorCode 200, 12.3 ms; repeated 1x, the last at 2026-11-21T10:00:02.123Z\n"
      "2026-11-21T10:00:02.123Z  mute                 extension API1API                    "
      "FAILED: extension not found, ErrorCode 400, HTTP 404, 5.0 ms\n"
      "2026-11-21T10:00:02.123Z  EXPOSED                                                   "
      "20.5 ms, a mute was wanted and not held\n"
      "2026-11-21T10:00:02.123Z  EXPOSED                                                   "
      "1500.0 ms, a mute was wanted and not held\n"
      "2026-11-21T10:00:03.123Z  form opened          https://pay.example.com              "
      "iframe, form second\n"
      "2026-11-21T10:00:03.123Z  form closed          https://pay.example.com              "
      "hidden, form second\n"
      "\n"
      "Forms: 2, without an end so far: 1\n"
      "Early mutes, before a form was there: 0\n"
      "Requests to the telephone provider: 3, not acknowledged: 1\n"
      "Exposures (a mute was wanted and not held): 2, the longest 1500.0 ms, together 1520.5 ms\n"
      "Forms from visible to acknowledged: 0\n"
      "First keys in card fields until acknowledged: 0\n"
      "The longest mute: 2.0 s, on 2026-11-21\n"
      "Muted, by day (UTC):\n"
      "  2026-11-21: 1 mute, together 2.0 s, the longest 2.0 s; how long calls or browsers lasted "
      "is not known\n");
}

TEST_F(LedgerCommand, SaysHowManyMoreLikeAnEntryThereWere) {
  constexpr int kForms = store::kMaxAlike_per_minute + 5;
  for (int i = 0; i < kForms; ++i) {
    const std::string surface = std::to_string(i);
    store_.acquire({surface, "https://crm.example.com", "declared", false}, at_);
    store_.release(surface, "declared", at_);
  }
  EXPECT_EQ(run({"ledger"}), 0);
  EXPECT_THAT(out(), HasSubstr("declared, form 59, AND 5 MORE LIKE THIS, the last at 2026-11-21T"));
  EXPECT_THAT(out(), HasSubstr("Forms: 65, without an end so far: 0"));
}

TEST_F(LedgerCommand, CountsEarlyMutesApartFromForms) {
  store_.acquire({"early-7", "https://crm.example.com", "pressed", false}, at_);
  store_.acquire({"form", "https://crm.example.com", "cc-number", false}, at_);
  EXPECT_EQ(run({"ledger", "--json"}), 0);
  const json summary = json_out()["summary"];
  EXPECT_EQ(summary["surfaces"], 1);
  EXPECT_EQ(summary["early"], 1);
}

TEST_F(LedgerCommand, SaysTheSameInJson) {
  happen();
  EXPECT_EQ(run({"ledger", "--json"}), 0);
  const json document = json_out();
  EXPECT_EQ(document["ok"], true);
  ASSERT_EQ(document["entries"].size(), 7U);
  EXPECT_EQ(document["entries"][1], (json{{"at", "2026-11-21T10:00:00.123Z"},
                                          {"kind", "request"},
                                          {"surface", nullptr},
                                          {"origin", nullptr},
                                          {"request", "mute"},
                                          {"target", {{"by", "extension"}, {"value", "API1API"}}},
                                          {"outcome", "acknowledged"},
                                          {"http_status", 200},
                                          {"error_code", 200},
                                          {"latency_ms", 12.34},
                                          {"duration_ms", nullptr},
                                          {"detail", nullptr},
                                          {"rule", nullptr},
                                          {"repeats", 1},
                                          {"last_at", "2026-11-21T10:00:02.123Z"}}));
  const json none{
      {"count", 0}, {"median_ms", nullptr}, {"longest_ms", nullptr}, {"never_acknowledged", 0}};
  EXPECT_EQ(document["summary"], (json{{"surfaces", 2},
                                       {"early", 0},
                                       {"declared", 0},
                                       {"requests", 3},
                                       {"failures", 1},
                                       {"exposures", 2},
                                       {"longest_exposure_ms", 1500.0},
                                       {"total_exposure_ms", 1520.5},
                                       {"form_exposure", none},
                                       {"keystroke_exposure", none},
                                       {"continued", 0},
                                       {"unseen_banners", 0},
                                       {"unended_surfaces", 1}}));
}

TEST_F(LedgerCommand, ShowsHowLongFormsAndFirstKeysWaited) {
  for (const double ms : {40.0, 0.0, 900.0, 60.0}) wait(store::EntryKind::form_exposure, ms, true);
  wait(store::EntryKind::keystroke_exposure, 12.5, true);
  wait(store::EntryKind::keystroke_exposure, 4000, false);
  wait(store::EntryKind::keystroke_exposure, 20, true);
  store::Entry continued;
  continued.kind = store::EntryKind::continued;
  continued.surface = "first";
  continued.detail = "unprotected";
  continued.outcome = store::kNotSeen;
  store_.add_entry(continued);
  store::Entry unseen;
  unseen.kind = store::EntryKind::banner_not_seen;
  unseen.surface = "first";
  store_.add_entry(unseen);
  store_.rest(at_);
  EXPECT_EQ(run({"ledger"}), 0);
  EXPECT_THAT(out(),
              HasSubstr("form waited          https://crm.example.com              900.0 ms until "
                        "the mute was acknowledged, form first\n"));
  EXPECT_THAT(
      out(), HasSubstr("first key waited     https://crm.example.com              4000.0 ms, NEVER "
                       "ACKNOWLEDGED, form first\n"));
  EXPECT_THAT(out(), HasSubstr("CONTINUED ANYWAY"));
  EXPECT_THAT(out(), HasSubstr("the agent went on at this state of the mute, unprotected"));
  EXPECT_THAT(out(), HasSubstr("the banner was NOT SEEN"));
  EXPECT_THAT(out(), HasSubstr("BANNER NOT SEEN"));
  EXPECT_THAT(out(), HasSubstr("Forms whose banner was not seen: 1\n"));
  EXPECT_THAT(out(),
              HasSubstr("Forms from visible to acknowledged: 4, the median 50.0 ms, the longest "
                        "900.0 ms, never acknowledged 0\n"
                        "First keys in card fields until acknowledged: 3, the median 20.0 ms, the "
                        "longest 4000.0 ms, never acknowledged 1\n"
                        "The agent chose to go on although the mute was not held: 1\n"));
  EXPECT_EQ(run({"ledger", "--json"}), 0);
  const json summary = json_out()["summary"];
  EXPECT_EQ(
      summary["form_exposure"],
      (json{{"count", 4}, {"median_ms", 50.0}, {"longest_ms", 900.0}, {"never_acknowledged", 0}}));
  EXPECT_EQ(
      summary["keystroke_exposure"],
      (json{{"count", 3}, {"median_ms", 20.0}, {"longest_ms", 4000.0}, {"never_acknowledged", 1}}));
  EXPECT_EQ(summary["continued"], 1);
  EXPECT_EQ(summary["unseen_banners"], 1);
}

TEST_F(LedgerCommand, BeginsAtAPointInTime) {
  happen();
  EXPECT_EQ(run({"ledger", "--since", "2026-11-21T10:00:03Z"}), 0);
  EXPECT_THAT(out(), HasSubstr("form second"));
  EXPECT_THAT(out(), Not(HasSubstr("form first")));
  EXPECT_EQ(run({"ledger", "--since", "2026-11-22"}), 0);
  EXPECT_EQ(out(), "Nothing was recorded since 2026-11-22T00:00:00.000Z.\n");
  EXPECT_EQ(run({"ledger", "--since", "1m", "--json"}), 0);
  EXPECT_EQ(json_out()["entries"].size(), 7U);
  EXPECT_EQ(run({"ledger", "--since", ""}), 64);
  EXPECT_THAT(err(), HasSubstr("24h"));
}

TEST_F(LedgerCommand, ShowsNoControlCharactersAndNoLongNumbers) {
  store_.acquire(
      {"s\x1b[2J", "https://crm.example.com\n", "field 4111 1111 1111 1111\r\x1b[A", false}, at_);
  for (const auto& arguments :
       std::vector<std::vector<std::string>>{{"ledger"}, {"ledger", "--json"}}) {
    EXPECT_EQ(run(arguments), 0);
    EXPECT_THAT(out(), Not(HasSubstr("\x1b")));
    EXPECT_THAT(out(), Not(HasSubstr("\\u001b")));
    EXPECT_THAT(out(), Not(HasSubstr("4111")));
    EXPECT_THAT(out(), HasSubstr("field #"));
  }
  EXPECT_EQ(run({"ledger"}), 0);
  const std::string text = out();
  EXPECT_EQ(std::ranges::count(text, '\n'), 8) << text;
}

TEST_F(LedgerCommand, FailsForAFileThatIsNotAStore) {
  folder().write("state/cardmute.db", std::string(8192, 'x'));
  EXPECT_EQ(run({"ledger"}), 40);
  EXPECT_EQ(out(), "");
  EXPECT_THAT(err(), HasSubstr(file().string()));
  EXPECT_EQ(run({"ledger", "--json"}), 40);
  EXPECT_EQ(json_out()["ok"], false);
  EXPECT_EQ(json_out()["error"]["code"], "store_failed");
}

TEST(Since, AcceptsDaysMomentsAndTimesBackFromNow) {
  static constexpr UtcTime kNow{1'795'255'200'123};
  const auto text = [](const std::string& since) {
    const auto time = since_of(since, kNow);
    return time ? format_utc(*time) : "";
  };
  EXPECT_EQ(text("2026-11-21"), "2026-11-21T00:00:00.000Z");
  EXPECT_EQ(text("2026-11-21T10:00:00Z"), "2026-11-21T10:00:00.000Z");
  EXPECT_EQ(text("2024-02-29T23:59:59.987Z"), "2024-02-29T23:59:59.987Z");
  EXPECT_EQ(text("90m"), "2026-11-21T08:30:00.123Z");
  EXPECT_EQ(text("24h"), "2026-11-20T10:00:00.123Z");
  EXPECT_EQ(text("7d"), "2026-11-14T10:00:00.123Z");
  for (const char* wrong : {"",
                            "m",
                            "7",
                            "7w",
                            "-7d",
                            "+7d",
                            "7 d",
                            "1234567d",
                            "2026-02-29",
                            "2026-13-01",
                            "2026-11-21T",
                            "2026-11-21T24:00:00Z",
                            "2026-11-21T10:60:00Z",
                            "2026-11-21T10:00:60Z",
                            "2026-11-21T10:00:00",
                            "2026-11-21 10:00:00Z",
                            "2026-11-21T10:00:00.1Z",
                            "2026-11-21T10:00:00.1234Z",
                            "2026-11-21T10:00Z",
                            "26-11-21",
                            "2026-11-21Z",
                            "yesterday"}) {
    EXPECT_EQ(text(wrong), "") << wrong;
  }
}

// Each kind's name is read back as it was written, and no two kinds have the same line.
TEST(LedgerLines, HaveWordsForEachKind) {
  std::set<std::string> lines;
  for (int kind = 0; kind < static_cast<int>(store::EntryKind::other); ++kind) {
    store::Entry entry;
    entry.kind = static_cast<store::EntryKind>(kind);
    EXPECT_EQ(store::entry_kind_of(name_of(entry.kind)), entry.kind) << kind;
    EXPECT_EQ(ledger_json(entry)["kind"], name_of(entry.kind));
    const std::string line = ledger_line(entry);
    EXPECT_TRUE(lines.insert(line).second) << line;
  }
}

TEST(LedgerLines, ShowAKindOfANewerVersionByItsName) {
  store::Entry entry;
  entry.kind = store::entry_kind_of("call_parked");
  entry.other_kind = "call_parked";
  EXPECT_THAT(ledger_line(entry), HasSubstr("call parked"));
  EXPECT_EQ(ledger_json(entry)["kind"], "call_parked");
}

}  // namespace
}  // namespace cardmute::cli
