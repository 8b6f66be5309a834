//! Submitting a document: look for a retry, load what it needs, decide, write effects and answer, commit, acknowledge.

use super::convert::{signed, unsigned};
use super::{Store, blocks, orders, products};
use crate::coding::ranges;
use crate::{Applied, Idempotency, Receipt, Response, StoreError, Submission, SubmitError};
use backend_ledger::{Book, Effects, Plan};
use rusqlite::{Connection, OptionalExtension, params};
use serde::{Deserialize, Serialize};
use shared::document::{Document, Range};
use shared::party::PartyId;
use shared::refusal::RefusalCode;
use shared::region::Region;
use shared::state::{BlockReason, DocumentNo, WithdrawalReason};
use shared::wire::v1::products::FactsBody;

/// What a document says of its units to anyone, as the column `terms` keeps it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Terms {
    /// Facts of an introduction.
    Facts(FactsBody),
    /// Reason and region of a withdrawal.
    Withdrawal {
        /// Why.
        reason: WithdrawalReason,
        /// Where, if public.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        region: Option<Region>,
    },
    /// Reason of a block.
    Block {
        /// Why.
        reason: BlockReason,
    },
}

impl Terms {
    fn of(document: &Document) -> Option<Self> {
        match document {
            Document::Introduce { facts, .. } => Some(Self::Facts(FactsBody::from(facts))),
            Document::Withdraw { reason, region, .. } => Some(Self::Withdrawal { reason: *reason, region: *region }),
            Document::Block { reason, .. } => Some(Self::Block { reason: *reason }),
            Document::RegisterProduct(_)
            | Document::OrderCodes { .. }
            | Document::Apply { .. }
            | Document::Unblock { .. } => None,
        }
    }
}

impl Store {
    /// Decides a document and writes it whole, or refuses it and writes nothing. `respond` makes the answer, which is
    /// written with the document and given again to a retry. Returns when it is on disk.
    ///
    /// # Errors
    /// [`SubmitError::Refused`] with the ledger's refusal or [`RefusalCode::IdempotencyKeyReused`];
    /// [`SubmitError::Store`], after which nothing was changed.
    pub fn submit(
        &self,
        submission: Submission,
        respond: impl FnOnce(&Applied) -> Result<Response, serde_json::Error> + Send + 'static,
    ) -> Result<Receipt, SubmitError> {
        self.0.writer.write(move |db| {
            let by = submission.plan.asked().by.id;
            if let Some(response) = replay(db, by, &submission.idempotency)? {
                return Ok(Receipt { response, replayed: true });
            }
            let number = next_number(db)?;
            let effects = submission.plan.decide(number, &load(db, &submission.plan)?)?;
            let applied = Applied {
                document: number,
                kind: submission.plan.kind(),
                at: submission.plan.asked().at,
                units: effects.units(),
            };
            let response = respond(&applied)?;
            record(db, &submission, &applied, &effects, &response)?;
            write(db, &submission, number, &effects)?;
            Ok(Receipt { response, replayed: false })
        })
    }

    /// The answer that a request got before, if it is a retry.
    ///
    /// # Errors
    /// As [`Store::submit`].
    pub fn replay(&self, by: PartyId, idempotency: &Idempotency) -> Result<Option<Receipt>, SubmitError> {
        let response = self.0.readers.read(|db| replay(db, by, idempotency))?;
        Ok(response.map(|response| Receipt { response, replayed: true }))
    }
}

fn replay(db: &Connection, by: PartyId, idempotency: &Idempotency) -> Result<Option<Response>, SubmitError> {
    let mut statement =
        db.prepare_cached("SELECT request, status, response FROM document WHERE party = ?1 AND idempotency = ?2")?;
    let row = statement.query_row(params![signed(by.0), idempotency.key], |row| {
        Ok((row.get::<_, Vec<u8>>(0)?, row.get::<_, u16>(1)?, row.get(2)?))
    });
    match row.optional()? {
        None => Ok(None),
        Some((request, status, body)) if request == idempotency.request => Ok(Some(Response { status, body })),
        Some(_) => Err(SubmitError::Refused(RefusalCode::IdempotencyKeyReused.into())),
    }
}

fn next_number(db: &Connection) -> Result<DocumentNo, StoreError> {
    let mut statement = db.prepare_cached("SELECT coalesce(max(number), 0) + 1 FROM document")?;
    Ok(DocumentNo(unsigned(statement.query_row([], |row| row.get(0))?)?))
}

/// The part of the book that a plan needs.
fn load(db: &Connection, plan: &Plan) -> Result<Book, StoreError> {
    let mut book = Book::default();
    for gtin in plan.gtins() {
        if let Some(series) = products::series(db, gtin)? {
            book.series.insert(gtin, series.into());
        }
    }
    for span in plan.needs() {
        blocks::span(db, span, |block, runs| {
            book.blocks.insert((span.gtin, block), runs);
        })?;
    }
    Ok(book)
}

/// Writes the document itself.
fn record(
    db: &Connection,
    submission: &Submission,
    applied: &Applied,
    effects: &Effects,
    response: &Response,
) -> Result<(), SubmitError> {
    let asked = submission.plan.asked();
    let terms = Terms::of(&asked.document).map(|terms| serde_json::to_string(&terms)).transpose()?;
    let units: Vec<Range> = match effects {
        Effects::Registered(_) => Vec::new(),
        Effects::Issued(range) => vec![*range],
        Effects::Changed { .. } => submission.plan.ranges().collect(),
    };
    db.prepare_cached(
        "INSERT INTO document (number, kind, party, at, units, terms, ranges, body, idempotency, request, status,
            response) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
    )?
    .execute(params![
        signed(applied.document.0),
        applied.kind,
        signed(asked.by.id.0),
        asked.at.0,
        signed(applied.units),
        terms,
        ranges::encode(&units),
        submission.body,
        submission.idempotency.key,
        submission.idempotency.request.as_slice(),
        response.status,
        response.body,
    ])?;
    Ok(())
}

/// Writes what the document does.
fn write(db: &Connection, submission: &Submission, by: DocumentNo, effects: &Effects) -> Result<(), SubmitError> {
    let asked = submission.plan.asked();
    match (effects, &asked.document) {
        (Effects::Registered(product), _) => products::insert(db, product, asked.by.id, by)?,
        (Effects::Issued(range), Document::OrderCodes { profile, .. }) => {
            let key = submission.key.ok_or(RefusalCode::NoActiveKey).map_err(shared::refusal::Refusal::from)?;
            orders::insert(db, by, *range, *profile, key)?;
        }
        (Effects::Issued(_), _) => return Err(StoreError::corrupt("the plan of an order").into()),
        (Effects::Changed { blocks, .. }, _) => {
            for changed in blocks {
                blocks::put(db, changed.gtin, changed.block, &changed.runs)?;
            }
        }
    }
    Ok(())
}
