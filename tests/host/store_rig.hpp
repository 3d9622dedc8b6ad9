// Simulates several processes that share one store. Each is a Store with an identity of its own,
// and a list says which are alive. The clock is simulated too.
#pragma once

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "store/database.hpp"
#include "store/ledger.hpp"
#include "store/store.hpp"
#include "temporary_folder.hpp"

namespace cardmute::store {

inline const Target kExtension{TargetBy::extension, "API1API"};
inline const Lease kForm{"a", "https://crm.example.com", "cc-number", false};
inline const platform::ProcessIdentity kOne{"boot", 1, 10};
inline const platform::ProcessIdentity kTwo{"boot", 2, 20};
inline const platform::ProcessIdentity kThree{"boot", 3, 30};
inline const platform::ProcessIdentity kFirefox{"boot", 100, 1};
inline const platform::ProcessIdentity kChromium{"boot", 200, 1};

inline engine::Outcome acknowledged() {
  engine::Outcome outcome;
  outcome.http_status = 200;
  outcome.error_code = 200;
  outcome.latency_ms = 12.5;
  return outcome;
}
inline engine::Outcome denied() {
  engine::Outcome outcome;
  outcome.error = ErrorCode::extension_not_found;
  return outcome;
}
inline engine::Outcome outcome_unknown() {
  engine::Outcome outcome;
  outcome.error = ErrorCode::timeout;
  outcome.outcome_unknown = true;
  return outcome;
}

class Rig {
 public:
  Rig() { alive = {kFirefox, kChromium}; }

  // Starts a host, which is alive from now on.
  std::unique_ptr<Store> host(const platform::ProcessIdentity& self,
                              const platform::ProcessIdentity& browser = kFirefox,
                              const char* caller = "test") {
    alive.push_back(self);
    Settings settings;
    settings.file = file();
    settings.machine = "this machine";
    settings.self = self;
    settings.browser = browser;
    settings.caller = caller;
    settings.is_alive = [this](const platform::ProcessIdentity& process) {
      return std::find(alive.begin(), alive.end(), process) != alive.end();
    };
    settings.vfs = vfs;
    settings.syncs_apart = syncs_apart;
    settings.busy_ms = busy_ms;
    return std::make_unique<Store>(std::move(settings));
  }
  void die(const platform::ProcessIdentity& process) { std::erase(alive, process); }

  [[nodiscard]] std::filesystem::path file() const { return folder.path() / "state/cardmute.db"; }
  void pass(int ms) {
    now.steady += std::chrono::milliseconds(ms);
    now.utc += std::chrono::milliseconds(ms);
  }
  Shared look(Store& store) const { return store.refresh(now, absence); }
  // Looks at the store after the interval at which other processes are checked.
  Shared look_later(Store& store) {
    pass(200);  // kLiveness_ms
    return look(store);
  }

  [[nodiscard]] std::vector<Entry> ledger() const {
    std::vector<Entry> entries;
    const auto problem =
        read_ledger(file(), std::nullopt, [&](const Entry& entry) { entries.push_back(entry); });
    EXPECT_EQ(problem, std::nullopt);
    return entries;
  }
  [[nodiscard]] std::string kinds() const {
    std::string all;
    for (const Entry& entry : ledger()) (all += all.empty() ? "" : " ") += name_of(entry.kind);
    return all;
  }
  // Changes the file without the store's code.
  void execute(const std::string& sql) const {
    Database(file().string(), SQLITE_OPEN_READWRITE, nullptr, 1000).execute(sql.c_str());
  }
  [[nodiscard]] std::string ask(const char* sql) const {
    Database database(file().string(), SQLITE_OPEN_READWRITE, nullptr, 1000);
    auto row = database.query(sql);
    return row.step() ? row.text(0) : "";
  }

  test::TemporaryFolder folder;
  std::vector<platform::ProcessIdentity> alive;
  Moment now{std::chrono::seconds(1000), UtcTime(1'795'255'200'000)};
  Absence absence;
  const char* vfs = nullptr;
  bool syncs_apart = false;
  int busy_ms = kBusy_ms;
};

}  // namespace cardmute::store
