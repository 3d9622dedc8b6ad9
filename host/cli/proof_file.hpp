// The file that `doctor --test-call --write-proof` writes, for the machine's configuration.
#pragma once

#include <optional>
#include <string>

#include "cli/test_call_parts.hpp"
#include "store/proof.hpp"

namespace cardmute::cli {

// Why the file could not be written, found out before anything is sent; nullopt if nothing is
// wrong, or if `file` is empty.
std::optional<std::string> flaw_of_proof_file(const std::string& file);

// Writes the proof if the test call has passed; an earlier file stays if it has not.
void write_proof_file(const TestCall& call, TestCallResult& result, const store::Proof& proof,
                      const std::string& file);

}  // namespace cardmute::cli
