// Finds out whether a test call has proven that the configured mute request really mutes. If no
// test call has, the status says so.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <utility>

#include "agent/carried_proof.hpp"
#include "config/config.hpp"
#include "engine/moment.hpp"
#include "engine/status.hpp"
#include "store/proof.hpp"
#include "telephony/account.hpp"

namespace cardmute::agent {

// How often to look for a proof in the store as long as no test call is known to have passed.
// Somebody may be making the test call now.
inline constexpr int kProofCheck_ms = 5000;
// How often to look once a test call has passed: a later one may fail.
inline constexpr int kProvenCheck_ms = 60'000;
// The busy timeout of reading a proof. It is short, because a frame from the browser may be
// waiting.
inline constexpr int kProofPatience_ms = 5;

class Polarity {
 public:
  explicit Polarity(std::filesystem::path store_file) : store_file_(std::move(store_file)) {}

  void configure(const config::Config& config) {
    const telephony::Account& account = *config.account;
    if (const auto carried = carried_proof(config); carried != carried_) {
      carried_ = carried;
      next_look_ = {};
    }
    auto configuration = store::configuration_of(account.server_url(), account.polarity());
    if (configuration == configuration_) return;
    configuration_ = std::move(configuration);
    words_ = account.words_of(engine::Command::mute);
    proven_ = false;
    next_look_ = {};
  }

  // Reads the proof if that is due.
  void look(engine::Steady now) {
    if (configuration_.empty() || now < next_look_) return;
    const auto proof =
        newer(store::read_proof(store_file_, configuration_, kProofPatience_ms), carried_);
    proven_ = proof && proof->passed;
    next_look_ = now + std::chrono::milliseconds(proven_ ? kProvenCheck_ms : kProofCheck_ms);
    looked_ = true;
  }

  [[nodiscard]] std::optional<engine::Notice> notice() const {
    if (!looked_ || proven_) return std::nullopt;
    return engine::Notice{engine::NoticeCode::polarity_unproven,
                          "No test call has proven yet that " + words_ +
                              " mutes on this account. Run cardmute-host doctor --test-call."};
  }

 private:
  std::filesystem::path store_file_;
  std::string configuration_;
  std::string words_;
  std::optional<store::Proof> carried_;
  engine::Steady next_look_{};
  bool looked_ = false;
  bool proven_ = false;
};

}  // namespace cardmute::agent
