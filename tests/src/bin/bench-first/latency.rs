//! Latency of checks at the edge under a steady load. A request's time runs from when it was due, not from when a
//! thread got to it, so that a server that falls behind cannot hide it.

use crate::row::{Baseline, Goal, Row, percentile};
use anyhow::{Context as _, Result, ensure};
use serde_json::json;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use tests::client::Client;
use tests::raw::{self, Connection};

/// Requests per second.
const RATE: f64 = 500.0;

/// Connections, each with a thread.
const CONNECTIONS: usize = 16;

/// Checks of codes that were checked before.
const WARM: usize = 5_000;

/// Checks of codes, each in a block that the edge has not seen.
const COLD: usize = 1_000;

/// Rows for warm and cold checks.
pub(crate) fn rows(edge: &str, producer: &Client, known: &[String], item: u32) -> Result<Vec<Row>> {
    ensure!(!known.is_empty(), "the demo has no codes that the ledger knows");
    let empty = raw::request(edge, "GET", b"/v1/none", &[], b"");
    let alone = measure(edge, &vec![keep_alive(&empty); WARM], 404)?;
    let check = |code: &String| keep_alive(&check_request(edge, code));
    let warm: Vec<Vec<u8>> = known.iter().cycle().take(WARM).map(check).collect();
    measure(edge, &warm[..known.len()], 200)?;
    let warm = measure(edge, &warm, 200)?;
    let cold: Vec<Vec<u8>> = new_blocks(producer, item)?.iter().map(check).collect();
    let cold = measure(edge, &cold, 200)?;
    let mut rows = Vec::new();
    for (name, times, goal) in [("warm", &warm, 10.0), ("cold", &cold, 150.0)] {
        for (part, label) in [(0.5, "p50"), (0.99, "p99")] {
            let row = Row {
                name: format!("check at the edge, {name}, {label}, {RATE:.0} requests/s"),
                value: percentile(times, part),
                unit: "ms",
                baseline: Some(Baseline { name: "an empty answer of workerd", value: percentile(&alone, part) }),
                goal: (label == "p99").then_some(Goal::Most(goal)),
            };
            eprintln!("{}: {:.2} {}", row.name, row.value, row.unit);
            rows.push(row);
        }
    }
    Ok(rows)
}

fn check_request(edge: &str, code: &str) -> Vec<u8> {
    let body = json!({"code": code}).to_string();
    raw::request(edge, "POST", b"/v1/check", &[("content-type", "application/json")], body.as_bytes())
}

fn keep_alive(request: &[u8]) -> Vec<u8> {
    String::from_utf8_lossy(request).replace("connection: close", "connection: keep-alive").into_bytes()
}

/// A code of each of many cards: the first block of each series.
fn new_blocks(producer: &Client, item: u32) -> Result<Vec<String>> {
    let next = AtomicUsize::new(0);
    let codes = Mutex::new(Vec::with_capacity(COLD));
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                while next.load(Ordering::Relaxed) < COLD {
                    // Below COLD and the threads: it fits.
                    let order = producer.shoes(item + next.fetch_add(1, Ordering::Relaxed) as u32, 1);
                    if let Ok(mut codes) = codes.lock() {
                        codes.extend(producer.codes(order));
                    }
                }
            });
        }
    });
    let mut codes = codes.into_inner().ok().context("a writer failed")?;
    codes.truncate(COLD);
    Ok(codes)
}

/// Sends the requests at their rate; sorted times in milliseconds. Fails if an answer has another status.
fn measure(edge: &str, requests: &[Vec<u8>], status: u16) -> Result<Vec<f64>> {
    let next = AtomicUsize::new(0);
    let begin = Instant::now();
    let worker = || -> Result<Vec<f64>> {
        let mut connection = Connection::open(edge);
        let mut times = Vec::new();
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let Some(request) = requests.get(index) else { return Ok(times) };
            let due = begin + Duration::from_secs_f64(index as f64 / RATE);
            std::thread::sleep(due.saturating_duration_since(Instant::now()));
            let answer = connection.send(request).context("no answer")?;
            ensure!(answer.status == status, "{} {}", answer.status, String::from_utf8_lossy(&answer.bytes));
            times.push(due.elapsed().as_secs_f64() * 1000.0);
        }
    };
    let mut times = Vec::with_capacity(requests.len());
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..CONNECTIONS).map(|_| scope.spawn(worker)).collect();
        for worker in workers {
            times.extend(worker.join().map_err(|_| anyhow::anyhow!("a connection failed"))??);
        }
        anyhow::Ok(())
    })?;
    times.sort_by(f64::total_cmp);
    Ok(times)
}
