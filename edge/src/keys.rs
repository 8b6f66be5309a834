//! The public keys: from memory, from the shared cache, from the backend; used only if the anchor signed them.

use crate::backend;
use crate::isolate::Isolate;
use crate::ports::{Backend, Cache, Clock};
use serde::Serialize;
use shared::date::Timestamp;
use shared::seal::{KeySet, PublicKey, SignedKeySet};
use std::rc::Rc;

const CACHE_KEY: &str = "keys";
const TARGET: &str = "/edge/v1/keys";

/// A key set that the anchor signed, ready for use and for handing out.
pub struct Ring {
    /// The keys.
    pub set: KeySet,
    /// Body of `GET /v1/keys`.
    pub body: String,
    /// Its entity tag.
    pub etag: String,
    /// When the backend last said that this is the newest set.
    pub at: Timestamp,
    signed: SignedKeySet,
}

/// Body of `GET /v1/keys`: the signed set, and the anchor for those who meet it for the first time.
#[derive(Serialize)]
struct KeysBody<'a> {
    payload: &'a str,
    signature: &'a str,
    anchor: String,
}

impl Ring {
    /// A ring of the JSON of a [`SignedKeySet`].
    fn open(text: &str, anchor: &PublicKey, at: Timestamp) -> Option<Self> {
        let signed: SignedKeySet = serde_json::from_str(text).ok()?;
        let set = signed.verify(anchor).ok()?;
        let body = serde_json::to_string(&KeysBody {
            payload: &signed.payload,
            signature: &signed.signature,
            anchor: anchor.to_string(),
        });
        let tag: String = signed
            .signature
            .chars()
            .filter(char::is_ascii_alphanumeric)
            .take(16)
            .collect();
        Some(Self {
            etag: format!("\"{}-{tag}\"", set.version),
            set,
            body: body.ok()?,
            at,
            signed,
        })
    }

    /// How old the backend's word is, in milliseconds.
    pub fn age(&self, now: Timestamp) -> i64 {
        now.0.saturating_sub(self.at.0)
    }
}

/// The newest keys to be had, asked for again if the backend's word on them is older than `max_age_ms`. Older ones if
/// the backend is gone; nothing if there never were any.
pub async fn get<P: Clock + Cache + Backend>(
    isolate: &Isolate,
    ports: &P,
    max_age_ms: i64,
) -> Option<Rc<Ring>> {
    let mut held = isolate.keys.borrow().clone();
    if held.is_none() {
        held = from_cache(isolate, ports).await;
    }
    if let Some(ring) = held
        .as_ref()
        .filter(|ring| ring.age(ports.now()) <= max_age_ms)
    {
        return Some(Rc::clone(ring));
    }
    let Some(text) = backend::ask(isolate, ports, TARGET).await else {
        return held;
    };
    let now = ports.now();
    let newest = Ring::open(&text, &isolate.config.anchor, now).filter(|ring| {
        held.as_ref()
            .is_none_or(|held| ring.set.version >= held.set.version)
    });
    let Some(ring) = newest else {
        // Keys that the anchor did not sign, or that were since replaced: such a backend is left alone.
        isolate.breaker.failed(now);
        return held;
    };
    if held.is_none_or(|held| held.signed != ring.signed) {
        ports.remember(CACHE_KEY.to_owned(), format!("{}\n{text}", now.0));
    }
    Some(hold(isolate, ring))
}

async fn from_cache<P: Cache>(isolate: &Isolate, ports: &P) -> Option<Rc<Ring>> {
    let text = ports.recall(CACHE_KEY).await?;
    let (at, text) = text.split_once('\n')?;
    let ring = Ring::open(text, &isolate.config.anchor, Timestamp(at.parse().ok()?))?;
    Some(hold(isolate, ring))
}

/// Keeps the newer of two. An older set, though well signed, would bring back keys since withdrawn.
fn hold(isolate: &Isolate, ring: Ring) -> Rc<Ring> {
    let mut held = isolate.keys.borrow_mut();
    match &*held {
        Some(held) if held.set.version > ring.set.version => Rc::clone(held),
        _ => {
            let ring = Rc::new(ring);
            *held = Some(Rc::clone(&ring));
            ring
        }
    }
}
