//! The decision: effects or a refusal.

use crate::book::{Book, Party, Series};
use crate::effects::{Changed, Effects};
use crate::merge::{Slice, merge};
use crate::plan::{Place, Plan};
use crate::transition::{Command, transition};
use shared::block::{BLOCK_LEN, Run, Runs, place_of};
use shared::document::{Document, ORDER_LIMIT, Range};
use shared::gs1::Gtin;
use shared::party::Role;
use shared::product::Product;
use shared::refusal::{Refusal, RefusalCode};
use shared::state::{DocumentNo, UnitState, WithdrawalReason};

impl Plan {
    /// Decides the document as number `number` of the book. `book` holds what [`Plan::gtins`] and [`Plan::needs`] name.
    ///
    /// # Errors
    /// Why it is refused, at the place in its body.
    pub fn decide(&self, number: DocumentNo, book: &Book) -> Result<Effects, Refusal> {
        let asked = &self.asked;
        match &asked.document {
            Document::RegisterProduct(product) => register(asked.by, product, book),
            Document::OrderCodes { gtin, quantity, .. } => order(asked.by, *gtin, *quantity, book),
            document => {
                self.check_owners(book)?;
                if let Document::Introduce { facts, .. } = document {
                    // One product: Plan::new has seen to it.
                    let series = self.units.first().and_then(|(range, _)| book.series.get(&range.gtin));
                    let series = series.ok_or(RefusalCode::ProductUnknown)?;
                    facts.check(&series.product, asked.at.date())?;
                }
                let command = self.command(number).ok_or(RefusalCode::NoUnits)?;
                self.change(&command, book)
            }
        }
    }

    /// Whose units the sender may speak of. Owners of everything but a sale and a block, sellers of what they sell,
    /// state bodies of what they block.
    fn check_owners(&self, book: &Book) -> Result<(), Refusal> {
        let by = self.asked.by;
        let is_inspection = matches!(self.asked.document, Document::Block { .. } | Document::Unblock { .. });
        if is_inspection != (by.role == Role::Inspector) {
            return Err(RefusalCode::Forbidden.into());
        }
        let is_sale = matches!(self.asked.document, Document::Withdraw { reason: WithdrawalReason::RetailSale, .. });
        let may_of_others = is_inspection || (is_sale && by.role == Role::Seller);
        for (range, place) in &self.units {
            let series = book.series.get(&range.gtin);
            let series = series.ok_or_else(|| place.refusal(RefusalCode::CodeNotIssued, range.first))?;
            if series.owner != by.id && !may_of_others {
                return Err(place.refusal(RefusalCode::UnitNotYours, range.first));
            }
            if range.first.checked_add(range.count).is_none_or(|end| end > series.issued) {
                return Err(place.refusal(RefusalCode::CodeNotIssued, series.issued.max(range.first)));
            }
        }
        Ok(())
    }

    /// Applies the command to all units, block by block.
    fn change(&self, command: &Command, book: &Book) -> Result<Effects, Refusal> {
        let mut blocks = Vec::new();
        let mut slices: Vec<Slice<Place>> = Vec::new();
        let mut open: Option<(Gtin, u64)> = None;
        for (gtin, block, slice) in self.units.iter().flat_map(|(range, place)| cut(*range, *place)) {
            if open != Some((gtin, block)) {
                close(command, book, open, &mut slices, &mut blocks)?;
                open = Some((gtin, block));
            }
            slices.push(slice);
        }
        close(command, book, open, &mut slices, &mut blocks)?;
        let units = self.units.iter().map(|(range, _)| range.count).sum();
        Ok(Effects::Changed { blocks, units })
    }
}

/// Changes the slices of one block.
fn close(
    command: &Command,
    book: &Book,
    open: Option<(Gtin, u64)>,
    slices: &mut Vec<Slice<Place>>,
    blocks: &mut Vec<Changed>,
) -> Result<(), Refusal> {
    let Some((gtin, block)) = open else { return Ok(()) };
    let issued = book.series.get(&gtin).map_or(0, |series| series.issued);
    let runs = block_of(book, gtin, block, issued);
    let runs = merge(&runs, slices, |place, offset, state| {
        transition(state, command)
            .map_err(|code| place.refusal(code, (block * BLOCK_LEN).saturating_add(u64::from(offset))))
    })?;
    blocks.push(Changed { gtin, block, runs });
    slices.clear();
    Ok(())
}

/// The block as it stands: what is kept of it, and codes just emitted up to the end of what is issued.
fn block_of(book: &Book, gtin: Gtin, block: u64, issued: u64) -> Runs<UnitState> {
    let kept = book.blocks.get(&(gtin, block));
    Series::filled(kept, block, issued)
}

impl Series {
    /// A block of a series as it stands: what is kept of it, then codes just emitted, up to the last issued number.
    /// Nothing is kept of a block to which nothing happened.
    pub fn filled(kept: Option<&Runs<UnitState>>, block: u64, issued: u64) -> Runs<UnitState> {
        let held = issued.saturating_sub(block.saturating_mul(BLOCK_LEN)).min(BLOCK_LEN);
        let kept_runs = kept.map(Runs::as_slice).unwrap_or_default();
        let kept_len = kept.map_or(0, Runs::len);
        // `held` is at most BLOCK_LEN.
        let emitted = Run { len: (held as u32).saturating_sub(kept_len), state: UnitState::EMITTED };
        Runs::from_runs(kept_runs.iter().copied().chain([emitted]))
    }
}

/// Cuts a range at the boundaries of blocks.
fn cut(range: Range, place: Place) -> impl Iterator<Item = (Gtin, u64, Slice<Place>)> {
    let mut at = range.first;
    let end = range.first.saturating_add(range.count);
    std::iter::from_fn(move || {
        if at >= end {
            return None;
        }
        let (block, first) = place_of(at);
        // At most BLOCK_LEN.
        let len = (end - at).min(BLOCK_LEN - u64::from(first)) as u32;
        at += u64::from(len);
        Some((range.gtin, block, Slice { first, len, what: place }))
    })
}

/// Registers a card. The party that registers owns the units of the series.
fn register(by: Party, product: &Product, book: &Book) -> Result<Effects, Refusal> {
    check_makes_goods(by)?;
    product.check()?;
    if book.series.contains_key(&product.gtin) {
        return Err(Refusal::new(RefusalCode::ProductExists).at("/gtin").with("gtin", product.gtin));
    }
    Ok(Effects::Registered(product.clone()))
}

/// Issues the next numbers of a series.
fn order(by: Party, gtin: Gtin, quantity: u64, book: &Book) -> Result<Effects, Refusal> {
    check_makes_goods(by)?;
    let series = book
        .series
        .get(&gtin)
        .ok_or_else(|| Refusal::new(RefusalCode::ProductUnknown).at("/gtin").with("gtin", gtin))?;
    if series.owner != by.id {
        return Err(Refusal::new(RefusalCode::ProductNotYours).at("/gtin").with("gtin", gtin));
    }
    if quantity == 0 || quantity > ORDER_LIMIT {
        return Err(Refusal::new(RefusalCode::QuantityOutOfRange).at("/quantity").with("limit", ORDER_LIMIT));
    }
    let left = series.product.group.serial_format().capacity().saturating_sub(series.issued);
    if quantity > left {
        return Err(Refusal::new(RefusalCode::SeriesExhausted).at("/quantity").with("left", left));
    }
    Ok(Effects::Issued(Range { gtin, first: series.issued, count: quantity }))
}

fn check_makes_goods(by: Party) -> Result<(), Refusal> {
    match by.role {
        Role::Producer | Role::Importer => Ok(()),
        Role::Seller | Role::Inspector => Err(RefusalCode::Forbidden.into()),
    }
}
