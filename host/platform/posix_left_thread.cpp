#include <thread>
#include <utility>

#include "platform/left_thread.hpp"

namespace cardmute::platform {

void start_left_thread(std::function<void()> work) { std::thread(std::move(work)).detach(); }

}  // namespace cardmute::platform
