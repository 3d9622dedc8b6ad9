// What is asked of the telephone provider, what came of it, and which mutes may still stand. For
// this room only.
#pragma once

#include "store/books.hpp"

namespace cardmute::store {

// What a process remembers of its own request, so that its end can be told even when the file was
// another meanwhile.
struct Asked {
  RequestId request = 0;
  Command command = Command::mute;
  Target target;
  Moment at;
};

struct Ended {
  Asked asked;
  engine::Outcome outcome;
  bool counts = false;
  bool settled = false;
  Moment at;
};

// Nothing: an unmute that must not be sent.
std::optional<RequestId> begin_request(Books& books, Command command, const Target& target,
                                       bool unless_wanted);
// Without the ledger's line.
void end_request(Books& books, const Ended& ended);
// The process that made them will not tell their outcome any more.
void doubt_requests(Books& books, HostId host);
// Deletes requests that matter no longer.
void forget_old_requests(Books& books);

// A mute may stand. True: none did before.
bool add_debt(Books& books, const Target& target);
// The same, and nobody's denial of a mute takes it away any more.
void owe_for_good(Books& books, const Target& target);
void remove_debt(Books& books, const Target& target);

std::string_view name_of(Command command);

}  // namespace cardmute::store
