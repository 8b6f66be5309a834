//! What is being asked of the backend right now, so that many requests for one thing make one question.
//!
//! A request may not wait for what another has begun (Workers forbids it across requests), so the others look again
//! every few milliseconds.

use super::BlockId;
use shared::date::Timestamp;
use std::cell::RefCell;
use std::collections::HashMap;

/// A question that takes longer is no longer waited for; its request may be gone.
const PATIENCE_MS: i64 = 2500;

/// A thing that is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Thing {
    /// The key set.
    Keys,
    /// A projection.
    Block(BlockId),
}

/// The questions under way.
#[derive(Debug, Default)]
pub struct Flights {
    begun: RefCell<HashMap<Thing, Timestamp>>,
}

impl Flights {
    /// Takes the question upon oneself, unless somebody else has.
    pub fn begin(&self, thing: Thing, now: Timestamp) -> Option<Flight<'_>> {
        let mut begun = self.begun.borrow_mut();
        if begun.get(&thing).is_some_and(|since| now.0 - since.0 < PATIENCE_MS) {
            return None;
        }
        begun.insert(thing, now);
        Some(Flight { flights: self, thing, since: now })
    }
}

/// A question of one's own. It ends when this goes, also when its client goes away.
pub struct Flight<'a> {
    flights: &'a Flights,
    thing: Thing,
    since: Timestamp,
}

impl Drop for Flight<'_> {
    fn drop(&mut self) {
        let mut begun = self.flights.begun.borrow_mut();
        // Another may have lost patience and begun anew.
        if begun.get(&self.thing) == Some(&self.since) {
            begun.remove(&self.thing);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_asks_at_a_time_and_a_lost_question_is_asked_anew() {
        let flights = Flights::default();
        let first = flights.begin(Thing::Keys, Timestamp(0));
        assert!(first.is_some());
        assert!(flights.begin(Thing::Keys, Timestamp(1)).is_none());
        let second = flights.begin(Thing::Keys, Timestamp(PATIENCE_MS));
        assert!(second.is_some());
        drop(first);
        assert!(flights.begin(Thing::Keys, Timestamp(PATIENCE_MS + 1)).is_none(), "the second is still under way");
        drop(second);
        assert!(flights.begin(Thing::Keys, Timestamp(PATIENCE_MS + 1)).is_some());
    }
}
