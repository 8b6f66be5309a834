//! The histories of the units of one block, each with the state that it leads to.

use crate::life::{Fault, Kind, State, UNDO, allowed, standing};
use crate::pending::Waiting;
use crate::prints::{UNITS, Weights};

/// An event of a unit: document, act, argument.
pub(crate) type Event = (u64, u8, u64);

/// An event and the place of the one before it of the same unit.
struct Linked {
    event: Event,
    before: u32,
}

/// No event.
const NONE: u32 = u32::MAX;

/// A step that may not follow: the unit, the event, why.
pub(crate) type Broken = (u16, Event, Fault);

/// Histories of 4096 units.
pub(crate) struct Histories {
    weights: Weights,
    events: Vec<Linked>,
    last: Vec<u32>,
    states: Vec<State>,
    kind: Kind,
    /// The weight of the last act, which many units share.
    shared: (Event, u32, u64),
    /// The sum of all events.
    pub(crate) print: u64,
    /// The first step that may not follow, and how many there are.
    pub(crate) broken: Option<Broken>,
    pub(crate) broken_count: u64,
}

impl Histories {
    pub(crate) fn new(weights: Weights) -> Self {
        let units = UNITS as usize;
        let shared = ((0, 0, 0), 0, weights.act(0, 0, 0, 0));
        Self {
            weights,
            events: Vec::new(),
            last: vec![NONE; units],
            states: vec![State::EMITTED; units],
            kind: Kind::Issued,
            shared,
            print: 0,
            broken: None,
            broken_count: 0,
        }
    }

    /// Empties all of them.
    pub(crate) fn clear(&mut self, kind: Kind) {
        self.events.clear();
        self.last.fill(NONE);
        self.states.fill(State::EMITTED);
        self.kind = kind;
        (self.print, self.broken, self.broken_count) = (0, None, 0);
    }

    /// Adds an event to the history of a unit; its document may be given as what lies between it and the last.
    #[inline]
    pub(crate) fn push(&mut self, unit: u16, document: u64, differs: bool, act: u8, arg: u64) {
        let (Some(last), Some(state)) = (self.last.get_mut(usize::from(unit)), self.states.get_mut(usize::from(unit)))
        else {
            return;
        };
        let document = if differs { state.document.wrapping_add(document) } else { document };
        let event = (document, act, arg);
        let is_same = *last != NONE && state.document == document;
        let earlier = if is_same { state.earlier + 1 } else { 0 };
        if self.shared.0 != event || self.shared.1 != earlier {
            self.shared = (event, earlier, self.weights.act(document, act, arg, earlier));
        }
        let weight = self.shared.2.wrapping_mul(self.weights.places(unit, unit + 1));
        self.print = self.print.wrapping_add(weight);
        let mut fault = if document == 0 || (*last != NONE && document < state.document) {
            Some(Fault::Order)
        } else {
            allowed(state, self.kind, *last == NONE, act, arg)
        };
        let (first, before) = (if *last == NONE { document } else { state.first }, *last);
        // Of one block, far fewer than 2³².
        *last = self.events.len() as u32;
        self.events.push(Linked { event, before });
        if act == UNDO {
            let mut all = chain(&self.events, *last);
            match standing(&mut all) {
                Some(undone) => *state = undone,
                None => fault = Some(Fault::NothingToUndo),
            }
        } else {
            state.follow(document, act, arg);
        }
        (state.document, state.earlier, state.first) = (document, earlier, first);
        if let Some(fault) = fault {
            self.broken_count += 1;
            self.broken.get_or_insert((unit, event, fault));
        }
    }

    /// What an act adds to the sum of its block.
    pub(crate) fn weigh(&self, waiting: &Waiting) -> u64 {
        let Waiting { document, act, arg, earlier, first, end } = *waiting;
        self.weights.act(document, act, arg, earlier).wrapping_mul(self.weights.places(first, end))
    }

    /// The history of a unit.
    pub(crate) fn of(&self, unit: u16) -> Vec<Event> {
        let mut events = chain(&self.events, self.last.get(usize::from(unit)).copied().unwrap_or(NONE));
        events.reverse();
        events
    }

    /// The states of all units, in order.
    pub(crate) fn states(&self) -> &[State] {
        &self.states
    }

    /// Events of all units.
    pub(crate) fn count(&self) -> u64 {
        self.events.len() as u64
    }
}

/// The events of a unit from the last back to the first.
fn chain(events: &[Linked], last: u32) -> Vec<Event> {
    let mut at = last;
    std::iter::from_fn(|| {
        let linked = events.get(at as usize)?;
        at = linked.before;
        Some(linked.event)
    })
    .collect()
}
