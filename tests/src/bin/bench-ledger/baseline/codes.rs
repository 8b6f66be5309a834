//! A row per code: what a marking system keeps when it keeps what it is given.

use super::Server;
use crate::measure::{Latency, clock, in_turn, progress};
use crate::world::{mix, pick};
use anyhow::{Result, ensure};
use postgres::{Client, Statement};
use serde::{Deserialize, Serialize};
use std::io::Write as _;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

/// What was measured.
#[derive(Serialize, Deserialize)]
pub(crate) struct Codes {
    pub(crate) bytes_per_code: f64,
    pub(crate) look_up: Latency,
    pub(crate) look_ups_per_second: f64,
    pub(crate) page: Latency,
    /// Seconds that a change of owner of random codes takes, and of how many.
    pub(crate) owner: f64,
    pub(crate) moved: u64,
    pub(crate) sales_per_second: f64,
}

/// Codes in an order: neighbours with one GTIN.
const ORDER: u64 = 500;

/// Most codes that change owner at once.
const MOVED: u64 = 1_000_000;

/// Connections that sell at the same time.
const SELLERS: usize = 64;

/// The key of a code: GTIN and a serial of 13 characters, random as serials are.
pub(crate) fn key(code: u64) -> (i64, String) {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let gtin = 4_600_000_000_000 + pick(code / ORDER, 20_000);
    let (first, second) = (mix(code), mix(code ^ 1 << 63));
    let letter = |at: u32| {
        let bits = if at < 10 { first >> (6 * at) } else { second >> (6 * (at - 10)) };
        char::from(ALPHABET[(bits % 64) as usize])
    };
    (gtin as i64, (0..13).map(letter).collect())
}

pub(crate) fn measure(server: &Server, rows: u64) -> Result<Codes> {
    let mut client = server.connect()?;
    let bytes_per_code = fill(&mut client, rows)?;
    let select = "SELECT status, owner, order_id, updated FROM codes WHERE gtin = $1 AND serial = $2";
    let statement = client.prepare(select)?;
    let look_up = in_turn(200_000, |at| find(&mut client, &statement, pick(at, rows)))?;
    let look_ups_per_second = rate(server, 4, Duration::from_secs(5), |client, at| {
        let statement = client.prepare(select)?;
        Ok(Box::new(move |client: &mut Client, turn| find(client, &statement, pick(at << 32 | turn, rows))))
    })?;
    progress(&format!("look-up {:.0} µs, {look_ups_per_second:.0}/s", look_up.p50 * 1e6));
    let page = page(&mut client, rows)?;
    let moved = MOVED.min(rows / 2);
    let owner = owner(&mut client, moved)?;
    // As it is between two checkpoints; the change of owner is not to be paid twice.
    client.batch_execute("CHECKPOINT")?;
    let update = "UPDATE codes SET status = 4, updated = now() WHERE gtin = $1 AND serial = $2";
    let sales_per_second = rate(server, SELLERS, Duration::from_secs(10), |client, at| {
        let statement = client.prepare(update)?;
        Ok(Box::new(move |client: &mut Client, turn| {
            let (gtin, serial) = key(pick(at << 40 | turn, rows));
            ensure!(client.execute(&statement, &[&gtin, &serial])? == 1, "the code is there");
            Ok(())
        }))
    })?;
    progress(&format!("change of owner of {moved} codes {owner:.1} s, {sales_per_second:.0} durable sales/s"));
    client.batch_execute("DROP TABLE codes")?;
    Ok(Codes { bytes_per_code, look_up, look_ups_per_second, page, owner, moved, sales_per_second })
}

/// Loads before it indexes, which gives PostgreSQL its smallest index. Bytes per code.
fn fill(client: &mut Client, rows: u64) -> Result<f64> {
    progress(&format!("PostgreSQL: {rows} codes, a row each"));
    client.batch_execute(
        "CREATE TABLE codes (gtin int8 NOT NULL, serial text NOT NULL, status smallint NOT NULL, owner int NOT NULL,
         order_id int NOT NULL, updated timestamptz NOT NULL)",
    )?;
    let mut copy = client.copy_in("COPY codes FROM STDIN")?;
    let mut lines = String::with_capacity(1 << 20);
    for code in 0..rows {
        let (gtin, serial) = key(code);
        let order = code / ORDER;
        std::fmt::Write::write_fmt(
            &mut lines,
            format_args!("{gtin}\t{serial}\t1\t1\t{order}\t2026-01-01 00:00:{:02}+00\n", code % 60),
        )?;
        if lines.len() > (1 << 20) - 100 {
            copy.write_all(lines.as_bytes())?;
            lines.clear();
        }
    }
    copy.write_all(lines.as_bytes())?;
    copy.finish()?;
    client.batch_execute("ALTER TABLE codes ADD PRIMARY KEY (gtin, serial)")?;
    client.batch_execute("VACUUM (ANALYZE) codes")?;
    client.batch_execute("CHECKPOINT")?;
    let bytes: i64 = client.query_one("SELECT pg_total_relation_size('codes')", &[])?.get(0);
    Ok(bytes as f64 / rows as f64)
}

fn find(client: &mut Client, statement: &Statement, code: u64) -> Result<()> {
    let (gtin, serial) = key(code);
    ensure!(client.query_opt(statement, &[&gtin, &serial])?.is_some(), "the code is there");
    Ok(())
}

/// The state of a page of 1000 random codes.
fn page(client: &mut Client, rows: u64) -> Result<Latency> {
    let statement = client.prepare(
        "SELECT c.status, c.owner, c.updated FROM unnest($1::int8[], $2::text[]) AS k (gtin, serial)
         JOIN codes c ON c.gtin = k.gtin AND c.serial = k.serial",
    )?;
    in_turn(200, |turn| {
        let (gtins, serials): (Vec<i64>, Vec<String>) =
            (0..1000).map(|at| key(pick(turn * 1000 + at + (1 << 50), rows))).unzip();
        // A code may be drawn twice.
        ensure!(client.query(&statement, &[&gtins, &serials])?.len() == 1000, "the codes are there");
        Ok(())
    })
}

/// Seconds for one document that moves random codes: by a join with its list, in one transaction.
fn owner(client: &mut Client, moved: u64) -> Result<f64> {
    client.batch_execute(&format!(
        "CREATE TEMP TABLE mv AS SELECT gtin, serial FROM codes ORDER BY hashtextextended(serial, 42) LIMIT {moved};
         ANALYZE mv; CHECKPOINT"
    ))?;
    let (seconds, count) = clock(|| {
        Ok(client.execute(
            "UPDATE codes c SET owner = 2, status = 3, updated = now() FROM mv
             WHERE c.gtin = mv.gtin AND c.serial = mv.serial",
            &[],
        )?)
    })?;
    ensure!(count == moved, "{count} codes moved");
    Ok(seconds)
}

type Turn = Box<dyn FnMut(&mut Client, u64) -> Result<()>>;

/// Turns per second of so many connections at once.
fn rate(
    server: &Server,
    connections: usize,
    time: Duration,
    prepare: impl Fn(&mut Client, u64) -> Result<Turn> + Sync,
) -> Result<f64> {
    let (done, stop) = (AtomicU64::new(0), AtomicBool::new(false));
    let barrier = std::sync::Barrier::new(connections + 1);
    let (seconds, ()) = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..connections as u64)
            .map(|at| {
                let (done, stop, barrier, prepare) = (&done, &stop, &barrier, &prepare);
                scope.spawn(move || {
                    let ready = server.connect().and_then(|mut client| Ok((prepare(&mut client, at + 1)?, client)));
                    barrier.wait();
                    let (mut turn, mut client) = ready?;
                    for number in 0.. {
                        if stop.load(Ordering::Relaxed) {
                            break;
                        }
                        turn(&mut client, number)?;
                        done.fetch_add(1, Ordering::Relaxed);
                    }
                    anyhow::Ok(())
                })
            })
            .collect();
        barrier.wait();
        clock(|| {
            std::thread::sleep(time);
            stop.store(true, Ordering::Relaxed);
            for worker in workers {
                worker.join().map_err(|_| anyhow::anyhow!("a connection failed"))??;
            }
            Ok(())
        })
    })?;
    Ok(done.into_inner() as f64 / seconds)
}
