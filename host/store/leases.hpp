// Who wants the mute: leases, and what becomes of them when their process or browser has gone. For
// this room only.
#pragma once

#include <functional>
#include <set>
#include <string>

#include "store/books.hpp"

namespace cardmute::store {

void put_lease(Books& books, const Lease& lease);
void remove_lease(Books& books, std::string_view surface, std::string_view reason);
// What was released while the store did not work: all leases of this process but `held`.
void release_forgotten(Books& books, const std::set<std::string, std::less<>>& held);
// From now on the grace runs.
void orphan_leases(Books& books, HostId host);
// Ends the leases whose grace is over.
// The orphans of this process, whatever their grace.
void drop_orphans(Books& books, HostId host);

void end_graces(Books& books, const Absence& absence);
// Whether a lease of anyone wants the mute, those in their grace included.
bool mute_is_wanted(Books& books);

}  // namespace cardmute::store
