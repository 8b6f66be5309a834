//! `tanba serve` killed at its syncs, and refused its syncs, while participants write in every way that the interface
//! has.

use serde_json::{Value, json};
use std::collections::BTreeSet;
use tests::backend::{Backend, Who};
use tests::client::Answer;
use tests::ring::Ring;
use tests::strace::{SYNC, around, calls};
use tests::{facts, mail};

/// Who writes what: one request, or a report as the edge delivers it.
enum Write {
    Document(Who, &'static str, Value),
    Report(mail::Letter),
}

fn sscc(number: u64) -> String {
    let digits = format!("{:017}", 4_870_001_230_000_000 + number);
    format!("{digits}{}", shared::gs1::check_digit(&digits).unwrap())
}

/// A short life of goods in every kind of document. The card is document 1, its order document 2.
fn story(ring: &Ring, seller: u64, codes: &[String]) -> Vec<Write> {
    let gtin = facts::gtin(1);
    let own = facts::gtin(9);
    let part = |first, count| facts::part(2, first, count);
    let box_of = |number, first: u64| {
        let contents = part(first, 4);
        json!({"packages": [{"sscc": sscc(number), "level": "group", "contents": contents}]})
    };
    let report = |note: &str| {
        let report = mail::report(note);
        Write::Report(mail::seal(&ring.keys.report_key, &report, &mail::photo(20_000)))
    };
    let mut writes = vec![
        Write::Document(Who::Producer, "applications", json!({"units": part(0, 28)})),
        Write::Document(Who::Producer, "introductions", json!({"units": part(0, 24), "facts": facts::batch()})),
        report("first"),
        Write::Document(Who::Producer, "aggregations", box_of(1, 0)),
        Write::Document(Who::Producer, "aggregations", box_of(2, 4)),
    ];
    let items = json!({"packages": [sscc(1), sscc(2)]});
    let pallet = json!({"packages": [{"sscc": sscc(3), "level": "pallet", "contents": items}]});
    writes.push(Write::Document(Who::Producer, "aggregations", pallet));
    let rest: [(Who, &'static str, Value); 18] = [
        (Who::Producer, "removals", json!({"package": sscc(1), "units": part(0, 1)})),
        (Who::Producer, "additions", json!({"package": sscc(1), "units": part(0, 1)})),
        (Who::Producer, "replacements", json!({"package": sscc(2), "out": part(4, 1), "into": part(8, 1)})),
        (Who::Producer, "shipments", json!({"units": {"packages": [sscc(3)]}, "to": seller})),
        (Who::Seller, "acceptances", json!({"shipment": 11})),
        (Who::Seller, "disaggregations", json!({"packages": [sscc(3)]})),
        (Who::Seller, "withdrawals", json!({"units": {"codes": [codes[1], codes[2]]}, "reason": "retail_sale"})),
        (Who::Seller, "returns", json!({"units": {"codes": [codes[2]]}})),
        (Who::Producer, "withdrawals", json!({"units": part(10, 2), "reason": "export"})),
        (Who::Inspector, "blocks", json!({"units": part(12, 3), "reason": "unsafe"})),
        (Who::Inspector, "unblocks", json!({"units": part(12, 1)})),
        (Who::Producer, "recalls", json!({"units": part(15, 2)})),
        (Who::Producer, "recall-lifts", json!({"units": part(15, 1)})),
        (Who::Seller, "inner-sales", json!({"code": codes[17], "count": 2})),
        (Who::Producer, "remarkings", json!({"pairs": [[codes[18], codes[26]]]})),
        (Who::Producer, "write-offs", json!({"units": part(24, 1), "reason": "damage"})),
        (Who::Producer, "annulments", json!({"units": part(29, 1)})),
        (Who::Producer, "corrections", json!({"document": 16, "units": part(10, 1)})),
    ];
    writes.extend(rest.into_iter().map(|(who, route, body)| Write::Document(who, route, body)));
    writes.push(report("second"));
    writes.extend([
        Write::Document(Who::Producer, "products", facts::domestic(&own, "footwear")),
        Write::Document(Who::Producer, "serials", json!({"gtin": own, "serials": ["a-1", "a-2"]})),
        Write::Document(Who::Importer, "recognitions", json!({"gtin": own, "state": "KG", "serials": ["k-1"]})),
        Write::Document(Who::Producer, "orders", json!({"gtin": gtin, "quantity": 5_000, "profile": "short"})),
        Write::Document(Who::Producer, "shipments", json!({"units": part(19, 2), "to": seller})),
        Write::Document(Who::Seller, "shipment-refusals", json!({"shipment": 30})),
        Write::Document(Who::Producer, "shipments", json!({"units": part(19, 2), "to": seller})),
        Write::Document(Who::Producer, "shipment-cancellations", json!({"shipment": 32})),
    ]);
    writes
}

/// A backend with a card and an order, not running, and what is written to copies of it.
struct Stage {
    backend: Backend,
    ring: Ring,
    writes: Vec<Write>,
    codes: Vec<String>,
    tickets: Vec<String>,
}

impl Stage {
    fn new(name: &str) -> Self {
        let mut backend = Backend::start(name);
        let ring = Ring::of(&backend);
        let producer = backend.client(Who::Producer);
        let order = producer.shoes(1, 30);
        assert_eq!(order, 2);
        let codes = producer.codes(order);
        // Participants are numbered in the order of `Who::ALL`.
        let seller = 1 + Who::ALL.iter().position(|who| *who == Who::Seller).unwrap() as u64;
        let writes = story(&ring, seller, &codes);
        let tickets = writes.iter().filter_map(|write| match write {
            Write::Report(letter) => Some(letter.ticket.clone()),
            Write::Document(..) => None,
        });
        let tickets = tickets.collect();
        backend.stop();
        Self { backend, ring, writes, codes, tickets }
    }

    /// Sends a write; nothing if the server is gone.
    fn send(&self, backend: &Backend, number: usize) -> Option<Answer> {
        match &self.writes[number] {
            Write::Document(who, route, body) => {
                let route = format!("/api/v1/{route}");
                backend.client(*who).try_post(&route, body, &format!("write-{number}")).ok()
            }
            Write::Report(letter) => self.ring.try_send_to(&backend.nobody(), "/edge/v1/reports", &letter.body),
        }
    }

    /// What anybody can see: each code as its owner sees it, the packages, the reports.
    fn look(&self, backend: &Backend) -> Value {
        let inspector = backend.client(Who::Inspector);
        let strip = |mut value: Value| {
            // Moments differ from run to run.
            strip_times(&mut value);
            value
        };
        let units: Vec<Value> = self.codes.iter().map(|code| strip(inspector.unit(code))).collect();
        let packages: Vec<Value> =
            (1..4).map(|number| strip(inspector.get(&format!("/api/v1/packages/{}", sscc(number))).json())).collect();
        let reports = inspector.get("/api/v1/reports?limit=100").ok();
        let held: BTreeSet<String> = reports["reports"]
            .as_array()
            .unwrap()
            .iter()
            .map(|report| report["ticket"].as_str().unwrap().to_owned())
            .collect();
        let reports: Vec<bool> = self.tickets.iter().map(|ticket| held.contains(ticket)).collect();
        assert!(held.len() == reports.iter().filter(|held| **held).count(), "a report that nobody sent");
        let documents = (1..).take_while(|number| inspector.get(&format!("/api/v1/documents/{number}")).status == 200);
        json!({"units": units, "packages": packages, "reports": reports, "documents": documents.count()})
    }

    /// What is to be seen before each write and at the end, in a run that nothing disturbs.
    fn looks(&self) -> Vec<Value> {
        let mut backend = self.backend.twin("undisturbed");
        backend.resume();
        let mut looks = vec![self.look(&backend)];
        for number in 0..self.writes.len() {
            self.send(&backend, number).unwrap().ok();
            looks.push(self.look(&backend));
        }
        looks
    }

    /// Kills at a sync; whether that was within the run.
    fn kill(&self, looks: &[Value], point: u32) -> bool {
        let place = format!("`tanba serve` killed at sync {point}");
        let mut backend = self.backend.twin("struck");
        let log = backend.data().join("strace.log");
        let url = format!("{}/api/openapi.json", backend.url());
        let injection = format!("{SYNC}:signal=KILL:when={point}");
        let is_up = backend.start_in(|serve| around(serve, Some(&injection), &log)).answers(&url);
        let mut told = Vec::new();
        while is_up && told.len() < self.writes.len() {
            match self.send(&backend, told.len()) {
                Some(answer) => {
                    assert!(answer.status < 300, "{place}: write {}: {}", told.len(), answer.json());
                    told.push(answer.bytes);
                }
                None => break,
            }
        }
        let is_hit = told.len() < self.writes.len();
        backend.kill();
        std::fs::remove_file(&log).unwrap();
        backend.audit(&place);

        backend.resume();
        let held = self.look(&backend);
        let at = looks.iter().rposition(|look| *look == held);
        let at = at.unwrap_or_else(|| panic!("{place}: after {} writes it is as never before: {held:#}", told.len()));
        let may_be = told.len()..=(told.len() + 1).min(self.writes.len());
        // Two moments may look alike: what was told counts then.
        assert!(may_be.contains(&at) || looks[told.len()] == held, "{place}: {} told, {at} there", told.len());
        for (number, bytes) in told.iter().enumerate() {
            let again = self.send(&backend, number).unwrap();
            if let Write::Document(..) = &self.writes[number] {
                assert_eq!(again.bytes, *bytes, "{place}: another answer to write {number}");
            }
        }
        assert_eq!(self.look(&backend), held, "{place}: a retry changed something");
        for number in told.len()..self.writes.len() {
            let answer = self.send(&backend, number).unwrap();
            assert!(answer.status < 300, "{place}: write {number}: {}", answer.json());
        }
        assert_eq!(self.look(&backend), *looks.last().unwrap(), "{place}: another end");
        is_hit
    }
}

fn strip_times(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            fields.retain(|name, _| !matches!(name.as_str(), "at" | "as_of" | "date"));
            fields.values_mut().for_each(strip_times);
        }
        Value::Array(values) => values.iter_mut().for_each(strip_times),
        _ => {}
    }
}

#[test]
fn killed_at_its_syncs() {
    let stage = Stage::new("syncs");
    let looks = stage.looks();
    let mut backend = stage.backend.twin("counted");
    let log = backend.data().join("strace.log");
    let url = format!("{}/api/openapi.json", backend.url());
    assert!(backend.start_in(|serve| around(serve, None, &log)).answers(&url));
    for number in 0..stage.writes.len() {
        stage.send(&backend, number).unwrap().ok();
    }
    backend.stop();
    let points = calls(&log).into_iter().max().unwrap();
    assert!(points as usize >= stage.writes.len(), "{} writes, {points} syncs", stage.writes.len());
    let hit = (1..=points).filter(|point| stage.kill(&looks, *point)).count();
    eprintln!("tanba serve: killed at {hit} of {points} syncs");
    assert_eq!(hit, points as usize, "a sync was not reached");
}

/// From the k-th sync on the disk fails: nothing is acknowledged any more, reading goes on, and a start finds what was.
#[test]
fn a_disk_that_fails_is_said_and_survived() {
    let stage = Stage::new("eio");
    let looks = stage.looks();
    // Once, and for good: after one failure the service does not believe a success.
    for injection in [format!("{SYNC}:error=EIO:when=9"), format!("{SYNC}:error=EIO:when=15+")] {
        let mut backend = stage.backend.twin("failing");
        let log = backend.data().join("strace.log");
        let url = format!("{}/api/openapi.json", backend.url());
        assert!(backend.start_in(|serve| around(serve, Some(&injection), &log)).answers(&url), "{injection}");
        let mut told = 0;
        let refused = loop {
            let answer = stage.send(&backend, told).expect("the service goes on");
            if answer.status >= 300 {
                break answer;
            }
            told += 1;
        };
        assert_eq!(refused.status, 503, "{injection}");
        assert_eq!(refused.refusal(), 1013, "{injection}");
        for number in told..(told + 3).min(stage.writes.len()) {
            let answer = stage.send(&backend, number).expect("the service goes on");
            assert_eq!(answer.status, 503, "{injection}: acknowledged after the disk had failed: {}", answer.json());
        }
        assert_eq!(stage.look(&backend), looks[told], "{injection}: what is read is what was acknowledged");
        let said = std::fs::read_to_string(backend.log()).unwrap();
        assert!(said.contains("the store failed"), "{injection}: the log says nothing:\n{said}");
        backend.kill();
        std::fs::remove_file(&log).unwrap();

        backend.resume();
        let held = stage.look(&backend);
        assert!(held == looks[told] || held == looks[told + 1], "{injection}: {told} told, and now {held:#}");
        for number in 0..stage.writes.len() {
            let answer = stage.send(&backend, number).unwrap();
            assert!(answer.status < 300, "{injection}: write {number}: {}", answer.json());
        }
        assert_eq!(stage.look(&backend), *looks.last().unwrap(), "{injection}");
    }
}
