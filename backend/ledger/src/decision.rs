//! What a decision gives.

use shared::act::{Act, Effect};
use shared::date::Date;
use shared::document::{Range, ShipmentState};
use shared::gs1::Gtin;
use shared::party::PartyId;
use shared::product::Product;
use shared::refusal::Refusal;
use shared::seal::Profile;
use shared::series::SeriesKind;
use shared::state::DocumentNo;

/// What a document does beside its effects on units.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Also {
    /// Nothing.
    Nothing,
    /// A card is new, and with it a series of issued codes that is the sender's.
    Product(Product),
    /// A series goes on by this range.
    Order {
        /// Its next numbers.
        range: Range,
        /// Tail of the codes.
        profile: Profile,
    },
    /// Serials get the next numbers of their series, which is made for the sender if there is none. What that does to
    /// the numbers, [`registered`] tells.
    Serials {
        /// Own or foreign.
        kind: SeriesKind,
        /// The product.
        gtin: Gtin,
        /// The serials, in the order of their numbers.
        serials: Vec<String>,
    },
    /// Goods are under way.
    Shipment {
        /// To whom.
        to: PartyId,
        /// The last day on which they may be accepted.
        due: Date,
    },
    /// A shipment is answered.
    ShipmentEnded {
        /// Its document.
        shipment: DocumentNo,
        /// How.
        how: ShipmentState,
    },
}

/// A document that is applied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// What it does to units and packages, in order.
    pub effects: Vec<Effect>,
    /// How many units it speaks of: those in packages that it names count, the packages do not.
    pub units: u64,
    /// What it does beside.
    pub also: Also,
    /// What was left out, if it is applied in part: at most [`crate::REFUSALS_LIMIT`], in the order of the body.
    pub rejected: Vec<Refusal>,
}

/// Why a document is not applied.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Undecided<E> {
    /// It is refused: 1 to [`crate::REFUSALS_LIMIT`] refusals, in the order of the body. The first is the answer.
    #[error("the document is refused")]
    Refused(Vec<Refusal>),
    /// The book cannot be read.
    #[error("the book cannot be read")]
    Book(#[source] E),
}

impl<E> From<Refusal> for Undecided<E> {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(vec![refusal])
    }
}

/// What the registration of serials does to the numbers that they got in a series of `owner`. Another state's code of
/// a GTIN may come in by several importers: each owns what it recognised.
pub fn registered(kind: SeriesKind, range: Range, owner: PartyId, by: PartyId) -> Vec<Effect> {
    let act = if kind == SeriesKind::Foreign { Act::Recognise } else { Act::Register };
    let mut effects = vec![Effect { range, act }];
    if owner != by {
        effects.push(Effect { range, act: Act::Accept(by) });
    }
    effects
}
