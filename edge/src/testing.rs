//! Ports in memory, and a small country to check codes of.

use crate::config::Config;
use crate::delivery::Letter;
use crate::http::{Head, Response};
use crate::isolate::Isolate;
use crate::ports::{Backend, Body, BodyError, BoxUnavailable, Cache, Call, Clock, ReportBox, Said, Unreachable};
use crate::router;
use shared::code::{MarkingCode, Tail};
use shared::date::Timestamp;
use shared::edge_auth;
use shared::group::ProductGroup;
use shared::seal::{KeyId, KeyInfo, KeySet, KeyState, MacKey, Profile, SerialFormat, SerialMaster, SigningKey};
use shared::ticket::Ticket;
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

pub(crate) const GTIN: &str = "04870001234560";
const SERIAL: [u8; 32] = [1; 32];
const BACKEND: [u8; 32] = [2; 32];
const MAC: [u8; 32] = [3; 32];
const SHORT: [u8; 32] = [4; 32];

/// Runs a future that never has to wait.
pub(crate) fn run<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => value,
        Poll::Pending => panic!("ports in memory do not wait"),
    }
}

fn anchor() -> SigningKey {
    SigningKey::from_seed(&[9; 32])
}

fn signer(id: &str) -> SigningKey {
    let mut seed = [0; 32];
    seed[..4].copy_from_slice(id.as_bytes());
    SigningKey::from_seed(&seed)
}

fn key(id: &str, profile: Profile, state: KeyState) -> KeyInfo {
    KeyInfo {
        id: id.parse().unwrap(),
        group: "footwear".to_owned(),
        profile,
        state,
        public: (profile == Profile::Signed).then(|| signer(id).public()),
    }
}

/// Keys of the country: `F001` signs, `FC01` signed and is compromised, `FM01` makes MACs, `TS01` short tails.
pub(crate) fn key_set(version: u64, more: &[&str]) -> KeySet {
    let mut keys = vec![
        key("F001", Profile::Signed, KeyState::Active),
        key("FC01", Profile::Signed, KeyState::Compromised),
        key("FM01", Profile::Mac, KeyState::Active),
        key("TS01", Profile::Short, KeyState::Active),
    ];
    keys.extend(more.iter().map(|id| key(id, Profile::Signed, KeyState::Active)));
    KeySet { version, issued_at: 1_700_000_000, keys, report_key: [5; 32] }
}

pub(crate) fn signed_keys(version: u64, more: &[&str]) -> String {
    serde_json::to_string(&key_set(version, more).sign(&anchor()).unwrap()).unwrap()
}

/// The code of a number in the series of [`GTIN`], by a key.
pub(crate) fn code(number: u64, key: &str, profile: Profile) -> String {
    let format = if profile == Profile::Short { SerialFormat::LEN_7 } else { SerialFormat::LEN_13 };
    let serial = SerialMaster::from_bytes(&SERIAL).series(GTIN, &format).serial(number).unwrap();
    let id: KeyId = key.parse().unwrap();
    let named = (profile != Profile::Short).then_some(id);
    let mut code = MarkingCode {
        gtin: GTIN.parse().unwrap(),
        serial,
        tail: Some(Tail { profile, key: named, value: String::new() }),
    };
    let prefix = code.prefix();
    let value = match profile {
        Profile::Signed => signer(key).sign_tail(&prefix),
        Profile::Mac => MacKey::from_bytes(&MAC).tail(&prefix),
        Profile::Short => MacKey::from_bytes(&SHORT).short_tail(&prefix),
    };
    code.tail = Some(Tail { profile, key: named, value });
    code.element_string()
}

/// A projection whose first ten units are in circulation, the next ten sold, ten more just emitted.
pub(crate) fn projection(group: ProductGroup) -> String {
    serde_json::json!({
        "as_of": "2026-11-22T10:00:00Z",
        "product": {
            "gtin": GTIN, "group": group, "manufacturer": "Makers", "country": "KZ",
            "name": { "kk": "Аяқ киім", "ru": "Обувь" },
        },
        "runs": [
            { "len": 10, "status": "in_circulation", "facts": 0 },
            { "len": 10, "status": "withdrawn", "facts": 0,
              "withdrawal": { "reason": "retail_sale", "date": "2026-11-20" } },
            { "len": 10, "status": "emitted" },
        ],
        "facts": [{
            "place": "Almaty", "produced": "2026-10-01", "price_tiyn": 100,
            "conformity": { "number": "C1", "date": "2026-10-02" }, "test": { "number": "T1", "date": "2026-10-02" },
        }],
    })
    .to_string()
}

/// The platform in memory.
pub(crate) struct Memory {
    pub(crate) now: Cell<i64>,
    pub(crate) cache: RefCell<HashMap<String, String>>,
    pub(crate) up: Cell<bool>,
    pub(crate) calls: RefCell<Vec<String>>,
    pub(crate) keys: RefCell<String>,
    pub(crate) projection: RefCell<String>,
    pub(crate) letters: RefCell<HashMap<String, (Letter, String)>>,
}

impl Memory {
    pub(crate) fn new() -> Self {
        Self {
            now: Cell::new(1_795_000_000_000),
            cache: RefCell::default(),
            up: Cell::new(true),
            calls: RefCell::default(),
            keys: RefCell::new(signed_keys(1, &[])),
            projection: RefCell::new(projection(ProductGroup::Footwear)),
            letters: RefCell::default(),
        }
    }

    pub(crate) fn pass(&self, seconds: i64) {
        self.now.set(self.now.get() + seconds * 1000);
    }

    /// How often the backend was asked for something since the last time.
    pub(crate) fn count(&self, part: &str) -> usize {
        self.calls.borrow_mut().extract_if(.., |target| target.contains(part)).count()
    }
}

impl Clock for Memory {
    fn now(&self) -> Timestamp {
        Timestamp(self.now.get())
    }
    async fn pause(&self, ms: u32) {
        self.now.set(self.now.get() + i64::from(ms));
    }
}

impl Cache for Memory {
    async fn recall(&self, key: &str) -> Option<String> {
        self.cache.borrow().get(key).cloned()
    }
    fn remember(&self, key: String, value: String) {
        self.cache.borrow_mut().insert(key, value);
    }
}

impl Backend for Memory {
    async fn send(&self, call: Call<'_>) -> Result<Said, Unreachable> {
        self.calls.borrow_mut().push(call.target.to_owned());
        let body = call.body.unwrap_or_default().as_bytes();
        let seconds = self.now.get() / 1000;
        assert!(edge_auth::verify(&BACKEND, call.method, call.target, body, &call.signature, seconds));
        if !self.up.get() {
            return Err(Unreachable);
        }
        let body = match call.target {
            "/edge/v1/keys" => self.keys.borrow().clone(),
            target if target.starts_with(&format!("/edge/v1/projections/{GTIN}/")) => self.projection.borrow().clone(),
            _ => {
                return Ok(Said { status: 404, body: String::new() });
            }
        };
        Ok(Said { status: 200, body })
    }
}

impl ReportBox for Memory {
    async fn drop_in(&self, ticket: Ticket, sealed: String) -> Result<Letter, BoxUnavailable> {
        if !self.up.get() {
            return Err(BoxUnavailable);
        }
        let mut letters = self.letters.borrow_mut();
        let held = letters.entry(ticket.to_string()).or_insert_with(|| (Letter::stored(self.now()), sealed));
        Ok(held.0.clone())
    }
    async fn look_up(&self, ticket: Ticket) -> Result<Option<Letter>, BoxUnavailable> {
        Ok(self.letters.borrow().get(&ticket.to_string()).map(|held| held.0.clone()))
    }
}

/// A body in memory.
pub(crate) struct Bytes(pub(crate) Vec<u8>);

impl Body for Bytes {
    async fn read(self, limit: usize) -> Result<Vec<u8>, BodyError> {
        if self.0.len() > limit { Err(BodyError::TooLarge) } else { Ok(self.0) }
    }
}

/// An edge with its platform.
pub(crate) struct Edge {
    pub(crate) isolate: Isolate,
    pub(crate) ports: Memory,
}

pub(crate) fn isolate() -> Isolate {
    let hex = |bytes: [u8; 32]| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    let secrets = serde_json::json!({
        "serial": hex(SERIAL), "mac": { "FM01": hex(MAC) }, "short": { "TS01": hex(SHORT) }, "backend": hex(BACKEND),
    });
    Isolate::new(Config::read(&secrets.to_string(), &anchor().public().to_string(), None).unwrap())
}

impl Edge {
    pub(crate) fn new() -> Self {
        Self { isolate: isolate(), ports: Memory::new() }
    }

    /// Another isolate of the same Worker: it shares the cache, not the memory.
    pub(crate) fn restart(&mut self) {
        self.isolate = isolate();
    }

    pub(crate) fn send(&self, head: &Head, body: &[u8]) -> Response {
        run(router::answer(Some(&self.isolate), &self.ports, head, Bytes(body.to_vec())))
    }

    pub(crate) fn request(&self, method: &str, path: &str, body: &str) -> Response {
        self.send(&head(method, path), body.as_bytes())
    }

    /// Verdict of a check, or the number of its refusal.
    pub(crate) fn check(&self, code: &str) -> String {
        let body = serde_json::json!({ "code": code }).to_string();
        let response = self.request("POST", "/v1/check", &body);
        let json = json(&response);
        match json["verdict"].as_str() {
            Some(verdict) => verdict.to_owned(),
            None => json["code"]["number"].to_string(),
        }
    }
}

pub(crate) fn head(method: &str, path: &str) -> Head {
    let mut head = Head {
        method: method.to_owned(),
        content_type: (method == "POST").then(|| "application/json".to_owned()),
        ..Head::default()
    };
    head.set_url(&format!("https://e.test{path}"));
    head
}

pub(crate) fn json(response: &Response) -> serde_json::Value {
    serde_json::from_str(&response.body).unwrap()
}
