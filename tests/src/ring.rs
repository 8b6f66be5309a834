//! What only edge and backend hold: the symmetric keys, and the signature of the requests between them.

use crate::backend::Backend;
use crate::client::{Answer, Client};
use serde_json::Value;
use shared::code::{Reading, Secrets, TailCheck};
use shared::edge_auth;
use shared::gs1::{ElementString, GS};
use shared::seal::{KeyId, KeySet, MacKey, PublicKey, SerialFormat, SerialMaster, SignedKeySet};
use shared::verdict::examine;
use std::time::{SystemTime, UNIX_EPOCH};

/// Seconds since 1970-01-01 UTC.
pub fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).expect("the clock is set");
    i64::try_from(since.as_secs()).expect("the seconds fit")
}

/// The edge's side of the common secrets, as `tanba keys edge` writes them.
pub struct Ring {
    /// Public keys, under the anchor.
    pub keys: KeySet,
    /// The signed set itself.
    pub signed: SignedKeySet,
    /// Who signs key sets.
    pub anchor: PublicKey,
    /// Symmetric keys.
    pub secrets: Secrets,
    serial: SerialMaster,
    backend_key: [u8; 32],
    backend: Client,
}

impl Ring {
    /// The secrets of a running backend, and its public keys.
    pub fn of(backend: &Backend) -> Self {
        let text = std::fs::read_to_string(backend.edge_variables()).expect("the variables can be read");
        let value = |name: &str| {
            let line = text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix('='));
            line.unwrap_or_else(|| panic!("no {name}")).to_owned()
        };
        let secrets: Value = serde_json::from_str(&value("TANBA_SECRETS")).expect("the secrets are JSON");
        let anchor: PublicKey = value("TANBA_ANCHOR").parse().expect("the anchor is a public key");
        let backend_key = bytes(&secrets["backend"]);
        let client = backend.nobody();
        let signed: SignedKeySet =
            serde_json::from_value(send(&client, &backend_key, "GET", "/edge/v1/keys", b"").ok())
                .expect("a signed set");
        Self {
            keys: signed.verify(&anchor).expect("the anchor signed the set"),
            signed,
            anchor,
            secrets: Secrets { mac: mac_keys(&secrets["mac"]), short: mac_keys(&secrets["short"]) },
            serial: SerialMaster::from_bytes(&bytes(&secrets["serial"])),
            backend_key,
            backend: client,
        }
    }

    /// How the tail of a text checks; nothing if the text is no code of ours.
    pub fn tail(&self, text: &str) -> Option<TailCheck> {
        examine(text, &self.keys, &self.secrets).read().tail
    }

    /// How the tail checks for one who has public keys only.
    pub fn public_tail(&self, text: &str) -> Option<TailCheck> {
        examine(text, &self.keys, &Secrets::default()).read().tail
    }

    /// The number of a code in its series.
    pub fn number(&self, text: &str) -> u64 {
        let examined = examine(text, &self.keys, &self.secrets);
        let Reading::Mark(code) = &examined.read().reading else { panic!("no code of ours: {text}") };
        let format = SerialFormat::of_len(code.serial.len()).expect("the serial has a form of ours");
        let series = self.serial.series(code.gtin.as_str(), &format);
        series.number(&code.serial).expect("the serial has a number")
    }

    /// A code with a `mac` tail that verifies, of the series and key of `like`, whether its number was issued or not.
    pub fn mac_code(&self, like: &str, number: u64) -> String {
        let elements = ElementString::parse(like).expect("an element string");
        let part = |ai| elements.get(ai).unwrap_or_else(|| panic!("no AI {ai} in {like}"));
        let key: KeyId = part("91").parse().expect("an id of a key");
        let (_, mac) = self.secrets.mac.iter().find(|(id, _)| *id == key).expect("the key is held");
        let format = SerialFormat::of_len(part("21").len()).expect("the serial has a form of ours");
        let serial = self.serial.series(part("01"), &format).serial(number).expect("the number has a serial");
        let prefix = format!("01{}21{serial}{GS}91{key}", part("01"));
        format!("{prefix}{GS}92{}", mac.tail(&prefix))
    }

    /// A request as the edge makes it.
    pub fn send(&self, method: &str, target: &str, body: &[u8]) -> Answer {
        send(&self.backend, &self.backend_key, method, target, body)
    }

    /// A delivery as the edge makes it; nothing if the backend is gone.
    pub fn try_send(&self, target: &str, body: &Value) -> Option<Answer> {
        self.try_send_to(&self.backend, target, body)
    }

    /// A delivery to another backend with the same keys; nothing if it is gone.
    pub fn try_send_to(&self, backend: &Client, target: &str, body: &Value) -> Option<Answer> {
        let body = body.to_string().into_bytes();
        let signature = self.signature("POST", target, now(), &body);
        let headers = [(edge_auth::HEADER, signature.as_str()), ("content-type", "application/json")];
        backend.request("POST", target, &headers, Some(body)).ok()
    }

    /// The signature of a request, as a header's value.
    pub fn signature(&self, method: &str, target: &str, at: i64, body: &[u8]) -> String {
        edge_auth::sign(&self.backend_key, method, target, at, body)
    }
}

fn send(client: &Client, key: &[u8], method: &str, target: &str, body: &[u8]) -> Answer {
    let signature = edge_auth::sign(key, method, target, now(), body);
    let headers = [(edge_auth::HEADER, signature.as_str()), ("content-type", "application/json")];
    let body = (method != "GET").then(|| body.to_vec());
    client.request(method, target, &headers, body).unwrap_or_else(|error| panic!("{method} {target}: {error}"))
}

fn mac_keys(of: &Value) -> Vec<(KeyId, MacKey)> {
    let keys = of.as_object().expect("keys by id").iter();
    keys.map(|(id, hex)| (id.parse().expect("an id of a key"), MacKey::from_bytes(&bytes(hex)))).collect()
}

fn bytes(hex: &Value) -> [u8; 32] {
    let hex = hex.as_str().expect("hexadecimal digits");
    let byte = |at| u8::from_str_radix(&hex[at..at + 2], 16).expect("hexadecimal digits");
    std::array::from_fn(|index| byte(index * 2))
}
