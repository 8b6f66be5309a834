//! What one isolate remembers between requests: keys, projections, and whether the backend is to be asked at all.
//!
//! Nothing here is borrowed across an `await`, so requests that interleave cannot meet in the middle of a change.

mod breaker;
mod flights;
mod lru;

pub use breaker::Breaker;
pub use flights::{Flight, Flights, Thing};
pub use lru::Lru;

use crate::config::Config;
use crate::keys::Ring;
use crate::projections::Held;
use shared::gs1::Gtin;
use std::cell::RefCell;
use std::rc::Rc;

/// A block of a series.
pub type BlockId = (Gtin, u64);

/// Weight of projections kept, in runs: some 16 MB of the 128 MB that an isolate may use.
const PROJECTION_WEIGHT: usize = 200_000;

/// The memory of an isolate, with its settings.
pub struct Isolate {
    /// Settings.
    pub config: Config,
    /// The newest key set seen.
    pub keys: RefCell<Option<Rc<Ring>>>,
    /// Projections.
    pub projections: RefCell<Lru<BlockId, Held>>,
    /// What some request is asking the backend for.
    pub flights: Flights,
    /// Whether the backend is to be asked.
    pub breaker: Breaker,
}

impl Isolate {
    /// An isolate that remembers nothing yet.
    pub fn new(config: Config) -> Self {
        Self {
            config,
            keys: RefCell::default(),
            projections: RefCell::new(Lru::new(PROJECTION_WEIGHT)),
            flights: Flights::default(),
            breaker: Breaker::default(),
        }
    }
}
