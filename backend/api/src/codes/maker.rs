//! The codes of an order.

use crate::{Keyring, TailMaker};
use backend_store::OrderRecord;
use shared::code::{MarkingCode, Tail};
use shared::gs1::Gtin;
use shared::seal::{KeyId, Permutation, Profile};

/// A code with the serial that stands in it.
pub(crate) struct Code {
    pub(crate) serial: String,
    /// The element string, as it stands in the symbol without the leading FNC1.
    pub(crate) text: String,
}

/// Makes the codes of one order. The same order has the same codes whenever it is asked.
pub(crate) struct CodeMaker<'a> {
    gtin: Gtin,
    serials: Permutation,
    tails: TailMaker<'a>,
    key: KeyId,
    profile: Profile,
}

impl<'a> CodeMaker<'a> {
    /// The maker of an order; nothing if its key is not held.
    pub(crate) fn new(keyring: &'a Keyring, order: &OrderRecord) -> Option<Self> {
        Some(Self {
            gtin: order.product.gtin,
            serials: keyring.series(order.product.gtin, order.product.group),
            tails: keyring.tail_maker(&order.key)?,
            key: order.key,
            profile: order.profile,
        })
    }

    /// The codes of consecutive numbers; nothing if one is beyond the series.
    pub(crate) fn codes(&self, numbers: std::ops::Range<u64>) -> Option<Vec<Code>> {
        let mut marks: Vec<MarkingCode> = numbers
            .map(|number| {
                // A short tail names no key: there is no room for it.
                let key = (self.profile != Profile::Short).then_some(self.key);
                let tail = Some(Tail { profile: self.profile, key, value: String::new() });
                Some(MarkingCode { gtin: self.gtin, serial: self.serials.serial(number)?, tail })
            })
            .collect::<Option<_>>()?;
        let prefixes: Vec<String> = marks.iter().map(MarkingCode::prefix).collect();
        let tails = self.tails.tails(&prefixes);
        for (mark, made) in marks.iter_mut().zip(tails) {
            if let Some(tail) = &mut mark.tail {
                tail.value = made;
            }
        }
        Some(marks.into_iter().map(|mark| Code { text: mark.element_string(), serial: mark.serial }).collect())
    }
}
