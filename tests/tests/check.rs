//! Checks at the edge, in workerd: the ten verdicts, Digital Links, keys; with the backend, without it, and after it.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use serde_json::{Value, json};
use shared::gs1::{ElementString, GS, digital_link};
use shared::seal::SignedKeySet;
use std::time::Duration;
use tests::backend::{Backend, Who};
use tests::edge::Edge;
use tests::facts;
use tests::ring::Ring;

/// Codes in every state, each of a block that no other state shares where it matters.
struct Goods {
    /// Footwear, signed: 0 emitted, 1 applied, 2 in circulation, 3 sold, 4 exported, 5 blocked, 6 blocked after its sale.
    shoes: Vec<String>,
    /// Beer, with `mac` tails, in circulation.
    beer: Vec<String>,
    /// Tobacco, with `short` tails, in circulation.
    tobacco: Vec<String>,
    /// Of cards of their own, in circulation, never checked before the backend is gone: signed, `mac`, `short`.
    unseen: [String; 3],
}

fn goods(backend: &Backend) -> Goods {
    let producer = backend.client(Who::Producer);
    let order = producer.shoes(1, 20);
    let shoes = producer.codes(order);
    producer.apply(&facts::part(order, 1, 6));
    producer.introduce(&facts::part(order, 2, 5));
    backend.client(Who::Seller).sell(&facts::codes(&[shoes[3].clone(), shoes[6].clone()]));
    producer.withdraw(&facts::codes(&shoes[4..5]), "export");
    backend.client(Who::Inspector).block(&facts::codes(&shoes[5..7]), "recalled");
    let in_circulation = |item: u32, group: &str, profile: &str| {
        let gtin = facts::gtin(item);
        producer.register(&facts::domestic(&gtin, group));
        let order = producer.order(&gtin, 5, profile);
        producer.apply(&facts::whole(order));
        producer.introduce(&facts::whole(order));
        producer.codes(order)
    };
    Goods {
        shoes,
        beer: in_circulation(2, "beer", "mac"),
        tobacco: in_circulation(3, "tobacco", "short"),
        unseen: [(4, "footwear", "signed"), (5, "beer", "mac"), (6, "tobacco", "short")]
            .map(|(item, group, profile)| in_circulation(item, group, profile)[0].clone()),
    }
}

fn check(edge: &Edge, code: &str) -> Value {
    edge.client().ask("/v1/check", &json!({"code": code})).ok()
}

#[test]
fn the_edge_answers_with_and_without_the_backend() {
    let mut backend = Backend::start("check");
    let mut edge = Edge::start(&backend);
    let goods = goods(&backend);
    let ring = Ring::of(&backend);
    verdicts(&edge, &goods);
    repairs(&edge, &goods);
    what_the_card_says(&edge, &goods);
    never_issued_but_well_sealed(&edge, &ring, &goods);
    digital_links(&edge, &goods);
    keys_and_health(&edge, &ring);
    refusals(&edge);
    news_arrive(&backend, &edge, &goods);

    backend.stop();
    without_the_backend(&edge, &goods);
    // A new isolate has nothing but what the shared cache kept.
    edge.stop();
    edge.resume(&backend);
    from_the_cache(&edge, &goods);

    backend.resume();
    recovered(&edge, &goods);
}

/// The code with one character of its tail changed.
fn altered(code: &str) -> String {
    let at = code.len() - 7;
    let other = if &code[at..=at] == "A" { "B" } else { "A" };
    format!("{}{other}{}", &code[..at], &code[at + 1..])
}

fn verdicts(edge: &Edge, goods: &Goods) {
    let shoes = &goods.shoes;
    let tail = |code: &str| code.rfind(&format!("{GS}92")).unwrap();
    let other_serial = shoes[2].replacen("213", "214", 1);
    let swapped = format!("{}{}", &shoes[2][..tail(&shoes[2])], &shoes[3][tail(&shoes[3])..]);
    let rows = [
        (shoes[0].clone(), "genuine_not_introduced"),
        (shoes[1].clone(), "genuine_not_introduced"),
        (shoes[2].clone(), "genuine"),
        (shoes[3].clone(), "genuine_sold"),
        (shoes[4].clone(), "genuine_withdrawn"),
        (shoes[5].clone(), "genuine_blocked"),
        (shoes[6].clone(), "genuine_blocked"),
        (goods.beer[0].clone(), "genuine"),
        (goods.tobacco[0].clone(), "genuine"),
        (altered(&shoes[2]), "not_issued"),
        (altered(&goods.beer[0]), "not_issued"),
        // Seven characters do not tell their country: as likely another state's as forged.
        (format!("{}AAAA", &goods.tobacco[0][..goods.tobacco[0].len() - 4]), "foreign"),
        (swapped, "not_issued"),
        (other_serial, "not_issued"),
        (format!("0104604060000015215Rq7mWz!c4KdH{GS}91EE06{GS}92{}", "k3Vh".repeat(11)), "foreign"),
        (format!("0104607080000027215kT!v2Qb8nLwX{GS}91FFD0{GS}92{}", "Zp4n".repeat(22)), "foreign"),
        (shoes[2][..shoes[2].len() - 40].to_owned(), "incomplete"),
        (shoes[2][..tail(&shoes[2])].to_owned(), "incomplete"),
        (shoes[2][..31].to_owned(), "incomplete"),
        (shoes[2][..25].to_owned(), "incomplete"),
        (shoes[2][..16].to_owned(), "incomplete"),
        (shoes[2][..12].to_owned(), "incomplete"),
        (facts::gtin(1), "not_a_mark"),
        ("(00)048700000000000015".to_owned(), "not_a_mark"),
        ("https://example.kz/shoes?id=5".to_owned(), "not_a_mark"),
        ("Етік, былғары".to_owned(), "not_a_mark"),
        ("0".to_owned(), "not_a_mark"),
    ];
    for (code, verdict) in rows {
        let answer = check(edge, &code);
        assert_eq!(answer["verdict"], verdict, "{code:?}: {answer}");
        let known = verdict.starts_with("genuine");
        assert_eq!(answer["card"].is_object(), known, "{code:?}: {answer}");
        assert_eq!(answer["evidence"]["ledger"], known, "{code:?}: {answer}");
        assert_eq!(answer["as_of"].is_string(), known, "{code:?}: {answer}");
    }
}

/// Every notation that a scanner or a keyboard makes of a code reads as the code.
fn repairs(edge: &Edge, goods: &Goods) {
    let code = &goods.shoes[2];
    let hri = ElementString::parse(code).unwrap().hri();
    let rows = [
        (format!("]d2{code}"), false),
        (format!("{GS}{code}"), false),
        (code.replace(GS, "<GS>"), false),
        (code.replace(GS, "{FNC1}"), false),
        (code.replace(GS, "\\u001d"), false),
        (hri, false),
        (format!("  {code}\r\n"), false),
        (code.chars().map(swap_case).collect(), true),
    ];
    for (text, must_be_repaired) in rows {
        let answer = check(edge, &text);
        assert_eq!(answer["verdict"], "genuine", "{text:?}: {answer}");
        assert_eq!(answer["code"]["serial"].as_str(), Some(&code[18..31]), "{text:?}: {answer}");
        assert!(!must_be_repaired || answer["evidence"]["repaired"] == true, "{text:?}: {answer}");
    }
}

/// What Caps Lock makes of a letter.
fn swap_case(c: char) -> char {
    if c.is_ascii_uppercase() { c.to_ascii_lowercase() } else { c.to_ascii_uppercase() }
}

fn what_the_card_says(edge: &Edge, goods: &Goods) {
    let answer = check(edge, &goods.shoes[2]);
    let batch = facts::batch();
    assert_eq!(answer["card"]["facts"], batch, "the facts of R5");
    assert_eq!(answer["card"]["product"]["manufacturer"], "«Алатау аяқ киім» ЖШС");
    assert_eq!(answer["card"]["product"]["name"]["kk"], "Былғары етік");
    assert_eq!(answer["evidence"]["tail"], "valid");
    assert_eq!(answer["code"]["profile"], "signed");
    assert!(!answer.to_string().contains("owner"), "a consumer never sees owners: {answer}");

    let sold = check(edge, &goods.shoes[3]);
    assert_eq!(sold["state"]["withdrawal"]["reason"], "retail_sale", "{sold}");
    assert_eq!(sold["state"]["withdrawal"]["region"], "35", "{sold}");
    assert!(sold["state"]["withdrawal"]["date"].is_string(), "{sold}");
    assert_eq!(check(edge, &goods.shoes[4])["state"]["withdrawal"]["reason"], "export");
    let blocked = check(edge, &goods.shoes[6]);
    assert_eq!((&blocked["evidence"]["stop"], &blocked["state"]["status"]), (&json!("recalled"), &json!("withdrawn")));
    assert_eq!(check(edge, &goods.shoes[0])["card"]["facts"], Value::Null, "facts before the introduction");
}

/// A tail that verifies does not make a number that the ledger never issued.
fn never_issued_but_well_sealed(edge: &Edge, ring: &Ring, goods: &Goods) {
    let issued = &goods.beer[0];
    let number = ring.number(&goods.beer[4]);
    for beyond in [number + 1, number + 100, number + 1_000_000] {
        let code = ring.mac_code(issued, beyond);
        assert_eq!(ring.number(&code), beyond);
        let answer = check(edge, &code);
        assert_eq!(answer["verdict"], "not_issued", "number {beyond}: {answer}");
        assert_eq!(answer["evidence"]["tail"], "valid", "{answer}");
    }
}

fn digital_links(edge: &Edge, goods: &Goods) {
    let client = edge.client();
    for (code, verdict) in
        [(&goods.shoes[2], "genuine"), (&goods.shoes[3], "genuine_sold"), (&goods.beer[0], "genuine")]
    {
        let whole = ElementString::parse(code).unwrap();
        let without_tail = ElementString::parse(code.split(GS).next().unwrap()).unwrap();
        for (elements, tail) in [(&whole, "valid"), (&without_tail, "absent")] {
            let link = digital_link::print(elements, &edge.url()).unwrap();
            let target = link.strip_prefix(&edge.url()).unwrap();
            let as_json = client.request("GET", target, &[("accept", "application/json")], None).unwrap().ok();
            assert_eq!(
                (&as_json["verdict"], &as_json["evidence"]["tail"]),
                (&json!(verdict), &json!(tail)),
                "{target}"
            );

            let page = client.request("GET", target, &[("accept", "text/html,*/*;q=0.8")], None).unwrap();
            assert_eq!(page.status, 303, "{target}");
            let place = page.header("location").unwrap().to_owned();
            assert!(place.starts_with("/check?link="), "{place}");

            let links = client.request("GET", target, &[("accept", "application/linkset+json")], None).unwrap();
            assert_eq!((links.status, links.media_type.as_str()), (200, "application/linkset+json"));
            let set = links.json()["linkset"][0].clone();
            assert_eq!(set["anchor"], link.as_str(), "{set}");
            assert!(set["https://ref.gs1.org/voc/defaultLink"][0]["href"].as_str().unwrap().ends_with(&place), "{set}");
        }
    }
}

fn keys_and_health(edge: &Edge, ring: &Ring) {
    let client = edge.client();
    let answer = client.get("/v1/keys");
    let etag = answer.header("etag").unwrap().to_owned();
    let body = answer.ok();
    let signed: SignedKeySet =
        serde_json::from_value(json!({"payload": body["payload"], "signature": body["signature"]})).unwrap();
    assert_eq!(signed.verify(&ring.anchor).unwrap(), ring.keys);
    assert_eq!(body["anchor"], ring.anchor.to_string());
    let again = client.request("GET", "/v1/keys", &[("if-none-match", &etag)], None).unwrap();
    assert_eq!((again.status, again.bytes.len()), (304, 0));
    let head = client.request("HEAD", "/v1/keys", &[], None).unwrap();
    assert_eq!((head.status, head.bytes.len()), (200, 0));

    let health = client.get("/v1/health").ok();
    assert_eq!((&health["status"], &health["backend"]), (&json!("ok"), &json!("up")), "{health}");
    assert_eq!(health["keys_version"], ring.keys.version);
}

fn refusals(edge: &Edge) {
    let client = edge.client();
    let long = json!({"code": "0".repeat(513)});
    assert_eq!(client.ask("/v1/check", &json!({"code": ""})).refusal(), 6001);
    assert_eq!(client.ask("/v1/check", &json!({"code": "  "})).refusal(), 6001);
    assert_eq!(client.ask("/v1/check", &long).refusal(), 6002);
    assert_eq!(client.get("/v1/reports/TB-0000-0000-0000-0000").refusal(), 5002);
    assert_eq!(client.get("/v1/reports/nonsense").refusal(), 5003);
    let mut titles: Vec<String> = ["kk-KZ", "ru", "en-GB,en;q=0.9"]
        .map(|language| {
            let headers = [("content-type", "application/json"), ("accept-language", language)];
            let answer = client.request("POST", "/v1/check", &headers, Some(long.to_string().into_bytes())).unwrap();
            answer.json()["title"].as_str().unwrap().to_owned()
        })
        .into();
    titles.sort_unstable();
    titles.dedup();
    assert_eq!(titles.len(), 3, "{titles:?}");
}

/// What the ledger learns is seen at the edge once its copy is no longer fresh.
fn news_arrive(backend: &Backend, edge: &Edge, goods: &Goods) {
    assert_eq!(check(edge, &goods.beer[1])["verdict"], "genuine");
    backend.client(Who::Seller).sell(&facts::codes(&goods.beer[1..2]));
    until(|| check(edge, &goods.beer[1])["verdict"] == "genuine_sold", edge);
    assert_eq!(check(edge, &goods.beer[2])["verdict"], "genuine");
    // A number issued a moment ago, in a block that the edge has already.
    let producer = backend.client(Who::Producer);
    let order = producer.order(&facts::gtin(2), 3, "mac");
    let fresh = &producer.codes(order)[0];
    until(|| check(edge, fresh)["verdict"] == "genuine_not_introduced", edge);
}

fn until(mut holds: impl FnMut() -> bool, edge: &Edge) {
    for _ in 0..300 {
        if holds() {
            return;
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    panic!("it does not become so; the edge says:\n{}", std::fs::read_to_string(edge.log()).unwrap_or_default());
}

/// What the edge has seen, it still answers, with the time at which it was true; of the rest it says what a signature says.
fn without_the_backend(edge: &Edge, goods: &Goods) {
    from_the_cache(edge, goods);
    until(|| edge.client().get("/v1/health").ok()["backend"] == "down", edge);
    assert_eq!(edge.client().get("/v1/keys").status, 200);
    for code in &goods.unseen {
        let answer = check(edge, code);
        assert_eq!(answer["verdict"], "genuine_offline", "{answer}");
        assert_eq!((&answer["as_of"], &answer["evidence"]["tail"]), (&Value::Null, &json!("valid")), "{answer}");
    }
    for code in &goods.unseen[..2] {
        assert_eq!(check(edge, &altered(code))["verdict"], "not_issued");
    }
    let link = digital_link::print(&ElementString::parse(&goods.unseen[0][..31]).unwrap(), &edge.url()).unwrap();
    let answer = edge.client().get(link.strip_prefix(&edge.url()).unwrap());
    assert_eq!(answer.refusal(), 6003, "a code without its tail and without the ledger is worth nothing");
}

fn from_the_cache(edge: &Edge, goods: &Goods) {
    for (code, verdict) in [
        (&goods.shoes[2], "genuine"),
        (&goods.shoes[3], "genuine_sold"),
        (&goods.shoes[5], "genuine_blocked"),
        (&goods.tobacco[0], "genuine"),
    ] {
        let answer = check(edge, code);
        assert_eq!(answer["verdict"], verdict, "{answer}");
        assert!(answer["as_of"].is_string() && answer["card"].is_object(), "{answer}");
    }
}

fn recovered(edge: &Edge, goods: &Goods) {
    let before = check(edge, &goods.shoes[2])["as_of"].clone();
    for code in &goods.unseen {
        until(|| check(edge, code)["verdict"] == "genuine", edge);
    }
    until(|| check(edge, &goods.shoes[2])["as_of"] != before, edge);
    until(|| edge.client().get("/v1/health").ok()["backend"] == "up", edge);
}
