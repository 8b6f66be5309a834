//! Which looks a frame gets, that each is soon done with and nothing is left out for long.

use crate::corners::{self, Corners, overlap};
use crate::effort::{Place, Turn};
use crate::found::Symbology;
use crate::read::Sights;
use crate::sighting::Sighting;

/// Frames after which a symbol is looked for everywhere again.
const FORGOTTEN: usize = 6;

/// The looks by turns. Where a symbol is seen that cannot be read yet, half of the frames look there, for what they show adds
/// up; of the others every other one looks for all symbologies, the rest at place after place.
#[derive(Debug, Default)]
pub(super) struct Order {
    turn: usize,
    /// Place after place, when there is none that is better.
    place: usize,
    seen: Option<Seen>,
    /// Frames since that.
    age: usize,
    /// Where the last wide turn showed what needs no detailed look: other symbologies, and what was read.
    others: Vec<Corners>,
}

/// What was seen that is worth another look.
#[derive(Clone, Copy, Debug)]
enum Seen {
    /// A DataMatrix, with its middle.
    DataMatrix((f32, f32)),
    Other,
}

impl Order {
    /// The looks at the next frame.
    pub(super) fn turn(&self) -> Turn {
        let place = match (self.turn % 4, self.seen) {
            (0, _) | (2, None) | (1 | 2, Some(Seen::Other)) => return Turn::Wide,
            (1 | 2, Some(Seen::DataMatrix(middle))) => Place::Near(middle),
            _ => Place::Number(self.place),
        };
        Turn::Deep { place, others: self.others.clone() }
    }

    /// Goes on from what the frame showed, whether that was read or not: what is clear may not be what is meant, and is seen in
    /// every turn.
    pub(super) fn note(&mut self, sights: &Sights) {
        let turn = self.turn();
        let is_matrix = |one: &&Sighting| one.symbology == Symbology::DataMatrix;
        let is_read = |one: &&Sighting| one.message.is_some();
        let best = |of: &dyn Fn(&&Sighting) -> bool| {
            sights.sightings.iter().filter(of).max_by(|one, other| one.score.total_cmp(&other.score))
        };
        let matrix = best(&|one| is_matrix(one) && !is_read(one)).or_else(|| match turn {
            // It may take as much another time.
            Turn::Deep { .. } => {
                best(&|one| is_matrix(one) && !self.others.iter().any(|other| overlap(other, &one.corners)))
            }
            _ => None,
        });
        let seen = match matrix {
            Some(matrix) => Some(Seen::DataMatrix(corners::middle(&matrix.corners))),
            None => best(&|one| !is_matrix(one) && !is_read(one)).map(|_| Seen::Other),
        };
        self.age = if seen.is_some() { 0 } else { self.age + 1 };
        self.seen = seen.or(self.seen).filter(|_| self.age <= FORGOTTEN);
        if turn == Turn::Wide {
            let others = sights.sightings.iter().filter(|one| !is_matrix(one) || is_read(one));
            let others = others.map(|one| one.corners);
            self.others = others.chain(sights.linear.iter().map(|(_, _, corners)| *corners)).collect();
        }
        self.place += usize::from(matches!(turn, Turn::Deep { place: Place::Number(_), .. }));
        self.turn += 1;
    }
}

#[cfg(test)]
mod tests;
