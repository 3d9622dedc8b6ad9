// Distinguishes this computer from others that use the same folder: a network home, a home that is
// copied between computers, containers, two systems on one disk.
#pragma once

#include <filesystem>
#include <string>
#include <utility>

namespace cardmute::platform {

// Identifies this installation of the operating system; the same after a reboot. Empty if the
// system has no identity. (On Linux it is a hash of the host name and of /etc/machine-id, which
// must stay private: machine-id(5). The host name is included because carelessly cloned computers
// have the same machine-id.)
std::string machine_identity();

// All identities of this computer, separated by commas: machine_identity(), and for each built-in
// network card one in which the card's address replaces the host name. (The host name may change at
// any time, by DHCP.) If two lists have an identity in common, they are of the same computer. Empty
// if the system has no identity.
std::string machine_identities();

// Whether only this computer can open files in the folder: it is neither on a network nor on a
// virtual machine's host. An unknown file system counts as shared. A folder that does not exist yet
// is judged by the nearest one above it that exists.
bool is_local_folder(const std::filesystem::path& folder);

// A shared lock that shows that at least one of its holders is alive, even to processes in another
// container. A process that ends, even by a crash, releases it.
class LifeSign {
 public:
  explicit LifeSign(std::filesystem::path file) : file_(std::move(file)) {}
  ~LifeSign() { give_up(); }
  LifeSign(const LifeSign&) = delete;
  LifeSign& operator=(const LifeSign&) = delete;

  // Takes the lock unless this object already has it on the present file. Creates the file and its
  // folder if they are missing or were deleted. Returns false if that fails, for example because
  // the file system has no locks or cannot be written.
  bool give();
  void give_up();
  // The descriptor that has the lock; -1 if there is no lock. A process that inherits the
  // descriptor keeps the lock.
  [[nodiscard]] int descriptor() const { return descriptor_; }
  // Whether any process holds the lock of `file`. Deletes the file if nobody does. False also if
  // the file is missing or cannot be opened.
  static bool seen(const std::filesystem::path& file);

 private:
  [[nodiscard]] bool is_in_place() const;

  std::filesystem::path file_;
  int descriptor_ = -1;
};

}  // namespace cardmute::platform
