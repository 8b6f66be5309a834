//! What a document is refused for, and where; what an accepted one does.

#![cfg(test)]

use backend_ledger::{Asked, Book, Effects, Party, Place, Plan, Series};
use shared::block::{Run, Runs};
use shared::date::{Date, Timestamp};
use shared::document::{Document, Range};
use shared::group::ProductGroup;
use shared::gs1::Gtin;
use shared::party::{PartyId, Role};
use shared::product::{Facts, Names, Paper, Product};
use shared::refusal::{Refusal, RefusalCode};
use shared::seal::Profile;
use shared::state::{BlockReason, DocumentNo, Status, UnitState, WithdrawalReason};

const OWNER: Party = Party { id: PartyId(1), role: Role::Producer };
const OTHER: Party = Party { id: PartyId(2), role: Role::Importer };
const SELLER: Party = Party { id: PartyId(3), role: Role::Seller };
const INSPECTOR: Party = Party { id: PartyId(4), role: Role::Inspector };

const SHOES: &str = "04870001234560";
const PILLS: &str = "04870001234577";

fn gtin(text: &str) -> Gtin {
    text.parse().unwrap()
}

fn date(text: &str) -> Date {
    text.parse().unwrap()
}

fn now() -> Timestamp {
    "2026-11-22T10:00:00Z".parse().unwrap()
}

fn product(of: &str, group: ProductGroup, country: &str) -> Product {
    Product {
        gtin: gtin(of),
        group,
        name: Names { kk: "Тауар".into(), ru: "Товар".into(), en: None },
        manufacturer: "Maker".into(),
        importer: (country != "KZ").then(|| "Bringer".into()),
        country: country.into(),
    }
}

fn facts() -> Facts {
    let paper = |number: &str| Paper { number: number.into(), date: date("2026-11-01") };
    Facts {
        place: "Almaty".into(),
        produced: date("2026-11-02"),
        expires: None,
        conformity: paper("C-1"),
        test: paper("T-1"),
        customs: None,
        price_tiyn: 100_000,
    }
}

/// Shoes made here, 10 000 issued: 0..100 applied, 100..200 in circulation, the rest just emitted. Imported pills of the
/// same owner, 10 issued and applied.
fn book() -> Book {
    let applied = UnitState { status: Status::Applied, ..UnitState::EMITTED };
    let out = UnitState { status: Status::InCirculation, introduced: Some(DocumentNo(3)), ..UnitState::EMITTED };
    let mut book = Book::default();
    let series = |product, issued| Series { product, owner: OWNER.id, issued };
    book.series.insert(gtin(SHOES), series(product(SHOES, ProductGroup::Footwear, "KZ"), 10_000));
    book.series.insert(gtin(PILLS), series(product(PILLS, ProductGroup::Medicine, "IN"), 10));
    let runs = Runs::from_runs([Run { len: 100, state: applied }, Run { len: 100, state: out }]);
    book.blocks.insert((gtin(SHOES), 0), runs);
    book.blocks.insert((gtin(PILLS), 0), Runs::from_runs([Run { len: 10, state: applied }]));
    book
}

fn range(of: &str, first: u64, count: u64) -> Range {
    Range { gtin: gtin(of), first, count }
}

fn decide(by: Party, document: Document) -> Result<Effects, Refusal> {
    // The first range stands in an order, all others are listed codes.
    let places = (0..9).map(|i| match i {
        0 => Place::Order { index: 0, base: 50 },
        i => Place::Code { index: i - 1 },
    });
    Plan::new(Asked { document, places: places.collect(), by, at: now() })?.decide(DocumentNo(7), &book())
}

fn refused(by: Party, document: Document) -> (RefusalCode, String) {
    let refusal = decide(by, document).unwrap_err();
    (refusal.code, refusal.at.unwrap_or_default())
}

fn withdraw(units: Vec<Range>, reason: WithdrawalReason) -> Document {
    Document::Withdraw { units, reason, region: None }
}

#[test]
fn refusals_name_the_place() {
    use RefusalCode as R;
    use WithdrawalReason::{Loss, RetailSale};
    let introduce = |units: Vec<Range>, facts: Facts| Document::Introduce { units, facts };
    let order = |of: &str, quantity| Document::OrderCodes { gtin: gtin(of), quantity, profile: Profile::Signed };
    let foreign = product("04600000000008", ProductGroup::Beer, "DE");
    let rows = [
        (OWNER, Document::Apply { units: vec![] }, R::NoUnits, "/units"),
        (OWNER, Document::Apply { units: vec![range(SHOES, 300, 0)] }, R::NoUnits, "/units"),
        (
            OWNER,
            Document::Apply { units: vec![range(SHOES, 300, 5), range(SHOES, 304, 1)] },
            R::CodeRepeated,
            "/units/codes/0",
        ),
        (
            OWNER,
            Document::Apply { units: vec![range(SHOES, 300, 5), range(SHOES, 300, 1)] },
            R::CodeRepeated,
            "/units/orders/0",
        ),
        (OWNER, Document::Apply { units: vec![range(SHOES, 0, 10_000_001)] }, R::TooManyCodes, "/units"),
        (OWNER, Document::Apply { units: vec![range(SHOES, u64::MAX, 5)] }, R::CodeNotIssued, "/units/orders/0"),
        (OWNER, Document::Apply { units: vec![range(SHOES, 9_999, 2)] }, R::CodeNotIssued, "/units/orders/0"),
        (OWNER, Document::Apply { units: vec![range("04600000000008", 0, 1)] }, R::CodeNotIssued, "/units/orders/0"),
        (
            OWNER,
            Document::Apply { units: vec![range(SHOES, 300, 1), range(SHOES, 99, 1)] },
            R::AlreadyApplied,
            "/units/codes/0",
        ),
        (OTHER, Document::Apply { units: vec![range(SHOES, 300, 1)] }, R::UnitNotYours, "/units/orders/0"),
        (SELLER, Document::Apply { units: vec![range(SHOES, 300, 1)] }, R::UnitNotYours, "/units/orders/0"),
        (INSPECTOR, Document::Apply { units: vec![range(SHOES, 300, 1)] }, R::Forbidden, ""),
        (OWNER, Document::Block { units: vec![range(SHOES, 3, 1)], reason: BlockReason::Unsafe }, R::Forbidden, ""),
        (OWNER, introduce(vec![range(SHOES, 0, 101)], facts()), R::AlreadyIntroduced, "/units/orders/0"),
        (OWNER, introduce(vec![range(SHOES, 0, 1), range(PILLS, 0, 1)], facts()), R::FieldInvalid, "/units/codes/0"),
        (OWNER, introduce(vec![range(PILLS, 0, 1)], facts()), R::CustomsDeclarationMissing, "/facts/customs"),
        (
            OWNER,
            introduce(vec![range(SHOES, 0, 1)], Facts { produced: date("2026-11-23"), ..facts() }),
            R::DateInFuture,
            "/facts/produced",
        ),
        (
            OWNER,
            introduce(vec![range(SHOES, 0, 1)], Facts { expires: Some(date("2026-11-21")), ..facts() }),
            R::Expired,
            "/facts/expires",
        ),
        (
            SELLER,
            withdraw(vec![range(SHOES, 100, 1), range(SHOES, 99, 1)], RetailSale),
            R::NotInCirculation,
            "/units/codes/0",
        ),
        (SELLER, withdraw(vec![range(SHOES, 100, 1)], Loss), R::UnitNotYours, "/units/orders/0"),
        (INSPECTOR, withdraw(vec![range(SHOES, 100, 1)], RetailSale), R::Forbidden, ""),
        (INSPECTOR, Document::Unblock { units: vec![range(SHOES, 0, 1)] }, R::NotBlocked, "/units/orders/0"),
        (OWNER, order("04600000000008", 1), R::ProductUnknown, "/gtin"),
        (OTHER, order(SHOES, 1), R::ProductNotYours, "/gtin"),
        (SELLER, order(SHOES, 1), R::Forbidden, ""),
        (OWNER, order(SHOES, 0), R::QuantityOutOfRange, "/quantity"),
        (OWNER, order(SHOES, 10_000_001), R::QuantityOutOfRange, "/quantity"),
        (OWNER, Document::RegisterProduct(product(SHOES, ProductGroup::Beer, "KZ")), R::ProductExists, "/gtin"),
        (
            OWNER,
            Document::RegisterProduct(Product { importer: None, ..foreign.clone() }),
            R::ImporterMismatch,
            "/importer",
        ),
        (INSPECTOR, Document::RegisterProduct(foreign), R::Forbidden, ""),
    ];
    for (by, document, code, at) in rows {
        assert_eq!(refused(by, document.clone()), (code, at.to_owned()), "{by:?} {document:?}");
    }
}

#[test]
fn a_refusal_within_an_order_counts_from_its_first_code() {
    let refusal = decide(OWNER, Document::Apply { units: vec![range(SHOES, 150, 100)] }).unwrap_err();
    assert_eq!(refusal.code, RefusalCode::AlreadyIntroduced);
    assert_eq!(refusal.args.get("number").map(String::as_str), Some("100"), "number 150 of a series, order from 50");
}

#[test]
fn a_series_ends_at_its_capacity() {
    let mut book = book();
    let tobacco = product("04600000000008", ProductGroup::Tobacco, "KZ");
    let capacity = ProductGroup::Tobacco.serial_format().capacity();
    book.series.insert(tobacco.gtin, Series { product: tobacco.clone(), owner: OWNER.id, issued: capacity - 3 });
    let ask = |quantity| {
        let document = Document::OrderCodes { gtin: tobacco.gtin, quantity, profile: Profile::Signed };
        let plan = Plan::new(Asked { document, places: vec![], by: OWNER, at: now() }).unwrap();
        plan.decide(DocumentNo(7), &book)
    };
    let issued = Range { gtin: tobacco.gtin, first: capacity - 3, count: 3 };
    assert_eq!(ask(3).unwrap(), Effects::Issued(issued));
    let refusal = ask(4).unwrap_err();
    assert_eq!(refusal.code, RefusalCode::SeriesExhausted);
    assert_eq!(refusal.args.get("left").map(String::as_str), Some("3"));
}

#[test]
fn a_range_over_blocks_changes_each() {
    let units = vec![range(SHOES, 4_090, 10), range(SHOES, 300, 1)];
    let Effects::Changed { blocks, units } = decide(OWNER, Document::Apply { units }).unwrap() else { panic!() };
    assert_eq!(units, 11);
    let shape: Vec<(u64, Vec<(u32, Status)>)> = blocks
        .iter()
        .map(|block| (block.block, block.runs.as_slice().iter().map(|run| (run.len, run.state.status)).collect()))
        .collect();
    use Status::{Applied, Emitted, InCirculation};
    assert_eq!(
        shape,
        [
            (
                0,
                vec![
                    (100, Applied),
                    (100, InCirculation),
                    (100, Emitted),
                    (1, Applied),
                    (3_789, Emitted),
                    (6, Applied)
                ]
            ),
            (1, vec![(4, Applied), (4_092, Emitted)]),
        ]
    );
}

#[test]
fn a_plan_needs_each_block_once() {
    let units = vec![range(SHOES, 9_000, 1), range(SHOES, 0, 5_000), range(SHOES, 5_000, 1), range(PILLS, 3, 1)];
    let places = (0..4).map(|index| Place::Code { index }).collect();
    let plan = Plan::new(Asked { document: Document::Apply { units }, places, by: OWNER, at: now() }).unwrap();
    let spans: Vec<_> = plan.needs().iter().map(|span| (span.gtin.to_string(), span.first, span.last)).collect();
    assert_eq!(spans, [(SHOES.to_owned(), 0, 2), (PILLS.to_owned(), 0, 0)]);
    assert_eq!(plan.gtins(), [gtin(SHOES), gtin(PILLS)]);
}

#[test]
fn a_seller_sells_what_others_own() {
    let sold = decide(SELLER, withdraw(vec![range(SHOES, 100, 100)], WithdrawalReason::RetailSale)).unwrap();
    assert_eq!(sold.units(), 100);
}
