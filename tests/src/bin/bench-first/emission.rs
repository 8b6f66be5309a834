//! Codes issued per second: an order, and the download of its codes through the loopback, read to the end.

use ::tests::row::{Baseline, Goal, Row, percentile};
use anyhow::Result;
use shared::seal::{MacKey, SerialFormat, SerialMaster, SigningKey};
use std::time::Instant;
use tests::client::Client;
use tests::facts;

/// Repetitions of each measurement; the median is reported.
const REPEATS: usize = 5;

/// Codes that a thread of the baseline makes at once, as a download does.
const CHUNK: u64 = 512;

/// Profile, codes in the order, codes per second to be reached on two cores.
const PROFILES: [(&str, u64, f64); 3] =
    [("signed", 100_000, 120_000.0), ("mac", 200_000, 600_000.0), ("short", 200_000, 600_000.0)];

/// A row for each profile.
pub(crate) fn rows(producer: &Client, item: u32) -> Result<Vec<Row>> {
    let mut rows = Vec::new();
    for (index, (profile, quantity, goal)) in PROFILES.into_iter().enumerate() {
        // Three profiles: it fits.
        let gtin = facts::gtin(item + index as u32);
        producer.register(&facts::domestic(&gtin, "footwear"));
        let rates: Result<Vec<f64>> = (0..REPEATS).map(|_| issue(producer, &gtin, quantity, profile)).collect();
        let limits: Vec<f64> = (0..REPEATS).map(|_| limit(profile, quantity)).collect();
        let baseline = Baseline { name: "serials and tails alone, 2 threads", value: median(limits) };
        let row = Row {
            name: format!("emission, {profile}, streamed"),
            value: median(rates?),
            unit: "codes/s",
            baseline: Some(baseline),
            goal: Some(Goal::Least(goal)),
        };
        eprintln!("{}: {:.0} {}", row.name, row.value, row.unit);
        rows.push(row);
    }
    Ok(rows)
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    percentile(&values, 0.5)
}

/// Orders codes and reads them to the end; codes per second of both together.
fn issue(producer: &Client, gtin: &str, quantity: u64, profile: &str) -> Result<f64> {
    let begin = Instant::now();
    let order = producer.order(gtin, quantity, profile);
    let lines = producer.count_lines(&format!("/api/v1/orders/{order}/codes?format=ndjson"))?;
    let took = begin.elapsed().as_secs_f64();
    anyhow::ensure!(lines == quantity, "{lines} codes instead of {quantity}");
    Ok(quantity as f64 / took)
}

/// The same serials and tails made in this process by two threads, sent to nobody.
fn limit(profile: &str, quantity: u64) -> f64 {
    let begin = Instant::now();
    std::thread::scope(|scope| {
        for half in 0..2 {
            scope.spawn(move || make(profile, half * quantity / 2, quantity / 2));
        }
    });
    quantity as f64 / begin.elapsed().as_secs_f64()
}

fn make(profile: &str, first: u64, count: u64) {
    let series = SerialMaster::from_bytes(&[1; 32]).series("04870000000012", &SerialFormat::LEN_13);
    let (signing, mac) = (SigningKey::from_seed(&[2; 32]), MacKey::from_bytes(&[3; 32]));
    let key = if profile == "short" { "" } else { "\u{1d}91FS01" };
    for start in (first..first + count).step_by(CHUNK as usize) {
        let numbers = start..(start + CHUNK).min(first + count);
        let prefixes: Vec<String> =
            numbers.filter_map(|number| Some(format!("010487000000001221{}{key}", series.serial(number)?))).collect();
        let tails: Vec<String> = match profile {
            "signed" => signing.sign_tails(&prefixes),
            "mac" => prefixes.iter().map(|prefix| mac.tail(prefix)).collect(),
            _ => prefixes.iter().map(|prefix| mac.short_tail(prefix)).collect(),
        };
        std::hint::black_box(tails);
    }
}
