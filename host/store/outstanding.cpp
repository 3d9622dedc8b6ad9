#include "store/outstanding.hpp"

namespace cardmute::store {

bool add_outstanding_mute(TransactionContext& context, const Target& target) {
  const bool was_there =
      context.database
          .number("SELECT 1 FROM debt WHERE boot = ? AND target_by = ? AND target = ?",
                  context.boot(), target.by, target.value)
          .has_value();
  context.database.run(
      "INSERT INTO debt(boot, target_by, target, mute_us) VALUES(?, ?, ?, ?) "
      "ON CONFLICT DO UPDATE SET mute_us = excluded.mute_us",
      context.boot(), target.by, target.value, context.now_us());
  return !was_there;
}

void remove_outstanding_mute(TransactionContext& context, const Target& target) {
  context.database.run("DELETE FROM debt WHERE boot = ? AND target_by = ? AND target = ?",
                       context.boot(), target.by, target.value);
}

void forget_acknowledgement(TransactionContext& context, const Target& target) {
  context.database.run(
      "UPDATE debt SET ack_us = NULL, ack_utc_ms = NULL WHERE target_by = ? AND target = ?",
      target.by, target.value);
}

void forget_all_acknowledgements(TransactionContext& context) {
  context.database.run("UPDATE debt SET ack_us = NULL, ack_utc_ms = NULL");
}

}  // namespace cardmute::store
