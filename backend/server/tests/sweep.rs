//! Codes that are not applied in time are annulled, and no others.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use backend_ledger::{Asked, Party, Plan};
use backend_server::sweep::sweep;
use backend_store::{ApiKeyHash, Applied, Idempotency, Response, Store, Submission};
use shared::date::Timestamp;
use shared::document::{Document, Range};
use shared::group::ProductGroup;
use shared::party::Role;
use shared::product::{Names, Product};
use shared::seal::Profile;
use shared::state::{DocumentNo, Status};

const DAY_MS: i64 = 24 * 3600 * 1000;
const START: Timestamp = Timestamp(1_795_341_600_000);

fn day(number: i64) -> Timestamp {
    Timestamp(START.0 + number * DAY_MS)
}

struct World {
    store: Store,
    by: Party,
    sent: std::cell::Cell<u32>,
}

impl World {
    fn send(&self, document: Document, at: Timestamp) -> DocumentNo {
        let number = self.sent.replace(self.sent.get() + 1);
        let asked = Asked { document, places: Vec::new(), by: self.by, at, partial: false };
        let (tell, told) = std::sync::mpsc::channel();
        let respond = move |applied: &Applied| {
            tell.send(applied.document).unwrap();
            Ok(Response { status: 201, body: "{}".to_owned() })
        };
        let submission = Submission {
            plan: Plan::new(asked).unwrap(),
            idempotency: Idempotency::of(format!("test-{number}"), "/test", b"{}"),
            body: "{}".to_owned(),
            key: Some("FS01".parse().unwrap()),
        };
        self.store.submit(submission, respond).unwrap();
        told.try_iter().last().unwrap()
    }

    /// A card with codes ordered on a day; their numbers.
    fn order(&self, gtin: &str, group: ProductGroup, at: Timestamp) -> Range {
        let name = Names { kk: "Тауар".to_owned(), ru: "Товар".to_owned(), en: None };
        let gtin = gtin.parse().unwrap();
        let country = "KZ".to_owned();
        let product = Product { gtin, group, name, manufacturer: "ЖШС".to_owned(), importer: None, country };
        self.send(Document::RegisterProduct(product), at);
        let document = Document::OrderCodes { gtin, quantity: 10, profile: Profile::Signed };
        self.store.order(self.send(document, at)).unwrap().unwrap().range
    }

    /// How many codes are annulled.
    fn annulled(&self, range: Range) -> usize {
        let places: Vec<_> = (range.first..range.end()).map(|number| (range.series, number)).collect();
        let units = self.store.units(&places).unwrap();
        units.into_iter().flatten().filter(|unit| unit.state.status == Status::Annulled).count()
    }
}

#[test]
fn codes_not_applied_in_time_are_annulled() {
    let folder = std::env::temp_dir().join(format!("tanba-sweep-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let store = Store::open(&folder.join("book.sqlite")).unwrap();
    let by = store.put_party("Maker", Role::Producer, ApiKeyHash::of("key")).unwrap().party;
    let world = World { store, by, sent: std::cell::Cell::new(0) };
    let shoes = world.order("04870001234560", ProductGroup::Footwear, day(0));
    let pills = world.order("04870001234577", ProductGroup::Medicine, day(40));
    world.send(Document::Apply { units: vec![Range { count: 4, ..shoes }] }, day(1));

    // The last day of the term is still in time.
    assert_eq!(sweep(&world.store, day(30)).unwrap(), 0);
    assert_eq!(sweep(&world.store, day(31)).unwrap(), 6);
    assert_eq!((world.annulled(shoes), world.annulled(pills)), (6, 0));
    // Again, and after all are done, nothing is left to do.
    assert_eq!(sweep(&world.store, day(32)).unwrap(), 0);
    assert_eq!(sweep(&world.store, day(70)).unwrap(), 0);
    assert_eq!(sweep(&world.store, day(71)).unwrap(), 10);
    assert_eq!(world.annulled(pills), 10);
    assert_eq!(sweep(&world.store, day(200)).unwrap(), 0);
    drop(world);
    std::fs::remove_dir_all(&folder).unwrap();
}
