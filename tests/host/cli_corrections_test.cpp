// Tests what `doctor` and `ledger` say about agents' corrections.
#include <chrono>
#include <string>

#include "cli/check.hpp"
#include "cli_fixture.hpp"
#include "store/store.hpp"

namespace cardmute::cli {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* kMute =
    R"({"name":"crm: #a","match":"https://crm.example.com/*","open":"#a"})";
constexpr const char* kUnmute =
    R"({"name":"crm: #b","match":"https://crm.example.com/*","ignore":["#b","#c"]})";

class Corrections : public CommandLine {
 protected:
  Corrections()
      : store_({.file = folder().path() / "state/cardmute.db",
                .self = {"boot", 1, 1},
                .browser = {"boot", 2, 1},
                .caller = "test",
                .is_alive = [](const platform::ProcessIdentity&) { return true; },
                .syncs_apart = false}) {
    use(R"("agent_may_correct": "both")");
    answer(200, "");
  }

  void use(const std::string& policy) {
    configure(R"({"voicenter": {"extension": "API1API"}, "policy": {)" + policy +
              R"(, "sites": ["https://crm.example.com/*"]}})");
  }
  void happens(const char* change, const char* direction, const std::string& rule,
               std::chrono::hours ago = {}) {
    store::Entry entry;
    entry.kind = store::EntryKind::correction;
    entry.at = now().utc - ago;
    entry.origin = "https://crm.example.com";
    entry.command = direction;
    entry.outcome = change;
    entry.detail = rule;
    store_.add_entry(entry);
    store_.rest(now());
  }
  // The lines of doctor's output that are about corrections.
  std::string lines() {
    run({"doctor"});
    std::string found;
    std::istringstream all(out());
    for (std::string line; std::getline(all, line);) {
      if (line.find("corrections: ") != std::string::npos) found += line + "\n";
    }
    return found;
  }

 private:
  store::Store store_;
};

TEST_F(Corrections, AreShownByDoctorWithTheRuleToPaste) {
  EXPECT_EQ(lines(), "");
  happens("made", "mute", kMute);
  EXPECT_THAT(lines(), HasSubstr("note     corrections: at "));
  EXPECT_THAT(out(), HasSubstr("a form on https://crm.example.com is a payment form"));
  EXPECT_THAT(out(), HasSubstr(std::string("add to policy.rules: ") + kMute));
  happens("made", "unmute", kUnmute);
  EXPECT_THAT(lines(), HasSubstr("WARNING  corrections: at "));
  EXPECT_THAT(out(), HasSubstr("a form on https://crm.example.com is not a payment form"));
  EXPECT_THAT(out(), HasSubstr(std::string("add to policy.rules: ") + kUnmute));
}

TEST_F(Corrections, TakenBackOrDroppedOrOldAreNotShown) {
  happens("made", "mute", kMute, std::chrono::days(kCorrections_days) + std::chrono::hours(1));
  EXPECT_EQ(lines(), "");
  happens("made", "mute", kMute);
  happens("taken_back", "mute", kMute);
  happens("made", "unmute", kUnmute);
  happens("dropped", "unmute", kUnmute);
  EXPECT_EQ(lines(), "");
  happens("made", "mute", kMute);
  EXPECT_THAT(lines(), HasSubstr(kMute));
}

TEST_F(Corrections, ThatArePastedAreNotShown) {
  happens("made", "mute", kMute);
  happens("made", "unmute", kUnmute);
  use(R"("agent_may_correct": "both", "rules": [
      {"name": "another name", "match": "https://crm.example.com/*", "open": "#a"},)" +
      std::string(kUnmute) + "]");
  EXPECT_EQ(lines(), "");
}

TEST_F(Corrections, ThatThePolicyDoesNotAllowAreShownAsNotCounting) {
  happens("made", "mute", kMute);
  happens("made", "unmute", kUnmute);
  use(R"("agent_may_correct": "mute")");
  EXPECT_THAT(lines(), HasSubstr(R"(does not count, because policy.agent_may_correct is "mute")"));
  EXPECT_THAT(lines(), HasSubstr(kMute));
  EXPECT_THAT(lines(), Not(HasSubstr(kUnmute)));
  use(R"("agent_may_correct": "nothing")");
  EXPECT_THAT(lines(), Not(HasSubstr(kMute)));
}

TEST_F(Corrections, BeyondTheLimitAreCounted) {
  for (std::size_t i = 0; i <= kMaxShownCorrections; ++i) {
    happens("made", "mute", R"({"open":"#f)" + std::to_string(i) + R"("})");
  }
  EXPECT_THAT(lines(), HasSubstr("corrections: 1 more, see: cardmute-host ledger --since 30d"));
  EXPECT_THAT(lines(), Not(HasSubstr("#f0\"")));
}

TEST_F(Corrections, AreInTheLedgerWithTheRule) {
  happens("made", "unmute", kUnmute);
  happens("taken_back", "unmute", "no JSON\n");
  EXPECT_EQ(run({"ledger"}), 0);
  EXPECT_THAT(out(), HasSubstr("form corrected       https://crm.example.com"));
  EXPECT_THAT(out(),
              HasSubstr(std::string("an agent said that this form is not a payment form, rule ") +
                        kUnmute));
  EXPECT_THAT(out(), HasSubstr("an agent took back that this form is not a payment form"));
  EXPECT_EQ(run({"ledger", "--json"}), 0);
  const auto entries = json::parse(out())["entries"];
  EXPECT_EQ(entries.at(0)["rule"], json::parse(kUnmute));
  EXPECT_EQ(entries.at(0)["request"], "unmute");
  EXPECT_EQ(entries.at(0)["outcome"], "made");
  EXPECT_TRUE(entries.at(1)["rule"].is_null());
}

}  // namespace
}  // namespace cardmute::cli
