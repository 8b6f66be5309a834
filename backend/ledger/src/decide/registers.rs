//! What adds to the registers: cards, orders, serials.

use crate::book::{Book, Series};
use crate::decision::{Also, Decision, Undecided};
use crate::sense::is_of;
use crate::work::{Step, Work};
use shared::document::{ORDER_LIMIT, Range};
use shared::gs1::Gtin;
use shared::product::Product;
use shared::refusal::{Refusal, RefusalCode};
use shared::seal::{Profile, SerialFormat};
use shared::series::{SeriesId, SeriesKind};

/// Registers a card. The party that registers owns the units of the series.
pub(super) fn product<B: Book>(work: Work<'_, B>, product: &Product) -> Step<Decision, B> {
    product.check()?;
    if card(work.book, product.gtin)?.is_some_and(|(_, series)| series.product.is_some()) {
        return Err(Refusal::new(RefusalCode::ProductExists).at("/gtin").with("gtin", product.gtin).into());
    }
    work.finish(Also::Product(product.clone()))
}

/// Issues the next numbers of a series.
pub(super) fn order<B: Book>(mut work: Work<'_, B>, gtin: Gtin, quantity: u64, profile: Profile) -> Step<Decision, B> {
    let (id, series, format) = own_card(&mut work, gtin)?;
    if quantity == 0 || quantity > ORDER_LIMIT {
        return Err(Refusal::new(RefusalCode::QuantityOutOfRange).at("/quantity").with("limit", ORDER_LIMIT).into());
    }
    let left = format.capacity().saturating_sub(series.issued);
    if quantity > left {
        return Err(Refusal::new(RefusalCode::SeriesExhausted).at("/quantity").with("left", left).into());
    }
    work.units = quantity;
    work.finish(Also::Order { range: Range { series: id, first: series.issued, count: quantity }, profile })
}

/// Registers a participant's own serials of its own product. One that has the form of ours could be issued as well.
pub(super) fn own_serials<B: Book>(mut work: Work<'_, B>, gtin: Gtin, serials: &[String]) -> Step<Decision, B> {
    let (_, _, format) = own_card(&mut work, gtin)?;
    if let Some(index) = serials.iter().position(|serial| is_of(format, serial)) {
        return Err(Refusal::new(RefusalCode::SerialReserved).at(format!("/serials/{index}")).into());
    }
    serials_of(work, SeriesKind::Own, gtin, serials)
}

/// Recognises another state's serials; the product need not have a card here.
pub(super) fn foreign_serials<B: Book>(work: Work<'_, B>, gtin: Gtin, serials: &[String]) -> Step<Decision, B> {
    // Thirteen and twenty characters that begin with 3 are Kazakhstan's; the others have no mark of their issuer.
    let ours = [SerialFormat::LEN_13, SerialFormat::LEN_20];
    if let Some(index) = serials.iter().position(|serial| ours.iter().any(|format| is_of(format, serial))) {
        return Err(Refusal::new(RefusalCode::SerialReserved).at(format!("/serials/{index}")).into());
    }
    serials_of(work, SeriesKind::Foreign, gtin, serials)
}

/// Serials that no code of the product has yet.
fn serials_of<B: Book>(mut work: Work<'_, B>, kind: SeriesKind, gtin: Gtin, serials: &[String]) -> Step<Decision, B> {
    let mut taken = Vec::new();
    for (index, serial) in serials.iter().enumerate() {
        // The same text from a participant and from abroad would be the same code.
        for kind in [SeriesKind::Own, SeriesKind::Foreign] {
            if taken.len() < crate::REFUSALS_LIMIT
                && work.book.serial(kind, gtin, serial).map_err(Undecided::Book)?.is_some()
            {
                taken.push(Refusal::new(RefusalCode::SerialExists).at(format!("/serials/{index}")));
            }
        }
    }
    if !taken.is_empty() {
        return Err(Undecided::Refused(taken));
    }
    work.units = serials.len() as u64;
    work.finish(Also::Serials { kind, gtin, serials: serials.to_vec() })
}

/// A GTIN as the key of its series: fourteen digits are below 2⁶³.
fn key(gtin: Gtin) -> u64 {
    gtin.as_str().bytes().fold(0, |number, digit| number * 10 + u64::from(digit.saturating_sub(b'0')))
}

/// The series of issued codes of a GTIN.
fn card<B: Book>(book: &mut B, gtin: Gtin) -> Step<Option<(SeriesId, Series)>, B> {
    let Some(id) = book.series_of(SeriesKind::Issued, key(gtin)).map_err(Undecided::Book)? else { return Ok(None) };
    Ok(book.series(id).map_err(Undecided::Book)?.map(|series| (id, series)))
}

/// The card, if it is the sender's.
fn own_card<B: Book>(work: &mut Work<'_, B>, gtin: Gtin) -> Step<(SeriesId, Series, &'static SerialFormat), B> {
    let refused = |code| Undecided::from(Refusal::new(code).at("/gtin").with("gtin", gtin));
    let (id, series) = card(work.book, gtin)?.ok_or_else(|| refused(RefusalCode::ProductUnknown))?;
    let product = series.product.as_ref().ok_or_else(|| refused(RefusalCode::ProductUnknown))?;
    let format = product.group.serial_format();
    if series.owner != work.asked.by.id {
        return Err(refused(RefusalCode::ProductNotYours));
    }
    Ok((id, series, format))
}
