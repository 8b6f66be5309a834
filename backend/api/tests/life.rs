//! The life of codes over the interface: ordered, downloaded, applied, introduced, sold; blocked; reported.

#![cfg(test)]

mod support;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use shared::code::{Reading, Secrets, TailCheck, read};
use shared::party::Role::{Importer, Inspector, Producer, Seller};
use shared::report::{ENVELOPE_INFO, Report, ViolationKind, to_bytes};
use shared::seal::envelope::{EnvelopeKey, seal};
use shared::seal::{SignedKeySet, SigningKey};
use shared::ticket::ReportId;
use shared::wire::v1::projection::Projection;
use support::{Answer, NOW, PILLS, REPORT_KEY, SHOES, World, facts, keyring, units};

#[tokio::test]
async fn from_card_to_sale() {
    let world = World::new();
    let order = world.order(600).await;
    let codes = world.codes(Producer, order).await;
    assert_eq!(codes.len(), 600);
    let applied = world.post(Producer, "/api/v1/applications", &json!({"units": units(order)})).await.ok();
    assert_eq!((&applied["type"], &applied["units"]), (&json!("apply"), &json!(600)));
    let body = json!({"units": units(order), "facts": facts()});
    let introduced = world.post(Producer, "/api/v1/introductions", &body).await.ok();

    // Sold one by one, by a seller, as codes in three notations.
    let listed = [codes[3].clone(), codes[5].replace('\u{1d}', "\\u001d"), format!("]d2{}", codes[7])];
    let sale = json!({"units": {"codes": listed}, "reason": "retail_sale", "region": "75"});
    let sold = world.post(Seller, "/api/v1/withdrawals", &sale).await.ok();
    let unit = world.post(Producer, "/api/v1/units/lookup", &json!({"code": codes[5]})).await.ok();
    assert_eq!(unit["status"], "withdrawn");
    assert_eq!((&unit["introduced"], &unit["withdrawn"]), (&introduced["document"], &sold["document"]));

    // Sold again.
    let again = json!({"units": {"codes": [codes[4], codes[5]]}, "reason": "retail_sale"});
    assert_eq!(
        world.post(Seller, "/api/v1/withdrawals", &again).await.refusal_at(),
        (4005, "/units/codes/1".to_owned())
    );
    let unit = world.post(Producer, "/api/v1/units/lookup", &json!({"code": codes[4]})).await.ok();
    assert_eq!(unit["status"], "in_circulation", "a refused document changes nothing");

    // A block is in the way of a sale.
    let block = json!({"units": {"codes": [codes[4]]}, "reason": "recalled"});
    world.post(Inspector, "/api/v1/blocks", &block).await.ok();
    let sale = json!({"units": {"codes": [codes[4]]}, "reason": "retail_sale"});
    assert_eq!(world.post(Seller, "/api/v1/withdrawals", &sale).await.refusal(), 4006);

    // What the edge gets of it.
    let projection: Projection =
        serde_json::from_value(world.edge("GET", &format!("/edge/v1/projections/{SHOES}/0"), "").await.ok()).unwrap();
    assert_eq!(projection.runs.iter().map(|run| run.len).sum::<u32>(), 600);
    assert_eq!(projection.facts.len(), 1);
    let sold = projection.state(3).unwrap().withdrawal.unwrap();
    assert_eq!((sold.region.map(|region| region.as_str()), sold.date), (Some("75"), NOW.date()));
    assert!(projection.state(4).unwrap().block.is_some());
    let text = serde_json::to_string(&projection).unwrap();
    assert!(!text.contains("owner") && !text.contains("party"), "a consumer never sees owners");
}

#[tokio::test]
async fn documents_are_seen_by_sender_and_state_bodies() {
    let world = World::new();
    let order = world.order(5).await;
    let body = json!({"units": units(order)});
    let number = world.post(Producer, "/api/v1/applications", &body).await.ok()["document"].as_u64().unwrap();
    let path = format!("/api/v1/documents/{number}");
    for role in [Producer, Inspector] {
        assert_eq!(world.get(role, &path).await.ok()["body"], body);
    }
    for role in [Importer, Seller] {
        assert_eq!(world.get(role, &path).await.refusal(), 1006);
    }
    for path in [format!("/api/v1/orders/{order}"), format!("/api/v1/orders/{order}/codes")] {
        assert_eq!(world.get(Importer, &path).await.refusal(), 3003, "an order is its owner's alone");
    }
    let refused = world.ask("key-of-other", "POST", "/api/v1/applications", &body.to_string()).await;
    assert_eq!(refused.refusal_at(), (3003, "/units/orders/0/order".to_owned()));
}

#[tokio::test]
async fn imported_goods_need_their_customs_declaration() {
    let world = World::new();
    world.cards().await;
    let body = json!({"gtin": PILLS, "quantity": 3});
    let order = world.post(Importer, "/api/v1/orders", &body).await.ok()["order"].as_u64().unwrap();
    world.post(Importer, "/api/v1/applications", &json!({"units": units(order)})).await.ok();
    let mut facts = facts();
    let introduce = async |facts: &Value| {
        world.post(Importer, "/api/v1/introductions", &json!({"units": units(order), "facts": facts})).await
    };
    assert_eq!(introduce(&facts).await.refusal_at(), (4009, "/facts/customs".to_owned()));
    facts["customs"] = json!({"number": "55302/221126/0000123", "date": "2026-11-22"});
    assert_eq!(introduce(&facts).await.refusal_at(), (4008, "/facts/expires".to_owned()));
    facts["expires"] = json!("2026-11-21");
    assert_eq!(introduce(&facts).await.refusal_at(), (4011, "/facts/expires".to_owned()));
    facts["expires"] = json!("2028-11-21");
    introduce(&facts).await.ok();
}

/// The three profiles give codes that read back, verify, and are the same whenever they are asked.
#[tokio::test]
async fn codes_of_every_profile() {
    let world = World::new();
    world.cards().await;
    let ring = keyring();
    for (profile, length) in [("signed", 124_usize), ("mac", 85), ("short", 38)] {
        let body = json!({"gtin": SHOES, "quantity": 1000, "profile": profile});
        let order = world.post(Producer, "/api/v1/orders", &body).await.ok()["order"].as_u64().unwrap();
        let codes = world.codes(Producer, order).await;
        assert_eq!(codes, world.codes(Producer, order).await);
        let mut once = codes.clone();
        once.sort_unstable();
        once.dedup();
        assert_eq!(once.len(), 1000);
        assert!(codes.iter().all(|code| code.len() == length), "{profile}: {}", codes[0].len());
        let reading = read(&codes[999], ring.set(), &Secrets::default());
        let Reading::Mark(mark) = &reading.reading else { panic!("{reading:?}") };
        assert_eq!(mark.element_string(), codes[999]);
        let expected = if profile == "signed" { TailCheck::Valid } else { TailCheck::NeedsSecret };
        assert_eq!(reading.tail, Some(expected));
        let unit = world.post(Producer, "/api/v1/units/lookup", &json!({"code": codes[999]})).await.ok();
        assert_eq!((unit["status"].as_str(), unit["serial"].as_str()), (Some("emitted"), Some(mark.serial.as_str())));

        // CSV says the same, and ranges are cut from the same list.
        let csv = world.get(Producer, &format!("/api/v1/orders/{order}/codes?format=csv&first=250&count=300")).await;
        assert_eq!(csv.header("content-type"), "text/csv; charset=utf-8; header=present");
        let text = csv.text();
        let mut lines = text.split("\r\n");
        assert_eq!(lines.next(), Some("code,gtin,serial"));
        for code in &codes[250..550] {
            let line = lines.next().unwrap();
            let (printed, rest) = line.split_once(',').unwrap();
            assert_eq!(printed, code);
            assert!(rest.starts_with(SHOES) && code.contains(&rest[15..]), "{line}");
        }
        assert_eq!(lines.collect::<Vec<_>>(), [""]);

        let sheet = world.get(Producer, &format!("/api/v1/orders/{order}/labels.pdf?count=30")).await;
        assert_eq!((sheet.status, sheet.header("content-type")), (200, "application/pdf"));
        assert!(sheet.bytes.starts_with(b"%PDF-"));
    }
}

#[tokio::test]
async fn an_altered_code_is_not_believed() {
    let world = World::new();
    let order = world.order(2).await;
    let code = world.codes(Producer, order).await.remove(0);
    let last = if code.ends_with('A') { 'B' } else { 'A' };
    let altered = format!("{}{last}", &code[..code.len() - 1]);
    let lookup =
        async |code: &str| world.post(Producer, "/api/v1/units/lookup", &json!({"code": code})).await.refusal_at();
    let at = |number| (number, "/code".to_owned());
    assert_eq!(lookup(&altered).await, at(3005));
    assert_eq!(lookup(&code[..60]).await, at(3004));
    assert_eq!(lookup("https://example.org/").await, at(3004));
    assert_eq!(lookup("").await, at(6001));
    assert_eq!(lookup(&"0".repeat(600)).await, at(6002));
    let other = world.ask("key-of-other", "POST", "/api/v1/units/lookup", &json!({"code": code}).to_string()).await;
    assert_eq!(other.refusal_at(), at(4012));
}

#[tokio::test]
async fn a_retry_gets_the_same_answer() {
    let world = World::new();
    world.cards().await;
    let key = support::key_of(Producer);
    let order = |quantity: u64| json!({"gtin": SHOES, "quantity": quantity}).to_string();
    let ask = async |body: String| world.ask_as(&key, "POST", "/api/v1/orders", &body, "retry-1").await;
    let first = ask(order(10)).await;
    let again = ask(order(10)).await;
    assert_eq!((first.status, &first.bytes), (again.status, &again.bytes));
    assert_eq!((first.header("idempotency-replayed"), again.header("idempotency-replayed")), ("", "true"));
    assert_eq!(ask(order(11)).await.refusal(), 1009);
    let elsewhere = world.ask_as(&key, "POST", "/api/v1/products", &support::shoes().to_string(), "retry-1").await;
    assert_eq!(elsewhere.refusal(), 1009);
    let gtin = SHOES.parse().unwrap();
    assert_eq!(world.store.series(gtin).unwrap().unwrap().issued, 10);
}

fn sealed(id: ReportId, note: &str, photo: &[u8]) -> String {
    let report = Report {
        kind: ViolationKind::SoldAgain,
        note: note.to_owned(),
        code: None,
        verdict: Some("genuine_sold".to_owned()),
        at: NOW,
        place: None,
        language: "kk".to_owned(),
    };
    let bytes = to_bytes(&report, photo).unwrap();
    let public = EnvelopeKey::from_bytes(&REPORT_KEY).public();
    struct Counter(u8);
    impl shared::seal::rand_core::TryRng for Counter {
        type Error = std::convert::Infallible;
        fn try_next_u32(&mut self) -> Result<u32, Self::Error> {
            self.0 = self.0.wrapping_add(1);
            Ok(u32::from_le_bytes([self.0; 4]))
        }
        fn try_next_u64(&mut self) -> Result<u64, Self::Error> {
            self.0 = self.0.wrapping_add(1);
            Ok(u64::from_le_bytes([self.0; 8]))
        }
        fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Self::Error> {
            self.0 = self.0.wrapping_add(1);
            bytes.fill(self.0);
            Ok(())
        }
    }
    impl shared::seal::rand_core::TryCryptoRng for Counter {}
    let sealed = seal(&public, ENVELOPE_INFO, id.to_string().as_bytes(), &bytes, &mut Counter(0)).unwrap();
    json!({
        "id": id.to_string(),
        "enc": URL_SAFE_NO_PAD.encode(sealed.enc),
        "ciphertext": URL_SAFE_NO_PAD.encode(sealed.ciphertext),
    })
    .to_string()
}

#[tokio::test]
async fn a_report_comes_once_and_is_read_by_state_bodies() {
    let world = World::new();
    let id = ReportId([7; 16]);
    let photo = [&[0xff, 0xd8, 0xff, 0xe0][..], &[9; 500]].concat();
    let deliver = async |body: String| world.edge("POST", "/edge/v1/reports", &body).await;
    let first = deliver(sealed(id, "Екі рет сатылды", &photo)).await;
    assert_eq!(first.status, 201);
    let ticket = id.ticket().to_string();
    assert_eq!(first.json(), json!({"ticket": ticket, "status": "delivered", "at": NOW}));
    let again = deliver(sealed(id, "Екі рет сатылды", &photo)).await;
    assert_eq!((again.status, again.json()), (200, first.json()));

    let list = world.get(Inspector, "/api/v1/reports").await.ok();
    assert_eq!(list["reports"].as_array().unwrap().len(), 1);
    let report = world.get(Inspector, &format!("/api/v1/reports/{ticket}")).await.ok();
    assert_eq!((&report["report"]["note"], &report["photo_bytes"]), (&json!("Екі рет сатылды"), &json!(504)));
    assert!(report["report"].get("place").is_none());
    let kept = world.get(Inspector, &format!("/api/v1/reports/{ticket}/photo")).await;
    assert_eq!((kept.header("content-type"), &kept.bytes), ("image/jpeg", &photo));
    let status = world.edge("GET", &format!("/edge/v1/reports/{ticket}"), "").await.ok();
    assert_eq!(status["status"], "delivered");

    // Without a photo, to another id, with a photo that is none.
    let bare = ReportId([8; 16]);
    assert_eq!(deliver(sealed(bare, "", b"")).await.status, 201);
    assert_eq!(world.get(Inspector, &format!("/api/v1/reports/{}/photo", bare.ticket())).await.refusal(), 1006);
    let page = world.get(Inspector, &format!("/api/v1/reports?limit=1&before={ticket}")).await;
    assert_eq!(page.status, 200, "{}", page.text());
    let moved = sealed(id, "x", b"").replace(&id.to_string(), &ReportId([9; 16]).to_string());
    assert_eq!(deliver(moved).await.refusal(), 5001);
    assert_eq!(deliver(sealed(ReportId([10; 16]), "x", b"GIF89a")).await.refusal(), 5001);
}

#[tokio::test]
async fn the_edge_gets_the_signed_keys() {
    let world = World::new();
    let set: SignedKeySet = serde_json::from_value(world.edge("GET", "/edge/v1/keys", "").await.ok()).unwrap();
    let keys = set.verify(&SigningKey::from_seed(&[2; 32]).public()).unwrap();
    assert_eq!((keys.version, keys.keys.len()), (7, 18));
    assert!(!set.payload.contains("secret"));
}

#[tokio::test]
async fn a_retired_key_signs_no_new_order() {
    let world = World::new();
    let mut card = support::shoes();
    card["group"] = json!("tobacco");
    world.post(Producer, "/api/v1/products", &card).await.ok();
    let answer: Answer = world.post(Producer, "/api/v1/orders", &json!({"gtin": SHOES, "quantity": 1})).await;
    assert_eq!(answer.refusal_at(), (3008, "/profile".to_owned()));
}

/// Many listed codes are read by several threads; the refusal still names the right one.
#[tokio::test]
async fn a_long_list_is_read_in_order() {
    let world = World::new();
    let order = world.order(900).await;
    let mut codes = world.codes(Producer, order).await;
    codes.reverse();
    let good = codes[700].clone();
    codes[700] = codes[700].replace(SHOES, PILLS);
    let apply = async |codes: &[String]| {
        world.post(Producer, "/api/v1/applications", &json!({"units": {"codes": codes}})).await
    };
    assert_eq!(apply(&codes).await.refusal_at(), (3005, "/units/codes/700".to_owned()));
    codes[700] = good;
    assert_eq!(apply(&codes).await.ok()["units"], 900);
    // Every code that is in the way is told, in the order of the body.
    for at in [3, 500, 899] {
        codes[at] = codes[at].replace(SHOES, PILLS);
    }
    let answer = apply(&codes).await;
    let errors = answer.json()["errors"].clone();
    let told = errors.as_array().unwrap().iter().map(|error| error["at"].as_str().unwrap().to_owned());
    assert_eq!(told.collect::<Vec<_>>(), ["/units/codes/3", "/units/codes/500", "/units/codes/899"]);
    assert_eq!(answer.json()["code"], errors[0]["code"]);
    assert!(errors[2]["title"].as_str().is_some_and(|title| !title.is_empty()));
}
