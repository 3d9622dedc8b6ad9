// What all host processes of this user share; see store.hpp. Here stands what each call does; how
// it is carried out, and what happens when that fails, stands in session.cpp.
#include "store/store.hpp"

#include <utility>

#include "store/leases.hpp"
#include "store/processes.hpp"
#include "store/questions.hpp"
#include "store/requests.hpp"
#include "store/session.hpp"

namespace cardmute::store {

struct Store::Impl {
  explicit Impl(Settings settings) : session(std::move(settings)) {}

  Shared change(Moment now, bool with_next, const Work& work) {
    if (!with_next) return transact(now, work);
    session.change_with_next(work);
    return session.shared();
  }
  Shared transact(Moment now, const Work& work) {
    session.transact(now, work);
    return session.shared();
  }

  Session session;
  // Requests of this process whose outcome is still to come.
  std::vector<Asked> asked;
};

Store::Store(Settings settings) : impl_(std::make_unique<Impl>(std::move(settings))) {}

Store::~Store() = default;

Shared Store::look(Moment now, const Absence& absence) {
  impl_->session.look(now, absence, [&](Books& books) {
    find_dead(books);
    end_graces(books, absence);
    forget_old_requests(books);
    remove_empty_hosts(books);
  });
  return impl_->session.shared();
}

Shared Store::hold(const Lease& lease, Moment now, bool with_next) {
  impl_->session.holds(lease.surface);
  return impl_->change(now, with_next, [lease](Books& books) { put_lease(books, lease); });
}

Shared Store::release(std::string_view surface, std::string_view reason, Moment now,
                      bool with_next) {
  impl_->session.holds_no_more(surface);
  return impl_->change(
      now, with_next, [surface = std::string(surface), reason = std::string(reason)](Books& books) {
        remove_lease(books, surface, reason);
      });
}

Shared Store::orphan(Moment now) {
  impl_->session.holds_nothing();
  return impl_->transact(now, [](Books& books) { orphan_leases(books, books.self); });
}

void Store::leave(Moment now) { impl_->session.leave(now); }

Shared Store::give_up(Moment now) {
  return impl_->transact(now, [](Books& books) { drop_orphans(books, books.self); });
}

Begun Store::begin(Command command, const Target& target, Moment now, bool unless_wanted) {
  std::optional<RequestId> request;
  const bool written = impl_->session.transact(
      now, [&](Books& books) { request = begin_request(books, command, target, unless_wanted); });
  if (!written) return {true, 0, impl_->session.shared()};
  if (!request) return {false, 0, impl_->session.shared()};
  impl_->asked.push_back({*request, command, target, now});
  return {true, *request, impl_->session.shared()};
}

Shared Store::end(RequestId request, const engine::Outcome& outcome, bool counts, bool settled,
                  Moment now) {
  for (auto asked = impl_->asked.begin(); asked != impl_->asked.end(); ++asked) {
    if (asked->request != request) continue;
    impl_->session.end({std::move(*asked), outcome, counts, settled, now});
    impl_->asked.erase(asked);
    break;
  }
  return impl_->transact(now, [](Books&) {});
}

std::optional<engine::Steady> Store::begin_question(int interval_ms, Moment now) {
  std::optional<engine::Steady> wait_until;
  impl_->session.transact(
      now, [&](Books& books) { wait_until = store::begin_question(books, interval_ms); });
  return wait_until;
}

Shared Store::listed(const engine::KnownCalls& calls, Moment now) {
  return impl_->transact(now, [&](Books& books) { put_calls(books, calls); });
}

Shared Store::owe(const Target& target, Moment now) {
  return impl_->transact(now, [&](Books& books) { owe_for_good(books, target); });
}

Shared Store::write_off(const Target& target, Moment now) {
  return impl_->transact(now, [&](Books& books) { remove_debt(books, target); });
}

void Store::note(Entry entry) { impl_->session.note(std::move(entry)); }

void Store::report(RuleReport report) { impl_->session.report(std::move(report)); }

void Store::keep_only_rules(std::vector<std::string> names) {
  impl_->session.keep_only_rules(std::move(names));
}

void Store::rest(Moment now) { impl_->session.rest(now); }

const std::string& Store::failure() const { return impl_->session.failure(); }

bool Store::reopened() { return impl_->session.reopened(); }

}  // namespace cardmute::store
