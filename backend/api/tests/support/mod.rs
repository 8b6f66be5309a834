//! The interface over a store in a folder of its own, asked without a network.

#![allow(dead_code, reason = "each test file uses a part of it")]

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Request};
use backend_api::{Api, KeyParts, Keyring, KeyringParts, SecretBytes, router};
use backend_store::{ApiKeyHash, Store};
use serde_json::{Value, json};
use shared::date::Timestamp;
use shared::edge_auth;
use shared::group::ProductGroup;
use shared::party::Role;
use shared::seal::{KeyState, Profile};
use std::sync::atomic::{AtomicU64, Ordering};
use tower::ServiceExt as _;

pub(crate) const NOW: Timestamp = Timestamp(1_795_341_600_000);
pub(crate) const SHOES: &str = "04870001234560";
pub(crate) const PILLS: &str = "04870001234577";

fn secret(byte: u8) -> SecretBytes {
    SecretBytes::new([byte; 32])
}

pub(crate) const EDGE_KEY: [u8; 32] = [4; 32];
pub(crate) const REPORT_KEY: [u8; 32] = [3; 32];

pub(crate) fn keyring() -> Keyring {
    let profiles = [(Profile::Signed, 'S'), (Profile::Mac, 'M'), (Profile::Short, 'H')];
    let of_group = |group: &ProductGroup| {
        let group = *group;
        profiles.map(move |(profile, letter)| KeyParts {
            id: format!("{}0{letter}1", group.key_letter()).parse().unwrap(),
            group,
            profile,
            // Tobacco has no key that signs.
            state: if group == ProductGroup::Tobacco { KeyState::Retired } else { KeyState::Active },
            secret: secret(group.key_letter() as u8 ^ letter as u8),
        })
    };
    Keyring::new(KeyringParts {
        serial_master: secret(1),
        anchor: secret(2),
        report: secret(REPORT_KEY[0]),
        edge: secret(EDGE_KEY[0]),
        keys: ProductGroup::ALL.iter().flat_map(of_group).collect(),
        version: 7,
        issued_at: NOW.0 / 1000,
    })
    .unwrap()
}

pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) bytes: Vec<u8>,
}

impl Answer {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes).unwrap_or(Value::Null)
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// The body of a success.
    pub(crate) fn ok(self) -> Value {
        assert!((200..300).contains(&self.status), "{} {}", self.status, self.text());
        self.json()
    }

    /// Number of the refusal, after the document that carries it is checked.
    pub(crate) fn refusal(&self) -> u64 {
        let body = self.json();
        assert_eq!(self.header("content-type"), "application/problem+json", "{} {}", self.status, self.text());
        assert_eq!(body["status"], self.status);
        assert!(self.status < 500 || self.status == 503, "{}", self.status);
        for text in ["title", "detail"] {
            assert!(body[text].as_str().is_some_and(|text| !text.is_empty() && !text.contains("refusal-")), "{body}");
        }
        assert_eq!(body["type"], format!("urn:tanba:refusal:{}", body["code"]["number"]));
        body["code"]["number"].as_u64().unwrap()
    }

    /// Number of the refusal and where.
    pub(crate) fn refusal_at(&self) -> (u64, String) {
        (self.refusal(), self.json()["at"].as_str().unwrap_or_default().to_owned())
    }
}

pub(crate) struct World {
    pub(crate) folder: tempfile::TempDir,
    pub(crate) store: Store,
    pub(crate) router: Router,
}

/// The API key of the demo participant of a role.
pub(crate) fn key_of(role: Role) -> String {
    format!("key-of-{role}")
}

impl World {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("book.sqlite")).unwrap();
        for role in Role::ALL {
            store.put_party(role.as_str(), *role, ApiKeyHash::of(&key_of(*role))).unwrap();
        }
        store.put_party("other", Role::Producer, ApiKeyHash::of("key-of-other")).unwrap();
        let router = router(Api::new(store.clone(), keyring(), || NOW));
        Self { folder, store, router }
    }

    pub(crate) async fn send(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        for (name, value) in
            [("x-content-type-options", "nosniff"), ("cache-control", "no-store"), ("referrer-policy", "no-referrer")]
        {
            assert_eq!(parts.headers.get(name).unwrap(), value);
        }
        let bytes = axum::body::to_bytes(body, usize::MAX).await.unwrap().to_vec();
        Answer { status: parts.status.as_u16(), headers: parts.headers, bytes }
    }

    /// A request with an API key.
    pub(crate) async fn ask(&self, key: &str, method: &str, path: &str, body: &str) -> Answer {
        static COUNT: AtomicU64 = AtomicU64::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        self.ask_as(key, method, path, body, &format!("test-{count}")).await
    }

    pub(crate) async fn ask_as(&self, key: &str, method: &str, path: &str, body: &str, idempotency: &str) -> Answer {
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header("authorization", format!("Bearer {key}"))
            .header("content-type", "application/json")
            .header("idempotency-key", idempotency);
        self.send(request.body(Body::from(body.to_owned())).unwrap()).await
    }

    pub(crate) async fn get(&self, role: Role, path: &str) -> Answer {
        self.ask(&key_of(role), "GET", path, "").await
    }

    pub(crate) async fn post(&self, role: Role, path: &str, body: &Value) -> Answer {
        self.ask(&key_of(role), "POST", path, &body.to_string()).await
    }

    /// A request signed as the edge signs.
    pub(crate) async fn edge(&self, method: &str, path: &str, body: &str) -> Answer {
        let signature = edge_auth::sign(&EDGE_KEY, method, path, NOW.0 / 1000, body.as_bytes());
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header("tanba-signature", signature)
            .header("content-type", "application/json");
        self.send(request.body(Body::from(body.to_owned())).unwrap()).await
    }

    /// Registers both cards and orders `quantity` codes of shoes; the number of the order.
    pub(crate) async fn order(&self, quantity: u64) -> u64 {
        self.cards().await;
        let body = json!({"gtin": SHOES, "quantity": quantity});
        self.post(Role::Producer, "/api/v1/orders", &body).await.ok()["order"].as_u64().unwrap()
    }

    pub(crate) async fn cards(&self) {
        for (role, card) in [(Role::Producer, shoes()), (Role::Importer, pills())] {
            self.post(role, "/api/v1/products", &card).await.ok();
        }
    }

    /// The codes of an order.
    pub(crate) async fn codes(&self, role: Role, order: u64) -> Vec<String> {
        let answer = self.get(role, &format!("/api/v1/orders/{order}/codes")).await;
        assert_eq!(answer.status, 200, "{}", answer.text());
        let line = |line: &str| serde_json::from_str::<Value>(line).unwrap()["code"].as_str().unwrap().to_owned();
        answer.text().lines().map(line).collect()
    }
}

pub(crate) fn shoes() -> Value {
    json!({
        "gtin": SHOES, "group": "footwear", "name": {"kk": "Етік", "ru": "Сапоги"},
        "manufacturer": "Аяқ киім", "country": "KZ",
    })
}

pub(crate) fn pills() -> Value {
    json!({
        "gtin": PILLS, "group": "medicine", "name": {"kk": "Дәрі", "ru": "Таблетки", "en": "Pills"},
        "manufacturer": "Maker", "importer": "Bringer", "country": "IN",
    })
}

pub(crate) fn facts() -> Value {
    let paper = |number: &str| json!({"number": number, "date": "2026-11-01"});
    json!({
        "place": "Алматы", "produced": "2026-11-02", "conformity": paper("C-1"), "test": paper("T-1"),
        "price_tiyn": 1_250_000,
    })
}

pub(crate) fn units(order: u64) -> Value {
    json!({"orders": [{"order": order}]})
}
