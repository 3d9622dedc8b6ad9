// Whether a test call has proven that the configured state really mutes, for the status. Only
// loop.cpp uses it.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <utility>

#include "engine/moment.hpp"
#include "protocol/status.hpp"
#include "store/proof.hpp"

namespace cardmute::run {

// How often the proof is looked at: while there is none somebody may be at the test call now...
inline constexpr int kProofCheck_ms = 5000;
// ...and when there is one, a later test may have failed.
inline constexpr int kProvenCheck_ms = 60'000;
// So long a busy store is waited for; a frame may be waiting.
inline constexpr int kProofPatience_ms = 5;

class Polarity {
 public:
  explicit Polarity(std::filesystem::path store_file) : store_file_(std::move(store_file)) {}

  void configure(const std::string& mute_url, const std::string& mute_state) {
    auto configuration = store::configuration_of(mute_url, mute_state);
    if (configuration == configuration_) return;
    configuration_ = std::move(configuration);
    mute_state_ = mute_state;
    proven_ = false;
    next_look_ = {};
  }

  // Reads the proof, if its time has come.
  void look(engine::Steady now) {
    if (configuration_.empty() || now < next_look_) return;
    const auto proof = store::read_proof(store_file_, configuration_, kProofPatience_ms);
    proven_ = proof && proof->passed;
    next_look_ = now + std::chrono::milliseconds(proven_ ? kProvenCheck_ms : kProofCheck_ms);
    looked_ = true;
  }

  [[nodiscard]] std::optional<protocol::Notice> notice() const {
    if (!looked_ || proven_) return std::nullopt;
    return protocol::Notice{"polarity_unproven",
                            "No test call has proven yet that state \"" + mute_state_ +
                                "\" mutes on this account. Run cardmute-host doctor --test-call."};
  }

 private:
  std::filesystem::path store_file_;
  std::string configuration_;
  std::string mute_state_;
  engine::Steady next_look_{};
  bool looked_ = false;
  bool proven_ = false;
};

}  // namespace cardmute::run
