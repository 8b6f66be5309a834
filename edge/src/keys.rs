//! The public keys: from memory, from the shared cache, from the backend; used only if the anchor signed them.

use crate::backend;
use crate::isolate::{Isolate, Thing};
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
        let tag: String = signed.signature.chars().filter(char::is_ascii_alphanumeric).take(16).collect();
        Some(Self { etag: format!("\"{}-{tag}\"", set.version), set, body: body.ok()?, at, signed })
    }

    /// How old the backend's word is, in milliseconds.
    pub fn age(&self, now: Timestamp) -> i64 {
        now.0.saturating_sub(self.at.0)
    }
}

/// The newest keys to be had, asked for again if the backend's word on them is older than `max_age_ms`. Older ones if
/// the backend is gone; nothing if there never were any.
pub async fn get<P: Clock + Cache + Backend>(isolate: &Isolate, ports: &P, max_age_ms: i64) -> Option<Rc<Ring>> {
    let mut has_waited = false;
    let flight = loop {
        if let Some(ring) = held(isolate).filter(|ring| ring.age(ports.now()) <= max_age_ms) {
            return Some(ring);
        }
        // The request that asked has looked everywhere.
        if has_waited && isolate.breaker.rests(ports.now()) {
            return held(isolate);
        }
        match isolate.flights.begin(Thing::Keys, ports.now()) {
            Some(flight) => break flight,
            // Somebody else tries whether the backend is back.
            None if isolate.breaker.is_open() && held(isolate).is_some() => return held(isolate),
            None => ports.pause(backend::PAUSE_MS).await,
        }
        has_waited = true;
    };
    let pulled = pull(isolate, ports, max_age_ms).await;
    drop(flight);
    pulled.or_else(|| held(isolate))
}

fn held(isolate: &Isolate) -> Option<Rc<Ring>> {
    isolate.keys.borrow().clone()
}

/// The keys from the shared cache or the backend.
async fn pull<P: Clock + Cache + Backend>(isolate: &Isolate, ports: &P, max_age_ms: i64) -> Option<Rc<Ring>> {
    if held(isolate).is_none() {
        let cached = from_cache(isolate, ports).await;
        if let Some(ring) = cached.filter(|ring| ring.age(ports.now()) <= max_age_ms) {
            return Some(ring);
        }
    }
    let text = backend::ask(isolate, ports, TARGET).await?;
    let (old, now) = (held(isolate), ports.now());
    let is_newest = |ring: &Ring| old.as_ref().is_none_or(|old| ring.set.version >= old.set.version);
    let Some(ring) = Ring::open(&text, &isolate.config.anchor, now).filter(is_newest) else {
        // Keys that the anchor did not sign, or that were since replaced: such a backend is left alone.
        isolate.breaker.failed(now);
        return None;
    };
    if old.is_none_or(|old| old.signed != ring.signed) {
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
