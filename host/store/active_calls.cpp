#include "store/active_calls.hpp"

#include <sstream>
#include <string>

#include "store/hosts.hpp"

namespace cardmute::store {

namespace {

// The store keeps each list as a text with a line for each call: its ID, then one character each
// for answered and muted. A call whose ID is empty or contains a blank is skipped.
constexpr char kYes = '1';
constexpr char kNo = '0';
constexpr char kUnknown = '?';

std::string text_of(const engine::CallList& list) {
  std::string text;
  for (const auto& call : list.calls) {
    if (call.call_id.empty() || call.call_id.find_first_of(" \t\r\n\v\f") != std::string::npos)
      continue;
    text += call.call_id + ' ' + (call.answered ? kYes : kNo) + ' ';
    text += !call.muted ? kUnknown : *call.muted ? kYes : kNo;
    text += '\n';
  }
  return text;
}

engine::CallList list_of(const std::string& text) {
  engine::CallList list;
  list.complete = true;
  std::istringstream lines(text);
  std::string call_id;
  char answered = kNo;
  char muted = kUnknown;
  while (lines >> call_id >> answered >> muted) {
    engine::ListedCall call{call_id, answered == kYes, std::nullopt};
    if (muted != kUnknown) call.muted = muted == kYes;
    list.calls.push_back(std::move(call));
  }
  return list;
}

}  // namespace

std::optional<engine::Steady> begin_calls_request(TransactionContext& context,
                                                  const CallsTurn& turn) {
  // A turn never lasts longer than this. A later time can only come from a damaged file, and is
  // ignored.
  constexpr std::int64_t kLongest_us = 2 * kStale_ms * kUs_per_ms;
  const auto free_us =
      context.database.number("SELECT free_us FROM question WHERE boot = ? AND free_us <= ?",
                              context.boot(), context.now_us() + kLongest_us);
  if (free_us && *free_us > context.now_us()) return engine::Steady(*free_us);
  context.database.run(
      "INSERT INTO question(id, boot, asker, free_us) VALUES(1, ?, ?, ?) ON CONFLICT DO UPDATE SET "
      "listed_us = CASE WHEN boot = excluded.boot THEN listed_us END, boot = excluded.boot, "
      "asker = excluded.asker, free_us = excluded.free_us",
      context.boot(), registered(context),
      context.now_us() + std::int64_t{turn.timeout_ms + turn.interval_ms} * kUs_per_ms);
  return std::nullopt;
}

void end_calls_request(TransactionContext& context, const CallsTurn& turn) {
  context.database.run("UPDATE question SET free_us = ? WHERE boot = ? AND asker = ?",
                       context.now_us() + turn.interval_ms * kUs_per_ms, context.boot(),
                       context.self);
}

void put_calls(TransactionContext& context, const engine::KnownCalls& calls) {
  context.database.run(
      "UPDATE question SET listed_us = ?, calls = ? WHERE boot = ? AND coalesce(listed_us, 0) < ?",
      std::int64_t{calls.asked_at.count()}, text_of(calls.list), context.boot(),
      std::int64_t{calls.asked_at.count()});
}

std::optional<engine::KnownCalls> read_calls(TransactionContext& context) {
  auto found = context.database.query(
      "SELECT listed_us, calls FROM question WHERE boot = ? AND listed_us IS NOT NULL",
      context.boot());
  if (!found.step()) return std::nullopt;
  return engine::KnownCalls{engine::Steady(found.integer(0)), list_of(found.text(1))};
}

}  // namespace cardmute::store
