//! Latency of checks at the edge under a steady load. A request's time runs from when it was due, not from when a
//! thread got to it, so that a server that falls behind cannot hide it.

use ::tests::row::{Baseline, Goal, Row, percentile};
use anyhow::{Context as _, Result, ensure};
use serde_json::json;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use tests::client::Client;
use tests::raw::{self, Connection};

/// Requests per second.
const RATE: f64 = 500.0;

/// Requests per second where every one of them takes the whole way to the backend.
const SLOW_RATE: f64 = 100.0;

/// Connections, each with a thread.
const CONNECTIONS: usize = 16;

/// Requests of a measurement.
const REQUESTS: usize = 5_000;

/// Of the requests of the cold measurement one in so many is of a block that the edge has not seen; a day on which all of
/// them were would be the first.
const COLD_ONE_IN: usize = 10;

/// Rows for warm and cold checks.
pub(crate) fn rows(edge: &str, producer: &Client, known: &[String], item: u32) -> Result<Vec<Row>> {
    let mut rows = warm_rows(edge, "in workerd", known, Some(10.0))?;
    let new = new_blocks(producer, item, 2 * REQUESTS / COLD_ONE_IN)?;
    let (among, only) = new.split_at(REQUESTS / COLD_ONE_IN);
    let mut requests = warm_requests(edge, known);
    for (slot, code) in requests.iter_mut().step_by(COLD_ONE_IN).zip(among) {
        *slot = check(edge, code);
    }
    let among = measure(edge, &requests, RATE, 200)?.into_iter().step_by(COLD_ONE_IN).collect();
    let only: Vec<Vec<u8>> = only.iter().map(|code| check(edge, code)).collect();
    let only = measure(edge, &only, SLOW_RATE, 200)?;
    let empty = empty(edge)?;
    let name = format!("check in workerd, cold: 1 in {COLD_ONE_IN} of {RATE:.0} requests/s");
    rows.extend(rows_of(&name, among, &empty, Some(150.0)));
    rows.extend(rows_of(&format!("check in workerd, cold: all of {SLOW_RATE:.0} requests/s"), only, &empty, None));
    Ok(rows)
}

/// Rows for warm checks.
pub(crate) fn warm_rows(edge: &str, place: &str, known: &[String], goal: Option<f64>) -> Result<Vec<Row>> {
    ensure!(!known.is_empty(), "the demo has no codes that the ledger knows");
    let requests = warm_requests(edge, known);
    // Once to fill the cache, once to warm what the runtime compiles.
    measure(edge, &requests[..REQUESTS / 5], RATE, 200)?;
    let warm = measure(edge, &requests, RATE, 200)?;
    Ok(rows_of(&format!("check {place}, warm, {RATE:.0} requests/s"), warm, &empty(edge)?, goal))
}

fn rows_of(name: &str, times: Vec<f64>, empty: &[f64], goal: Option<f64>) -> Vec<Row> {
    let times = sorted(times);
    let row = |(part, label): (f64, &str)| {
        let row = Row {
            name: format!("{name}, {label}"),
            value: percentile(&times, part),
            unit: "ms",
            baseline: Some(Baseline { name: "an empty answer", value: percentile(empty, part) }),
            goal: goal.filter(|_| label == "p99").map(Goal::Most),
        };
        eprintln!("{}: {:.2} {}", row.name, row.value, row.unit);
        row
    };
    [(0.5, "p50"), (0.99, "p99")].map(row).into()
}

/// Times of answers that take no work: what the runtime, the loopback and this client cost.
fn empty(edge: &str) -> Result<Vec<f64>> {
    let request = keep_alive(&raw::request(edge, "GET", b"/v1/none", &[], b""));
    Ok(sorted(measure(edge, &vec![request; REQUESTS / 2], RATE, 404)?))
}

fn warm_requests(edge: &str, known: &[String]) -> Vec<Vec<u8>> {
    known.iter().cycle().take(REQUESTS).map(|code| check(edge, code)).collect()
}

fn sorted(mut times: Vec<f64>) -> Vec<f64> {
    times.sort_by(f64::total_cmp);
    times
}

fn check(edge: &str, code: &str) -> Vec<u8> {
    let body = json!({"code": code}).to_string();
    let headers = [("content-type", "application/json")];
    keep_alive(&raw::request(edge, "POST", b"/v1/check", &headers, body.as_bytes()))
}

fn keep_alive(request: &[u8]) -> Vec<u8> {
    String::from_utf8_lossy(request).replace("connection: close", "connection: keep-alive").into_bytes()
}

/// A code of each of many cards: the first block of each series.
fn new_blocks(producer: &Client, item: u32, count: usize) -> Result<Vec<String>> {
    let next = AtomicUsize::new(0);
    let codes = Mutex::new(Vec::with_capacity(count));
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                while next.load(Ordering::Relaxed) < count {
                    // Below the count and the threads: it fits.
                    let order = producer.shoes(item + next.fetch_add(1, Ordering::Relaxed) as u32, 1);
                    if let Ok(mut codes) = codes.lock() {
                        codes.extend(producer.codes(order));
                    }
                }
            });
        }
    });
    let mut codes = codes.into_inner().ok().context("a writer failed")?;
    codes.truncate(count);
    Ok(codes)
}

/// Sends the requests at a rate; times in milliseconds, in the order of the requests. Fails if an answer has another
/// status.
fn measure(edge: &str, requests: &[Vec<u8>], rate: f64, status: u16) -> Result<Vec<f64>> {
    let next = AtomicUsize::new(0);
    let begin = Instant::now();
    let worker = || -> Result<Vec<(usize, f64)>> {
        let mut connection = Connection::open(edge);
        let mut times = Vec::new();
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let Some(request) = requests.get(index) else { return Ok(times) };
            let due = begin + Duration::from_secs_f64(index as f64 / rate);
            std::thread::sleep(due.saturating_duration_since(Instant::now()));
            let answer = connection.send(request).context("no answer")?;
            ensure!(answer.status == status, "{} {}", answer.status, String::from_utf8_lossy(&answer.bytes));
            times.push((index, due.elapsed().as_secs_f64() * 1000.0));
        }
    };
    let mut times = vec![0.0; requests.len()];
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..CONNECTIONS).map(|_| scope.spawn(worker)).collect();
        for worker in workers {
            for (index, time) in worker.join().map_err(|_| anyhow::anyhow!("a connection failed"))?? {
                times[index] = time;
            }
        }
        anyhow::Ok(times)
    })
}
