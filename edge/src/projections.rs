//! Projections of blocks: from memory, from the shared cache, from the backend, and old ones when the backend is gone.

use crate::backend;
use crate::isolate::{BlockId, Isolate};
use crate::ports::{Backend, Cache, Clock};
use shared::date::Timestamp;
use shared::wire::v1::projection::Projection;
use std::rc::Rc;

/// A projection with the time at which it was pulled, by the edge's clock.
#[derive(Clone)]
pub struct Held {
    /// The projection.
    pub projection: Rc<Projection>,
    /// When it was pulled.
    pub at: Timestamp,
}

impl Held {
    fn is_fresh(&self, now: Timestamp, max_age_ms: i64) -> bool {
        now.0.saturating_sub(self.at.0) < max_age_ms
    }
}

/// A request that pulls a block is given this long before another does the same.
const PULL_MS: i64 = 2000;

/// The projection of a block, at most `max_age_ms` old if the backend or the cache has one, else the newest to be had.
/// While one request pulls, others are answered with what is held if that is not much older than allowed: its time is
/// in the answer.
pub async fn get<P: Clock + Cache + Backend>(
    isolate: &Isolate,
    ports: &P,
    block: BlockId,
    max_age_ms: i64,
) -> Option<Held> {
    let mut held = isolate.projections.borrow_mut().get(&block);
    if let Some(fresh) = held
        .as_ref()
        .filter(|held| held.is_fresh(ports.now(), max_age_ms))
    {
        return Some(fresh.clone());
    }
    if let Some(soon) = held
        .as_ref()
        .filter(|held| held.is_fresh(ports.now(), max_age_ms * 2))
    {
        let since = isolate.pulling.borrow().get(&block).copied();
        if since.is_some_and(|since| ports.now().0 - since.0 < PULL_MS) {
            return Some(soon.clone());
        }
    }
    if held.is_some() && isolate.breaker.rests(ports.now()) {
        return held;
    }
    let pull = Pull::begin(isolate, block, ports.now());
    let cached = from_cache(ports, block).await;
    if let Some(cached) =
        cached.filter(|cached| held.as_ref().is_none_or(|held| cached.at > held.at))
    {
        keep(isolate, block, &cached);
        if cached.is_fresh(ports.now(), max_age_ms) {
            return Some(cached);
        }
        held = Some(cached);
    }
    let target = format!("/edge/v1/projections/{}/{}", block.0, block.1);
    let pulled = backend::ask(isolate, ports, &target).await;
    drop(pull);
    let Some(text) = pulled else { return held };
    let Some(projection) = read(&text) else {
        return held;
    };
    let pulled = Held {
        projection,
        at: ports.now(),
    };
    keep(isolate, block, &pulled);
    ports.remember(cache_key(block), format!("{}\n{text}", pulled.at.0));
    Some(pulled)
}

fn cache_key((gtin, block): BlockId) -> String {
    format!("projection/{gtin}/{block}")
}

fn read(text: &str) -> Option<Rc<Projection>> {
    serde_json::from_str(text).ok().map(Rc::new)
}

async fn from_cache<P: Cache>(ports: &P, block: BlockId) -> Option<Held> {
    let text = ports.recall(&cache_key(block)).await?;
    let (at, text) = text.split_once('\n')?;
    Some(Held {
        at: Timestamp(at.parse().ok()?),
        projection: read(text)?,
    })
}

fn keep(isolate: &Isolate, block: BlockId, held: &Held) {
    // Facts are texts and weigh more than runs; the empty projection has a weight, too.
    let weight = 8 + held.projection.runs.len() + 8 * held.projection.facts.len();
    isolate
        .projections
        .borrow_mut()
        .put(block, held.clone(), weight);
}

/// Notes that a block is being pulled; the note goes when the pull ends, also when its client goes away.
struct Pull<'a> {
    isolate: &'a Isolate,
    block: BlockId,
}

impl<'a> Pull<'a> {
    fn begin(isolate: &'a Isolate, block: BlockId, now: Timestamp) -> Self {
        isolate.pulling.borrow_mut().insert(block, now);
        Self { isolate, block }
    }
}

impl Drop for Pull<'_> {
    fn drop(&mut self) {
        self.isolate.pulling.borrow_mut().remove(&self.block);
    }
}
