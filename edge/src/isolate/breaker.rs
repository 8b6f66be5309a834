//! A circuit breaker: after a call that failed the backend is left alone for a while.

use shared::date::Timestamp;
use std::cell::Cell;

/// How long the backend is left alone after a failure, in milliseconds.
const REST_MS: i64 = 3000;

/// Whether the backend is to be asked.
#[derive(Debug, Default)]
pub struct Breaker {
    closed_again_at: Cell<Option<Timestamp>>,
    heard: Cell<Option<Timestamp>>,
}

impl Breaker {
    /// Whether to try now. After a rest one caller tries; the others go on without until its call has succeeded.
    pub fn admits(&self, now: Timestamp) -> bool {
        match self.closed_again_at.get() {
            None => true,
            Some(at) if now >= at => {
                self.closed_again_at.set(Some(Timestamp(now.0 + REST_MS)));
                true
            }
            Some(_) => false,
        }
    }

    /// Whether the last call failed, and none has succeeded since.
    pub fn is_open(&self) -> bool {
        self.closed_again_at.get().is_some()
    }

    /// Whether the backend is being left alone.
    pub fn rests(&self, now: Timestamp) -> bool {
        self.closed_again_at.get().is_some_and(|at| now < at)
    }

    /// A call was answered.
    pub fn succeeded(&self, now: Timestamp) {
        self.closed_again_at.set(None);
        self.heard.set(Some(now));
    }

    /// A call failed.
    pub fn failed(&self, now: Timestamp) {
        self.closed_again_at.set(Some(Timestamp(now.0 + REST_MS)));
    }

    /// When the backend was last heard, if no call has failed since.
    pub fn up_since(&self) -> Option<Timestamp> {
        self.heard.get().filter(|_| self.closed_again_at.get().is_none())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn after_a_failure_one_caller_tries_at_a_time() {
        let breaker = Breaker::default();
        assert!(breaker.admits(Timestamp(0)) && breaker.admits(Timestamp(0)));
        breaker.failed(Timestamp(100));
        assert!(!breaker.admits(Timestamp(100 + REST_MS - 1)) && breaker.rests(Timestamp(100)));
        assert!(!breaker.rests(Timestamp(100 + REST_MS)));
        assert!(breaker.admits(Timestamp(100 + REST_MS)));
        assert!(!breaker.admits(Timestamp(101 + REST_MS)), "a second probe beside the first");
        breaker.succeeded(Timestamp(200 + REST_MS));
        assert!(breaker.admits(Timestamp(200 + REST_MS)));
        assert_eq!(breaker.up_since(), Some(Timestamp(200 + REST_MS)));
    }
}
