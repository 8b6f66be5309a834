//! Taking times.

use anyhow::Result;
use serde::{Deserialize, Serialize};
use std::sync::OnceLock;
use std::time::Instant;

/// Times of many equal things, in seconds.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(crate) struct Latency {
    pub(crate) p50: f64,
    pub(crate) p99: f64,
}

impl Latency {
    /// Of times in seconds.
    pub(crate) fn of(mut times: Vec<f64>) -> Self {
        times.sort_unstable_by(f64::total_cmp);
        // A position within the times.
        let at = |part: f64| times.get((times.len().saturating_sub(1) as f64 * part).round() as usize);
        let at = |part| at(part).copied().unwrap_or(f64::NAN);
        Self { p50: at(0.5), p99: at(0.99) }
    }
}

/// Seconds that something takes.
pub(crate) fn clock<T>(work: impl FnOnce() -> Result<T>) -> Result<(f64, T)> {
    let begin = Instant::now();
    let result = work()?;
    Ok((begin.elapsed().as_secs_f64(), result))
}

/// Does something so many times, one after the other; the first tenth warms up and is not counted.
pub(crate) fn in_turn(count: u64, mut work: impl FnMut(u64) -> Result<()>) -> Result<Latency> {
    let mut times = Vec::with_capacity(count as usize);
    for at in 0..count + count / 10 {
        let begin = Instant::now();
        work(at)?;
        times.push(begin.elapsed().as_secs_f64());
    }
    Ok(Latency::of(times.split_off((count / 10) as usize)))
}

/// Tells whoever waits how far it is.
pub(crate) fn progress(text: &str) {
    static BEGIN: OnceLock<Instant> = OnceLock::new();
    let seconds = BEGIN.get_or_init(Instant::now).elapsed().as_secs();
    eprintln!("[{:3}:{:02}] {text}", seconds / 60, seconds % 60);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_taken_from_the_times() {
        let latency = Latency::of((0..=100).rev().map(f64::from).collect());
        assert_eq!((latency.p50, latency.p99), (50.0, 99.0));
    }
}
