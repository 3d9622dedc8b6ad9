// What a mute or an unmute by a person's command leaves in the store: a line in the ledger, and
// after an unmute no acknowledgement that any browser could still rely on.
#pragma once

#include <string>

#include "cli/context.hpp"
#include "engine/outcome.hpp"
#include "store/store.hpp"

namespace cardmute::cli {

class ManualRequest {
 public:
  ManualRequest(const Context& context, engine::Command command, store::Target target);

  // Before the request is sent. False: an unmute that must not be sent, because a payment form is
  // open (or its browser may come back), somebody has muted by hand, or another unmute is on its
  // way. `force`: sent all the same.
  bool begin(bool force);
  // After it.
  void end(const engine::Outcome& outcome);
  // Why it could not be written down; empty when it was.
  [[nodiscard]] const std::string& problem() const { return store_.failure(); }

 private:
  void note_mute(const engine::Outcome& outcome);

  const Context& context_;
  engine::Command command_;
  store::Target target_;
  store::Store store_;
  store::RequestId request_ = 0;
};

}  // namespace cardmute::cli
