//! One document: look for a retry, decide, write what goes beside the log; and the pages of a whole group.

pub(crate) use super::group::Group;

use super::Engine;
use super::book::{GroupBook, gtin_key, read_many};
use super::foresee::Foreseen;
use super::log;
use crate::coding::block::BlockKey;
use crate::coding::log::{Head, Key, encode_effects, encode_heads};
use crate::db::Session;
use crate::{Applied, Idempotency, Receipt, Response, StoreError, Submission, SubmitError, tables};
use backend_ledger::{Also, Book as _, Decision, Series, Undecided, registered};
use shared::act::Effect;
use shared::document::Document;
use shared::refusal::{Refusal, RefusalCode};
use shared::series::{Range, SeriesKind};
use shared::state::DocumentNo;
use shared::wire::v1::products::FactsBody;
use std::sync::Arc;
use std::sync::mpsc::SyncSender;

/// Makes the answer to a document; called again if its number changes.
pub(crate) type Respond = Box<dyn FnMut(&Applied) -> Result<Response, serde_json::Error> + Send>;

/// A document with whom to tell.
pub(crate) struct Sent {
    submission: Submission,
    /// Blocks that it names, in order.
    blocks: Vec<BlockKey>,
    /// Some of them as its sender read them.
    foreseen: Option<Foreseen>,
    respond: Respond,
    pub(crate) answer: SyncSender<Result<Receipt, SubmitError>>,
}

impl Sent {
    pub(crate) fn new(
        submission: Submission,
        foreseen: Option<Foreseen>,
        respond: Respond,
        answer: SyncSender<Result<Receipt, SubmitError>>,
    ) -> Self {
        let blocks = submission.plan.blocks().into_iter().map(|(series, block)| BlockKey { series, block });
        Self { blocks: blocks.collect(), submission, foreseen, respond, answer }
    }

    /// Blocks that it names: what it costs, roughly.
    pub(crate) fn cost(&self) -> usize {
        self.blocks.len()
    }
}

/// Most blocks read for a group before it is decided.
const PREFETCH: usize = 8192;

impl Group {
    /// Takes the blocks that senders have read, and reads the others that the documents of the group name, all at once.
    pub(crate) fn prefetch(
        &mut self,
        engine: &Engine,
        session: &mut dyn Session,
        sent: &[Sent],
    ) -> Result<(), StoreError> {
        for bases in sent.iter().filter_map(|sent| sent.foreseen.as_ref()?.still(engine)) {
            self.bases.extend(bases.iter().map(|(key, base)| (*key, base.clone())));
        }
        if sent.iter().map(Sent::cost).sum::<usize>() > PREFETCH {
            return Ok(());
        }
        let mut keys: Vec<BlockKey> = sent.iter().flat_map(|sent| sent.blocks.iter().copied()).collect();
        keys.retain(|key| !self.bases.contains_key(key));
        keys.sort_unstable();
        keys.dedup();
        read_many(engine, session, &keys, &mut self.bases)
    }

    /// Writes the pages of the group: heads, effects, bodies.
    pub(crate) fn write(&mut self, engine: &Engine, session: &mut dyn Session) -> Result<(), StoreError> {
        let mut heads = &self.heads[..];
        while let Some(first) = heads.first() {
            let end = engine.parts.page_end(first.document);
            let (page, rest) = heads.split_at(heads.partition_point(|head| head.document.0 < end));
            log::put_heads(session, engine.parts, first.document, page.len(), &encode_heads(page))?;
            heads = rest;
        }
        for (part, documents) in &self.effects {
            log::put_effects(session, *part, self.first, &encode_effects(documents))?;
        }
        let bodies: Vec<(i64, DocumentNo, &str)> = self
            .bodies
            .iter()
            .map(|(document, body)| (engine.parts.of_document(*document), *document, body.as_str()))
            .collect();
        if !bodies.is_empty() {
            tables::body::insert_many(session, &bodies)?;
        }
        Ok(())
    }
}

impl Engine {
    /// The answer that a request got before, if it is a retry.
    pub(crate) fn replay(
        &self,
        session: &mut dyn Session,
        by: shared::party::PartyId,
        idempotency: &Idempotency,
    ) -> Result<Option<Receipt>, SubmitError> {
        match idempotency {
            Idempotency::Named { key, request } => {
                let known = tables::request::get(session, self.parts.of_number(by.0), by, key)?;
                match known {
                    None => Ok(None),
                    Some((hash, response)) if hash == *request => Ok(Some(Receipt { response, replayed: true })),
                    Some(_) => Err(Refusal::new(RefusalCode::IdempotencyKeyReused).into()),
                }
            }
            Idempotency::Counted { sender, number } => counted(self.sender(*sender), *number),
        }
    }

    /// Decides one document of a group and writes what goes beside the log.
    pub(crate) fn decide(
        &self,
        session: &mut dyn Session,
        group: &mut Group,
        sent: &mut Sent,
    ) -> Result<Receipt, SubmitError> {
        let Sent { submission, blocks, respond, .. } = sent;
        let asked = submission.plan.asked();
        let earlier = match &submission.idempotency {
            Idempotency::Counted { sender, number } if group.senders.contains_key(sender) => {
                counted(group.senders.get(sender).copied(), *number)?
            }
            idempotency => self.replay(session, asked.by.id, idempotency)?,
        };
        if let Some(receipt) = earlier {
            return Ok(receipt);
        }
        let number = group.next();
        // Series that a refused document would have made are not made, and their numbers go to the next.
        let unused = group.drafts.drain(..).count() as u32;
        group.next_series = group.next_series.map(|next| next - unused);
        group.ahead = std::mem::take(blocks);
        let mut book = GroupBook { engine: self, session, group };
        let decided = submission.plan.decide(number, &mut book);
        // It may have to be decided again.
        *blocks = std::mem::take(&mut group.ahead);
        let Decision { mut effects, units, also, rejected } = decided.map_err(|undecided| match undecided {
            Undecided::Refused(refusals) => SubmitError::Refused(refusals),
            Undecided::Book(error) => SubmitError::Store(error),
        })?;
        // From here on rows are written, which go into the transaction of the group or, with it, nowhere.
        let written = self.write_beside(session, group, submission, number, also, &mut effects);
        let range = written.map_err(torn)?;
        let applied = Applied { document: number, kind: asked.document.kind(), at: asked.at, units, rejected, range };
        let response = respond(&applied).map_err(StoreError::from)?;
        let key =
            self.write_request(session, group, submission, number, &response).map_err(|error| torn(error.into()))?;
        let region = match &asked.document {
            Document::Withdraw { region, .. } | Document::SellInner { region, .. } => *region,
            _ => None,
        };
        let parts = group.take(number, effects, |series| self.parts.of_series(series));
        let head =
            Head { document: number, kind: applied.kind, party: asked.by.id, at: asked.at, units, region, key, parts };
        group.heads.push(head);
        Ok(Receipt { response, replayed: false })
    }

    fn write_request(
        &self,
        session: &mut dyn Session,
        group: &mut Group,
        submission: &Submission,
        number: DocumentNo,
        response: &Response,
    ) -> Result<Key, StoreError> {
        let asked = submission.plan.asked();
        let facts = match &asked.document {
            Document::Introduce { facts, .. } | Document::Transform { facts, .. } => {
                Some(serde_json::to_string(&FactsBody::from(facts))?)
            }
            _ => None,
        };
        let part = self.parts.of_document(number);
        match &submission.idempotency {
            Idempotency::Named { key, request } => {
                tables::body::insert(session, part, number, Some(&submission.body), facts.as_deref())?;
                let of = self.parts.of_number(asked.by.id.0);
                tables::request::insert(session, of, asked.by.id, key, request, number, response)?;
                Ok(Key::Named)
            }
            Idempotency::Counted { sender, number: receipt } => {
                // Kept for the group: an answer may have to be made again.
                group.bodies.push((number, submission.body.clone()));
                group.senders.insert(*sender, (*receipt, number));
                Ok(Key::Counted { sender: *sender, number: *receipt })
            }
        }
    }

    /// Writes series, orders, serials and shipments. Gives the numbers that were given out.
    fn write_beside(
        &self,
        session: &mut dyn Session,
        group: &mut Group,
        submission: &Submission,
        number: DocumentNo,
        also: Also,
        effects: &mut Vec<Effect>,
    ) -> Result<Option<Range>, SubmitError> {
        let asked = submission.plan.asked();
        let by = asked.by.id;
        let mut given = None;
        match also {
            Also::Nothing => {}
            Also::Product(product) => {
                let key = gtin_key(product.gtin);
                let mut book = GroupBook { engine: self, session, group };
                let card = Arc::new(product);
                let id = book.draft(SeriesKind::Issued, key, by, Some(Arc::clone(&card)))?;
                for kind in [SeriesKind::Own, SeriesKind::Foreign] {
                    // Serials of other states may be known before the card is.
                    if let Some(other) = book.series_of(kind, key)?
                        && let Some(series) = book.series(other)?
                    {
                        book.group.series.put(other, Series { product: Some(Arc::clone(&card)), ..series });
                    }
                }
                tables::product::insert(session, id, &card, number)?;
            }
            Also::Order { range, profile } => {
                let key = submission.key.ok_or_else(|| Refusal::new(RefusalCode::NoActiveKey))?;
                tables::orders::insert(session, number, range, profile, key, by, asked.at)?;
                self.grow(session, group, range)?;
                given = Some(range);
            }
            Also::Serials { kind, gtin, serials } => {
                let mut book = GroupBook { engine: self, session, group };
                let id = match book.series_of(kind, gtin_key(gtin))? {
                    Some(id) => id,
                    None => {
                        let issued = book.series_of(SeriesKind::Issued, gtin_key(gtin))?;
                        let issued = issued.map(|id| book.series(id)).transpose()?.flatten();
                        book.draft(kind, gtin_key(gtin), by, issued.and_then(|series| series.product))?
                    }
                };
                let first = book.series(id)?.map_or(0, |series| series.issued);
                let range = Range { series: id, first, count: serials.len() as u64 };
                self.write_drafts(session, group)?;
                tables::serial::insert(session, self.parts.of_series(id), id, &serials, first)?;
                self.grow(session, group, range)?;
                let mut book = GroupBook { engine: self, session, group };
                let owner = book.series(id)?.map_or(by, |series| series.owner);
                effects.extend(registered(kind, range, owner, by));
                given = Some(range);
            }
            Also::Shipment { to, due } => tables::shipment::insert(session, number, by, to, asked.at, due)?,
            Also::ShipmentEnded { shipment, how } => tables::shipment::end(session, shipment, how, number)?,
        }
        self.write_drafts(session, group)?;
        Ok(given)
    }

    /// Writes the series that the document made.
    fn write_drafts(&self, session: &mut dyn Session, group: &mut Group) -> Result<(), StoreError> {
        for (id, series) in group.drafts.drain(..) {
            tables::series::insert(session, id, &series)?;
            group.series.put(id, series);
        }
        Ok(())
    }

    /// A series has been given out up to the end of a range.
    fn grow(&self, session: &mut dyn Session, group: &mut Group, range: Range) -> Result<(), StoreError> {
        let mut book = GroupBook { engine: self, session, group };
        let series = book.series(range.series)?;
        let mut series = series.ok_or_else(|| StoreError::corrupt(format!("series {}", range.series.0)))?;
        series.issued = range.end();
        tables::series::set_issued(session, range.series, series.issued)?;
        group.series.put(range.series, series);
        Ok(())
    }
}

/// A document that could not be written whole is not written at all.
fn torn(error: SubmitError) -> SubmitError {
    match error {
        SubmitError::Store(damaged @ StoreError::Damaged { .. }) => {
            StoreError::NotCommitted(damaged.to_string()).into()
        }
        error => error,
    }
}

/// What a receipt is to a register whose last is known.
fn counted(last: Option<(u64, DocumentNo)>, number: u64) -> Result<Option<Receipt>, SubmitError> {
    match last {
        Some((known, document)) if known == number => {
            let body = format!("{{\"document\":{}}}", document.0);
            Ok(Some(Receipt { response: Response { status: 201, body }, replayed: true }))
        }
        Some((known, _)) if known > number => Err(Refusal::new(RefusalCode::IdempotencyKeyReused).into()),
        _ => Ok(None),
    }
}
