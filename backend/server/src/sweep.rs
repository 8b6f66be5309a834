//! Codes that were not applied in time are annulled by the operator: 30 days after their order by rule, set per group (R3).

use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread::JoinHandle;
use std::time::Duration;

use anyhow::{Context, Result};
use backend_ledger::{Asked, Party, Place, Plan};
use backend_store::{Applied, Idempotency, OrderRecord, Response, Store, StoreError, Submission, SubmitError};
use shared::date::Timestamp;
use shared::document::Document;
use shared::group::ProductGroup;
use shared::wire::v1::documents::UnitsRequest;
use shared::wire::v1::units::{OrderUnits, UnitsBody};

use crate::clock;

const DAY_MS: i64 = 24 * 3600 * 1000;

/// How often orders are looked through.
const EVERY: Duration = Duration::from_secs(24 * 3600);

/// Orders read at once.
const PAGE: usize = 1000;

/// A thread that looks through orders once a day.
pub(crate) struct Sweeper {
    stop: Sender<()>,
    thread: JoinHandle<()>,
}

impl Sweeper {
    /// Starts it; the first time is now.
    pub(crate) fn start(store: Store) -> Result<Self> {
        let (stop, stopped) = channel::<()>();
        let thread = std::thread::Builder::new().name("sweep".to_owned()).spawn(move || {
            loop {
                match sweep(&store, clock::now()) {
                    Ok(0) => {}
                    Ok(units) => tracing::info!(units, "codes were not applied in time and are annulled"),
                    Err(error) => tracing::error!(%error, "orders could not be looked through"),
                }
                if !matches!(stopped.recv_timeout(EVERY), Err(RecvTimeoutError::Timeout)) {
                    return;
                }
            }
        });
        Ok(Self { stop, thread: thread.context("cannot start the thread that looks through orders")? })
    }

    /// Stops it, after the order that it is at.
    pub(crate) fn stop(self) {
        // An error means that it has ended.
        let _ = self.stop.send(());
        let _ = self.thread.join();
    }
}

/// Annuls the codes of every order whose term has passed by `now` and that were not applied. Returns how many.
///
/// # Errors
/// What the store says; what was done before stays done.
pub fn sweep(store: &Store, now: Timestamp) -> Result<u64, StoreError> {
    let shortest = ProductGroup::ALL.iter().map(|group| group.application_days()).min().unwrap_or_default();
    let mut annulled = 0;
    let mut page = PAGE;
    loop {
        let orders = store.unswept_orders(before(now, shortest), page)?;
        let due = orders.iter().filter(|order| order.product.group.application_term(order.at) < now);
        let mut done = 0;
        for order in due {
            annulled += annul(store, order, now)?;
            store.set_swept(order.order)?;
            done += 1;
        }
        if orders.len() < page {
            return Ok(annulled);
        }
        // Orders of groups with a longer term stay in the list: behind them may be others.
        if done == 0 {
            page *= 2;
        }
    }
}

fn before(now: Timestamp, days: u32) -> Timestamp {
    Timestamp(now.0.saturating_sub(i64::from(days) * DAY_MS))
}

/// Annuls what was not applied of an order.
fn annul(store: &Store, order: &OrderRecord, at: Timestamp) -> Result<u64, StoreError> {
    let number = order.order.0;
    let units = UnitsBody { orders: vec![OrderUnits { order: number, first: 0, count: None }], codes: Vec::new() };
    let body = serde_json::to_string(&UnitsRequest { units, partial: true })?;
    let asked = Asked {
        document: Document::Annul { units: vec![order.range] },
        places: vec![Place::Order { index: 0, base: order.range.first }],
        by: Party::OPERATOR,
        at,
        partial: true,
    };
    let plan = match Plan::new(asked) {
        Ok(plan) => plan,
        Err(refusal) => {
            tracing::error!(order = number, code = refusal.code.number(), "an order cannot be looked through");
            return Ok(0);
        }
    };
    let idempotency = Idempotency::of(format!("sweep-{number}"), "/sweep", body.as_bytes());
    let (tell, told) = channel();
    let respond = move |applied: &Applied| {
        // The receiver lives until the document is written.
        let _ = tell.send(applied.units);
        Ok(Response { status: 201, body: "{}".to_owned() })
    };
    match store.submit(Submission { plan, idempotency, body, key: None }, respond) {
        // The last number told is that of the document as it was written; none is told of a retry.
        Ok(_) => Ok(told.try_iter().last().unwrap_or(0)),
        // Nothing is left to annul.
        Err(SubmitError::Refused(_)) => Ok(0),
        Err(SubmitError::Store(error)) => Err(error),
    }
}
