//! Time that the processor worked, which other programs on the machine change little.

use rustix::time::{ClockId, clock_gettime};

/// What a call gives, and its milliseconds of this thread.
pub(crate) fn timed<T>(call: impl FnOnce() -> T) -> (T, f64) {
    let begin = thread();
    let value = call();
    (value, thread() - begin)
}

fn thread() -> f64 {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    time.tv_sec as f64 * 1e3 + time.tv_nsec as f64 / 1e6
}
