// Waits a limited time for work that may never end, such as reading from a network share that is
// gone.
#pragma once

#include <chrono>
#include <future>
#include <memory>
#include <optional>
#include <system_error>
#include <type_traits>
#include <utility>

#include "platform/left_thread.hpp"

namespace cardmute::platform {

// Returns what `work` returns; nullopt if that takes longer than `at_most`, or if the system has no
// thread left. After a timeout the thread goes on, so `work` must own what it uses. Throws what
// `work` throws within that time.
template <typename Work>
std::optional<std::invoke_result_t<Work>> within(std::chrono::milliseconds at_most, Work work) {
  using Task = std::packaged_task<std::invoke_result_t<Work>()>;
  const auto task = std::make_shared<Task>(std::move(work));
  auto result = task->get_future();
  try {
    start_left_thread([task] { (*task)(); });
  } catch (const std::system_error&) {
    return std::nullopt;
  }
  if (result.wait_for(at_most) != std::future_status::ready) return std::nullopt;
  return result.get();
}

}  // namespace cardmute::platform
