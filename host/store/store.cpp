// What each function of the store does. connection.cpp runs the transactions and handles failures.
#include "store/store.hpp"

#include <algorithm>
#include <chrono>
#include <functional>
#include <optional>
#include <utility>

#include "store/active_calls.hpp"
#include "store/connection.hpp"
#include "store/deaths.hpp"
#include "store/hosts.hpp"
#include "store/leases.hpp"
#include "store/outstanding.hpp"
#include "store/requests.hpp"
#include "store/starts.hpp"

namespace cardmute::store {

struct Store::Impl {
  explicit Impl(Settings settings) : connection(std::move(settings)) {}

  Shared change(Moment now, bool with_next, const Work& work) {
    if (!with_next) return transact(now, work);
    connection.change_with_next(work);
    return connection.shared();
  }
  Shared transact(Moment now, const Work& work) {
    connection.transact(now, work);
    return connection.shared();
  }

  Begun begin(Command command, const Target& target, Moment now,
              const std::function<Begun(TransactionContext&)>& record) {
    Begun begun;
    const bool written =
        connection.transact(now, [&](TransactionContext& context) { begun = record(context); });
    if (!written) begun = {};
    begun.shared = connection.shared();
    if (begun.request != 0) asked.push_back({begun.request, command, target, now});
    return begun;
  }

  Connection connection;
  // Removes the request from `asked`, and returns it with its outcome; nullopt if it is not in
  // `asked`.
  std::optional<Ended> ended(RequestId request, const engine::Outcome& outcome, bool counts,
                             bool settled, Moment now) {
    const auto found = std::ranges::find(asked, request, &Asked::request);
    if (found == asked.end()) return std::nullopt;
    Ended ended{std::move(*found), outcome, counts, settled, now};
    asked.erase(found);
    return ended;
  }

  // The requests of this process that are in flight.
  std::vector<Asked> asked;
  // When this process may request the list of active calls again, while the store does not work.
  std::optional<engine::Steady> calls_free_at;
  // Since when this process has waited for the store's lock to learn whose turn it is.
  std::optional<engine::Steady> calls_turn_unknown_since;
};

Store::Store(Settings settings) : impl_(std::make_unique<Impl>(std::move(settings))) {}

Store::~Store() = default;

Shared Store::refresh(Moment now, const Absence& absence) {
  impl_->connection.look(now, absence, [&](TransactionContext& context) {
    end_other_starts(context, impl_->connection.other_starts());
    find_dead(context);
    end_graces(context, absence);
    forget_old_requests(context);
    remove_empty_hosts(context);
  });
  return impl_->connection.shared();
}

Shared Store::acquire(const Lease& lease, Moment now, bool with_next) {
  impl_->connection.holds(lease.surface);
  return impl_->change(now, with_next,
                       [lease](TransactionContext& context) { put_lease(context, lease); });
}

Shared Store::release(std::string_view surface, std::string_view reason, Moment now,
                      bool with_next) {
  impl_->connection.lease_released(surface);
  return impl_->change(
      now, with_next,
      [surface = std::string(surface), reason = std::string(reason)](TransactionContext& context) {
        remove_lease(context, surface, reason);
      });
}

Shared Store::orphan(Moment now) {
  impl_->connection.holds_nothing();
  return impl_->transact(now,
                         [](TransactionContext& context) { orphan_leases(context, context.self); });
}

void Store::leave(Moment now) { impl_->connection.leave(now); }

Shared Store::give_up(Moment now) {
  return impl_->transact(now,
                         [](TransactionContext& context) { drop_orphans(context, context.self); });
}

Begun Store::begin(Command command, const Target& target, Moment now, bool unless_wanted) {
  return impl_->begin(command, target, now, [&](TransactionContext& context) {
    return begin_request(context, command, target, unless_wanted);
  });
}

Begun Store::begin_unmute_by_hand(const Target& target, Moment now) {
  return impl_->begin(Command::unmute, target, now, [&](TransactionContext& context) {
    return store::begin_unmute_by_hand(context, target);
  });
}

Shared Store::end(RequestId request, const engine::Outcome& outcome, bool counts, bool settled,
                  Moment now) {
  if (auto ended = impl_->ended(request, outcome, counts, settled, now)) {
    impl_->connection.end(std::move(*ended));
  }
  return write_outcomes(now);
}

bool Store::end_later(RequestId request, const engine::Outcome& outcome, bool counts, bool settled,
                      Moment now) {
  auto ended = impl_->ended(request, outcome, counts, settled, now);
  return ended && impl_->connection.end_later(std::move(*ended));
}

bool Store::is_current(Moment now) { return impl_->connection.is_current(now); }

bool Store::has_outcomes() const { return impl_->connection.has_outcomes(); }

Shared Store::write_outcomes(Moment now) {
  return impl_->transact(now, [](TransactionContext&) {});
}

std::optional<engine::Steady> Store::begin_calls_request(const CallsTurn& turn, Moment now) {
  std::optional<engine::Steady> wait_until;
  const bool works = impl_->connection.transact(now, [&](TransactionContext& context) {
    wait_until = store::begin_calls_request(context, turn);
  });
  const std::chrono::milliseconds longest_turn(turn.timeout_ms + turn.interval_ms);
  auto& free_at = impl_->calls_free_at;
  if (works) {
    impl_->calls_turn_unknown_since.reset();
  } else if (free_at > now.steady) {
    wait_until = free_at;
  } else if (const auto unlocked_at = impl_->connection.locked_until()) {
    auto& since = impl_->calls_turn_unknown_since;
    if (!since) since = now.steady;
    // After this long the turn of any other process is over.
    if (now.steady < *since + longest_turn) wait_until = unlocked_at;
  }
  if (!wait_until) free_at = now.steady + longest_turn;
  return wait_until;
}

void Store::end_calls_request(const CallsTurn& turn, Moment now) {
  impl_->calls_free_at = now.steady + std::chrono::milliseconds(turn.interval_ms);
  impl_->connection.transact(
      now, [&](TransactionContext& context) { store::end_calls_request(context, turn); });
}

Shared Store::listed(const engine::KnownCalls& calls, Moment now) {
  return impl_->transact(now, [&](TransactionContext& context) { put_calls(context, calls); });
}

Shared Store::add_outstanding_mute(const Target& target, Moment now) {
  return impl_->transact(
      now, [&](TransactionContext& context) { keep_outstanding_mute(context, target); });
}

Shared Store::remove_outstanding_mute(const Target& target, Moment now) {
  return impl_->transact(
      now, [&](TransactionContext& context) { store::remove_outstanding_mute(context, target); });
}

void Store::add_entry(Entry entry) { impl_->connection.add_entry(std::move(entry)); }

void Store::report(RuleReport report) { impl_->connection.report(std::move(report)); }

void Store::keep_only_rules(std::vector<std::string> names) {
  impl_->connection.keep_only_rules(std::move(names));
}

void Store::said_hello(BrowserHello hello) { impl_->connection.said_hello(std::move(hello)); }

void Store::ran(Minute minute) { impl_->connection.ran(minute); }

void Store::rest(Moment now) { impl_->connection.rest(now); }

const std::string& Store::failure() const { return impl_->connection.failure(); }

const std::string& Store::unsafe() const { return impl_->connection.unsafe(); }

bool Store::is_shared() const { return impl_->connection.is_shared(); }

bool Store::is_syncing() const { return impl_->connection.is_syncing(); }

bool Store::reopened() { return impl_->connection.reopened(); }

}  // namespace cardmute::store
