// See questions.hpp.
#include "store/questions.hpp"

#include <sstream>
#include <string>

namespace cardmute::store {

namespace {

// A line a call: its ivrid, then a sign each for answered and muted. An ivrid has no blanks; what
// has is none, and is left out.
constexpr char kYes = '1';
constexpr char kNo = '0';
constexpr char kUnknown = '?';

std::string text_of(const engine::CallList& list) {
  std::string text;
  for (const auto& call : list.calls) {
    if (call.ivrid.empty() || call.ivrid.find_first_of(" \t\r\n\v\f") != std::string::npos)
      continue;
    text += call.ivrid + ' ' + (call.answered ? kYes : kNo) + ' ';
    text += !call.muted ? kUnknown : *call.muted ? kYes : kNo;
    text += '\n';
  }
  return text;
}

engine::CallList list_of(const std::string& text) {
  engine::CallList list;
  list.complete = true;
  std::istringstream lines(text);
  std::string ivrid;
  char answered = kNo;
  char muted = kUnknown;
  while (lines >> ivrid >> answered >> muted) {
    engine::ListedCall call{ivrid, answered == kYes, std::nullopt};
    if (muted != kUnknown) call.muted = muted == kYes;
    list.calls.push_back(std::move(call));
  }
  return list;
}

}  // namespace

std::optional<engine::Steady> begin_question(Books& books, int interval_ms) {
  const auto asked_us =
      books.database.number("SELECT asked_us FROM question WHERE boot = ? AND asked_us <= ?",
                            books.boot(), books.now_us());
  const auto may_ask_us = asked_us.value_or(0) + interval_ms * kUs_per_ms;
  if (asked_us && may_ask_us > books.now_us()) return engine::Steady(may_ask_us);
  books.database.run(
      "INSERT INTO question(id, boot, asked_us) VALUES(1, ?, ?) ON CONFLICT DO UPDATE SET "
      "listed_us = CASE WHEN boot = excluded.boot THEN listed_us END, boot = excluded.boot, "
      "asked_us = excluded.asked_us",
      books.boot(), books.now_us());
  return std::nullopt;
}

void put_calls(Books& books, const engine::KnownCalls& calls) {
  books.database.run(
      "UPDATE question SET listed_us = ?, calls = ? WHERE boot = ? AND coalesce(listed_us, 0) < ?",
      std::int64_t{calls.asked_at.count()}, text_of(calls.list), books.boot(),
      std::int64_t{calls.asked_at.count()});
}

std::optional<engine::KnownCalls> read_calls(Books& books) {
  auto found = books.database.query(
      "SELECT listed_us, calls FROM question WHERE boot = ? AND listed_us IS NOT NULL",
      books.boot());
  if (!found.step()) return std::nullopt;
  return engine::KnownCalls{engine::Steady(found.integer(0)), list_of(found.text(1))};
}

}  // namespace cardmute::store
