// Records a person's mute or unmute in the ledger. An unmute is in the store before it is sent, so
// that no host relies on an earlier acknowledgement of a mute.
#pragma once

#include <string>

#include "cli/context.hpp"
#include "engine/outcome.hpp"
#include "store/store.hpp"

namespace cardmute::cli {

class ManualRequest {
 public:
  ManualRequest(const Context& context, engine::Command command, store::Target target);

  // Call this before sending. Returns why the unmute must not be sent; empty if the request may be
  // sent. Always empty for a mute, and with `force`.
  std::string begin(bool force);
  // Call this with the outcome of the request.
  void end(const engine::Outcome& outcome);
  // Why the request could not be recorded; empty if it could.
  [[nodiscard]] const std::string& problem() const { return store_.failure(); }

 private:
  void note(const engine::Outcome& outcome);

  const Context& context_;
  engine::Command command_;
  store::Target target_;
  store::Store store_;
  store::RequestId request_ = 0;
};

}  // namespace cardmute::cli
