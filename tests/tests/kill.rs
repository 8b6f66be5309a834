//! `kill -9` under load: what was acknowledged is there, nothing is half done, a retry says the same (invariant 3).
//!
//! `TANBA_ROUNDS` sets the number of rounds. Each kills after a random number of acknowledgements, so that the blow falls
//! somewhere within the writing, whatever the speed of the machine.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;
use tests::backend::{Backend, Who};
use tests::client::{Answer, Client};
use tests::ring::Ring;
use tests::{facts, mail};

const ROUNDS: u64 = 10;

/// Units of one document: seven in each of three blocks of the ledger.
const SLICE: u64 = 7;
const BLOCK: u64 = 4096;

/// A write with what became of it; no answer means that the server was killed first.
struct Sent {
    who: Who,
    route: &'static str,
    key: String,
    body: Value,
    /// Units it speaks of, and the statuses they have before and after it.
    units: Vec<String>,
    from_to: (&'static str, &'static str),
    answer: Option<Answer>,
}

/// What one round of writing works on.
struct Round<'a> {
    backend: &'a Backend,
    ring: &'a Ring,
    number: u64,
    acknowledged: AtomicU64,
    over: AtomicBool,
}

impl Round<'_> {
    /// Sends a write; whether it was acknowledged.
    fn send(&self, client: &Client, mut sent: Sent, all: &mut Vec<Sent>) -> bool {
        sent.answer = client.try_post(sent.route, &sent.body, &sent.key).ok();
        let acknowledged = sent.answer.as_ref().is_some_and(|answer| {
            assert_eq!(answer.status, 201, "{}: {}", sent.route, answer.json());
            self.acknowledged.fetch_add(1, Ordering::SeqCst);
            true
        });
        all.push(sent);
        acknowledged && !self.over.load(Ordering::SeqCst)
    }

    /// Orders codes, again and again.
    fn orders(&self) -> Vec<Sent> {
        let client = self.backend.client(Who::Producer);
        let mut all = Vec::new();
        for index in 0.. {
            let body = json!({"gtin": facts::gtin(1), "quantity": 9_000 + index, "profile": "short"});
            let key = format!("order-{}-{index}", self.number);
            if !self.send(&client, write(Who::Producer, "/api/v1/orders", key, body), &mut all) {
                break;
            }
        }
        all
    }

    /// Applies, introduces and withdraws units of `order`, slice after slice, each slice in three blocks.
    fn lives(&self, order: u64, codes: &[String]) -> Vec<Sent> {
        let client = self.backend.client(Who::Producer);
        let mut all = Vec::new();
        'slices: for slice in 0..BLOCK / SLICE {
            let starts: Vec<u64> = (0..3).map(|block| block * BLOCK + slice * SLICE).collect();
            let ranges: Vec<Value> =
                starts.iter().map(|first| json!({"order": order, "first": first, "count": SLICE})).collect();
            let units = json!({"orders": ranges});
            let named = || starts.iter().flat_map(|first| codes[*first as usize..(first + SLICE) as usize].to_vec());
            for (route, body, from_to) in [
                ("/api/v1/applications", json!({"units": units}), ("emitted", "applied")),
                (
                    "/api/v1/introductions",
                    json!({"units": units, "facts": facts::batch()}),
                    ("applied", "in_circulation"),
                ),
                ("/api/v1/withdrawals", json!({"units": units, "reason": "export"}), ("in_circulation", "withdrawn")),
            ] {
                let key = format!("life-{}-{slice}-{}", self.number, from_to.1);
                let sent = Sent { units: named().collect(), from_to, ..write(Who::Producer, route, key, body) };
                if !self.send(&client, sent, &mut all) {
                    break 'slices;
                }
            }
        }
        all
    }

    /// Sells single units.
    fn sales(&self, codes: &[String]) -> Vec<Sent> {
        let client = self.backend.client(Who::Seller);
        let mut all = Vec::new();
        for (index, code) in codes.iter().enumerate() {
            let body = json!({"units": {"codes": [code]}, "reason": "retail_sale", "region": "75"});
            let key = format!("sale-{}-{index}", self.number);
            let sent = Sent {
                units: vec![code.clone()],
                from_to: ("in_circulation", "withdrawn"),
                ..write(Who::Seller, "/api/v1/withdrawals", key, body)
            };
            if !self.send(&client, sent, &mut all) {
                break;
            }
        }
        all
    }

    /// Delivers reports as the edge does; each with whether it was acknowledged.
    fn reports(&self) -> Vec<(mail::Letter, bool)> {
        let mut all = Vec::new();
        for index in 0.. {
            let report = mail::report(&format!("round {} report {index}", self.number));
            let letter = mail::seal(&self.ring.keys.report_key, &report, &mail::photo(20_000));
            let acknowledged = self.ring.try_send("/edge/v1/reports", &letter.body).is_some_and(|answer| {
                assert!(answer.status < 300, "{}", answer.json());
                self.acknowledged.fetch_add(1, Ordering::SeqCst);
                true
            });
            all.push((letter, acknowledged));
            if !acknowledged || self.over.load(Ordering::SeqCst) {
                break;
            }
        }
        all
    }
}

fn write(who: Who, route: &'static str, key: String, body: Value) -> Sent {
    Sent { who, route, key, body, units: Vec::new(), from_to: ("", ""), answer: None }
}

/// A random number below `limit`.
fn random(limit: u64) -> u64 {
    getrandom::u64().unwrap() % limit
}

#[test]
fn what_was_acknowledged_survives_a_kill() {
    let rounds = std::env::var("TANBA_ROUNDS").ok().and_then(|text| text.parse().ok()).unwrap_or(ROUNDS);
    let mut backend = Backend::start("kill");
    let ring = Ring::of(&backend);
    let secrets_before = secrets(&backend);
    backend.client(Who::Producer).register(&facts::domestic(&facts::gtin(1), "footwear"));
    let mut tickets = BTreeSet::new();
    let mut documents = 0;
    for number in 0..rounds {
        let producer = backend.client(Who::Producer);
        let lives = producer.order(&facts::gtin(1), 3 * BLOCK, "signed");
        let sales = producer.order(&facts::gtin(1), 500, "mac");
        producer.apply(&facts::whole(sales));
        producer.introduce(&facts::whole(sales));
        let (codes, to_sell) = (producer.codes(lives), producer.codes(sales));

        let round = Round {
            backend: &backend,
            ring: &ring,
            number,
            acknowledged: AtomicU64::new(0),
            over: AtomicBool::new(false),
        };
        let threshold = 1 + random(120);
        let (sent, reports) = std::thread::scope(|scope| {
            let orders = scope.spawn(|| round.orders());
            let lives = scope.spawn(|| round.lives(lives, &codes));
            let sales = scope.spawn(|| round.sales(&to_sell));
            let reports = scope.spawn(|| round.reports());
            while round.acknowledged.load(Ordering::SeqCst) < threshold
                && ![&orders, &lives, &sales].iter().any(|writer| writer.is_finished())
            {
                std::thread::sleep(Duration::from_micros(200));
            }
            backend.strike();
            round.over.store(true, Ordering::SeqCst);
            let mut sent = orders.join().unwrap();
            sent.extend(lives.join().unwrap());
            sent.extend(sales.join().unwrap());
            (sent, reports.join().unwrap())
        });
        let lost = sent.iter().filter(|sent| sent.answer.is_none()).count();
        eprintln!("round {number}: killed after {threshold} acknowledgements, {lost} writes without an answer");
        backend.kill();
        // As it was left, before anything mends it.
        backend.audit(&format!("round {number}"));
        backend.resume();

        for sent in &sent {
            check(&backend, sent);
        }
        tickets.extend(reports.iter().map(|(letter, _)| letter.ticket.clone()));
        check_reports(&backend, &ring, &reports);
        documents = check_documents(&backend, documents);
    }
    assert_eq!(secrets(&backend), secrets_before, "the keys changed");
    assert_eq!(all_tickets(&backend), tickets, "a report is missing or was made twice");
}

/// The key file, and what the edge is given of it.
fn secrets(backend: &Backend) -> [Vec<u8>; 2] {
    [backend.data().join("keys.json"), backend.edge_variables()].map(|path| std::fs::read(path).unwrap())
}

/// All or nothing; all if it was acknowledged; and the retry says what was said.
fn check(backend: &Backend, sent: &Sent) {
    let owner = backend.client(Who::Producer);
    let place = format!("{} {}", sent.route, sent.key);
    let statuses: BTreeSet<String> = owner.statuses(&sent.units).into_iter().collect();
    assert!(statuses.len() <= 1, "{place}: half done: {statuses:?}");
    let again = backend.client(sent.who).post_with_key(sent.route, &sent.body, &sent.key);
    assert_eq!(again.status, 201, "{place}: {}", again.json());
    let body = again.json();
    match &sent.answer {
        Some(answer) => assert_eq!(answer.bytes, again.bytes, "{place}: another answer after the kill"),
        None => {
            assert!(statuses.iter().all(|status| *status == sent.from_to.0 || *status == sent.from_to.1), "{place}")
        }
    }
    if sent.route.ends_with("orders") {
        let codes = owner.codes(body["order"].as_u64().unwrap());
        assert_eq!(codes.len() as u64, sent.body["quantity"].as_u64().unwrap(), "{place}: codes are missing");
    } else {
        assert_eq!(body["units"], sent.units.len() as u64, "{place}");
        // Later documents of the same round may have taken the units further.
        let now: BTreeSet<String> = owner.statuses(&sent.units).into_iter().collect();
        assert!(now.len() == 1 && !now.contains(sent.from_to.0), "{place}: acknowledged, yet {now:?}");
    }
}

/// Each acknowledged report is there once; delivered again, each is there.
fn check_reports(backend: &Backend, ring: &Ring, reports: &[(mail::Letter, bool)]) {
    let held = all_tickets(backend);
    for (letter, acknowledged) in reports {
        assert!(!acknowledged || held.contains(&letter.ticket), "an acknowledged report is gone");
        let again = ring.send("POST", "/edge/v1/reports", letter.body.to_string().as_bytes()).ok();
        assert_eq!(again["ticket"], letter.ticket, "{again}");
    }
}

/// Tickets of all reports that a state body sees; none twice.
fn all_tickets(backend: &Backend) -> BTreeSet<String> {
    let inspector = backend.client(Who::Inspector);
    let mut tickets = BTreeSet::new();
    let mut before = String::new();
    loop {
        let page = inspector.get(&format!("/api/v1/reports?limit=100{before}")).ok();
        let Some(last) = page["reports"].as_array().unwrap().last() else {
            return tickets;
        };
        before = format!("&before={}", last["ticket"].as_str().unwrap());
        for report in page["reports"].as_array().unwrap() {
            assert!(tickets.insert(report["ticket"].as_str().unwrap().to_owned()), "a report stands twice");
        }
    }
}

/// Documents are numbered without a gap; the last number.
fn check_documents(backend: &Backend, checked: u64) -> u64 {
    let inspector = backend.client(Who::Inspector);
    let last = (checked + 1..).take_while(|number| {
        let answer = inspector.get(&format!("/api/v1/documents/{number}"));
        answer.status == 200 && answer.json()["document"] == *number
    });
    let last = last.last().unwrap_or(checked);
    let next = backend.client(Who::Producer).order(&facts::gtin(1), 1, "short");
    assert_eq!(next, last + 1, "a document is missing");
    next
}

#[test]
fn a_kill_while_starting_leaves_a_backend_that_starts() {
    let mut backend = Backend::start("kill-at-start");
    let ring = Ring::of(&backend);
    let order = backend.client(Who::Producer).shoes(1, 100);
    let codes = backend.client(Who::Producer).codes(order);
    backend.kill();
    for _ in 0..8 {
        backend.start_and_kill(Duration::from_micros(random(40_000)));
    }
    backend.resume();
    assert_eq!(Ring::of(&backend).signed, ring.signed, "the keys changed");
    assert_eq!(backend.client(Who::Producer).codes(order), codes);
}
