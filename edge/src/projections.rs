//! Projections of blocks: from memory, from the shared cache, from the backend, and old ones when the backend is gone.

use crate::backend;
use crate::isolate::{BlockId, Isolate, Thing};
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

/// How new a projection is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// As new as the settings say. While one request pulls, others are answered with what is up to twice as old: its
    /// time is in the answer.
    Fresh,
    /// Pulled within the last second: what is not in it was not issued.
    Now,
}

/// What counts as now, in milliseconds.
pub const NOW_MS: i64 = 1000;

/// The projection of a block: as new as wanted if the cache or the backend has it, else the newest to be had.
pub async fn get<P: Clock + Cache + Backend>(
    isolate: &Isolate,
    ports: &P,
    block: BlockId,
    wanted: Wanted,
) -> Option<Held> {
    let (max_age_ms, tolerated_ms) = match wanted {
        Wanted::Fresh => (isolate.config.projection_ms, isolate.config.projection_ms * 2),
        Wanted::Now => (NOW_MS, NOW_MS),
    };
    let mut has_waited = false;
    let flight = loop {
        let held = held(isolate, block);
        let is_at_most = |ms| held.as_ref().is_some_and(|held: &Held| held.is_fresh(ports.now(), ms));
        if is_at_most(max_age_ms) || ((held.is_some() || has_waited) && isolate.breaker.rests(ports.now())) {
            return held;
        }
        match isolate.flights.begin(Thing::Block(block), ports.now()) {
            Some(flight) => break flight,
            None if is_at_most(tolerated_ms) || (held.is_some() && isolate.breaker.is_open()) => {
                return held;
            }
            None => ports.pause(backend::PAUSE_MS).await,
        }
        has_waited = true;
    };
    let pulled = pull(isolate, ports, block, max_age_ms).await;
    drop(flight);
    pulled.or_else(|| held(isolate, block))
}

fn held(isolate: &Isolate, block: BlockId) -> Option<Held> {
    isolate.projections.borrow_mut().get(&block)
}

/// A projection from the shared cache, if that one is new enough, or from the backend. A cached one that is only newer
/// than what was held is kept, too.
async fn pull<P: Clock + Cache + Backend>(
    isolate: &Isolate,
    ports: &P,
    block: BlockId,
    max_age_ms: i64,
) -> Option<Held> {
    let old = held(isolate, block);
    let is_newer = |cached: &Held| old.as_ref().is_none_or(|old| cached.at > old.at);
    if let Some(cached) = from_cache(ports, block).await.filter(is_newer) {
        keep(isolate, block, &cached);
        if cached.is_fresh(ports.now(), max_age_ms) {
            return Some(cached);
        }
    }
    let target = format!("/edge/v1/projections/{}/{}", block.0, block.1);
    let text = backend::ask(isolate, ports, &target).await?;
    let pulled = Held { projection: read(&text)?, at: ports.now() };
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
    Some(Held { at: Timestamp(at.parse().ok()?), projection: read(text)? })
}

fn keep(isolate: &Isolate, block: BlockId, held: &Held) {
    // Facts are texts and weigh more than runs; the empty projection has a weight, too.
    let weight = 8 + held.projection.runs.len() + 8 * held.projection.facts.len();
    isolate.projections.borrow_mut().put(block, held.clone(), weight);
}
