// Keeps acknowledgements that are not in the store yet in a file of their process, so that the
// reply to an agent need not wait for a transaction. The file survives the process, but perhaps not
// a crash of the machine. A process that finds this one dead takes the acknowledgements over.
// Private to store/.
#pragma once

#include <cstddef>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <set>
#include <vector>

#include "platform/process.hpp"
#include "store/requests.hpp"

namespace cardmute::store {

// The number of slots in the file, which all have the same length. They are overwritten in turn, so
// that keeping an acknowledgement needs no further space on the disk.
inline constexpr std::size_t kMaxKept_outcomes = 64;

std::filesystem::path outcome_file(const std::filesystem::path& store,
                                   const platform::ProcessIdentity& process);

// Reads the acknowledgements of a process that has ended, the oldest first, without command and
// target. Some of them may be in the store already. Skips slots that are not whole.
std::vector<Ended> read_outcomes(const std::filesystem::path& file);

// Deletes all outcome files of `store` that are not in `kept`.
void remove_outcomes_but(const std::filesystem::path& store,
                         const std::set<std::filesystem::path>& kept);

class OutcomeFile {
 public:
  explicit OutcomeFile(std::filesystem::path file) : file_(std::move(file)) {}

  // Creates the file, or empties an existing one, unless it is open and still exists. Call it when
  // nobody waits; otherwise keep() has to do this.
  void prepare();
  // Keeps the outcome. Returns false if it is not an acknowledgement, if kMaxKept_outcomes are kept
  // already, or if it could not be written; then the caller must write it to the store at once.
  bool keep(const Ended& ended);
  // Call this when everything that was kept is in the store.
  void written() { kept_ = 0; }
  // Closes the file, and forgets what was kept in it. The next prepare() or keep() opens the file
  // by its path, because its folder may have been moved meanwhile.
  void close();
  void remove();

 private:
  struct Close {
    void operator()(std::FILE* stream) const { static_cast<void>(std::fclose(stream)); }
  };

  std::filesystem::path file_;
  std::unique_ptr<std::FILE, Close> stream_;
  std::size_t next_ = 0;  // the slot to write next
  std::size_t kept_ = 0;  // outcomes kept since written()
};

}  // namespace cardmute::store
