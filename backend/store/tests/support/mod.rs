//! A store in a folder of its own, with participants and cards.

#![allow(dead_code, reason = "each test file uses a part of it")]

use backend_ledger::{Asked, Party, Place, Plan};
use backend_store::{ApiKeyHash, Applied, Idempotency, Receipt, Response, Store, Submission, SubmitError};
use shared::date::Timestamp;
use shared::document::{Document, Range};
use shared::group::ProductGroup;
use shared::gs1::Gtin;
use shared::party::Role;
use shared::product::{Facts, Names, Paper, Product};
use shared::seal::Profile;

/// Two cards; the check digits are right.
pub(crate) const GTINS: [&str; 2] = ["04870001234560", "04870001234577"];

pub(crate) const NOW: Timestamp = Timestamp(1_795_341_600_000);

pub(crate) struct World {
    pub(crate) folder: tempfile::TempDir,
    pub(crate) store: Store,
    pub(crate) producer: Party,
    pub(crate) seller: Party,
    pub(crate) inspector: Party,
    sent: u64,
}

impl World {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("book.sqlite")).unwrap();
        let party = |name, role| store.put_party(name, role, ApiKeyHash::of(name)).unwrap().party;
        let (producer, seller, inspector) =
            (party("producer", Role::Producer), party("seller", Role::Seller), party("inspector", Role::Inspector));
        let mut world = Self { folder, store, producer, seller, inspector, sent: 0 };
        for gtin in GTINS {
            world.send(producer, Document::RegisterProduct(product(gtin))).unwrap();
        }
        world
    }

    /// Sends a document under a new idempotency key.
    pub(crate) fn send(&mut self, by: Party, document: Document) -> Result<Receipt, SubmitError> {
        self.sent += 1;
        let key = format!("key-{}", self.sent);
        self.send_as(by, document, &key, "{}")
    }

    /// Sends a document in a request of this key and body.
    pub(crate) fn send_as(&self, by: Party, document: Document, key: &str, body: &str) -> Result<Receipt, SubmitError> {
        let places = (0..1000).map(|index| Place::Code { index }).collect();
        let plan = Plan::new(Asked { document, places, by, at: NOW })?;
        let submission = Submission {
            plan,
            idempotency: Idempotency::of(key.to_owned(), "/route", body.as_bytes()),
            body: body.to_owned(),
            key: Some("F0S1".parse().unwrap()),
        };
        self.store.submit(submission, |applied: &Applied| {
            Ok(Response { status: 201, body: format!("{} {}", applied.document.0, applied.units) })
        })
    }

    /// Orders the next codes of a series.
    pub(crate) fn order(&mut self, gtin: &str, quantity: u64) {
        let gtin = gtin.parse().unwrap();
        self.send(self.producer, Document::OrderCodes { gtin, quantity, profile: Profile::Signed }).unwrap();
    }
}

pub(crate) fn gtin(text: &str) -> Gtin {
    text.parse().unwrap()
}

pub(crate) fn range(of: &str, first: u64, count: u64) -> Range {
    Range { gtin: gtin(of), first, count }
}

pub(crate) fn product(of: &str) -> Product {
    Product {
        gtin: gtin(of),
        group: ProductGroup::Footwear,
        name: Names { kk: "Етік".into(), ru: "Сапоги".into(), en: None },
        manufacturer: "Maker".into(),
        importer: None,
        country: "KZ".into(),
    }
}

pub(crate) fn facts() -> Facts {
    let paper = |number: &str| Paper { number: number.into(), date: "2026-11-01".parse().unwrap() };
    Facts {
        place: "Almaty".into(),
        produced: "2026-11-02".parse().unwrap(),
        expires: None,
        conformity: paper("C-1"),
        test: paper("T-1"),
        customs: None,
        price_tiyn: 100_000,
    }
}
