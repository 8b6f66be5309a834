//! A download: codes are computed while they are sent, as fast as the client takes them.
//!
//! Several workers make chunks in turn: worker `i` of `n` makes chunks `i`, `i + n`, …, and the stream takes one of each
//! in order. Each worker is a few chunks ahead at most, so a slow client costs memory for those and nothing else. A
//! client that goes away closes the channels, and the workers stop; so they do when a client takes nothing for long.

use super::chunk::{Format, chunk};
use super::maker::CodeMaker;
use crate::Api;
use axum::body::{Body, Bytes};
use backend_store::OrderRecord;
use futures_util::stream;
use std::num::NonZero;
use std::sync::Arc;
use std::time::Duration;
use tokio::runtime::Handle;
use tokio::sync::OwnedSemaphorePermit;
use tokio::sync::mpsc::{Receiver, Sender, channel};

/// Codes in a chunk: some 40 kB.
const CHUNK: u64 = 256;

/// Chunks that a worker may be ahead.
const AHEAD: usize = 4;

/// Most workers of one download.
const WORKERS: usize = 4;

/// How long a finished chunk waits to be taken. A client that stalls loses its download, not everybody's turn.
const PATIENCE: Duration = Duration::from_secs(60);

/// A chunk could not be made: the download is cut off, which the client sees as an incomplete answer.
#[derive(Debug, thiserror::Error)]
#[error("the codes from number {0} on could not be made")]
struct Unmade(u64);

/// The body of a download of `numbers` of an order's series. `permit` is held while a
/// worker works.
pub(crate) fn stream(
    api: &Api,
    order: OrderRecord,
    numbers: std::ops::Range<u64>,
    format: Format,
    permit: OwnedSemaphorePermit,
) -> Body {
    let chunks = (numbers.end - numbers.start).div_ceil(CHUNK);
    let cores = std::thread::available_parallelism().map_or(1, NonZero::get);
    // No more workers than chunks.
    let workers = cores.min(WORKERS).min(usize::try_from(chunks).unwrap_or(WORKERS)).max(1);
    let (order, permit) = (Arc::new(order), Arc::new(permit));
    let mut lanes = Vec::with_capacity(workers);
    for worker in 0..workers as u64 {
        let (made, lane) = channel(AHEAD);
        let (api, order, numbers, permit) = (api.clone(), Arc::clone(&order), numbers.clone(), Arc::clone(&permit));
        tokio::task::spawn_blocking(move || {
            let _permit = permit;
            let turns = (worker..chunks).step_by(workers);
            work(&api, &order, &numbers, format, turns, &made);
        });
        lanes.push(lane);
    }
    let state = State { lanes, next: 0, chunks, header: Some(format.header()) };
    Body::from_stream(stream::unfold(state, State::step))
}

/// Makes the chunks of one worker until they are done or nobody takes them.
fn work(
    api: &Api,
    order: &OrderRecord,
    numbers: &std::ops::Range<u64>,
    format: Format,
    turns: impl Iterator<Item = u64>,
    made: &Sender<Result<Bytes, Unmade>>,
) {
    let maker = CodeMaker::new(api.keyring(), order);
    for turn in turns {
        let first = numbers.start + turn * CHUNK;
        let last = numbers.end.min(first + CHUNK);
        let bytes = maker.as_ref().and_then(|maker| chunk(maker, format, order.product.gtin, first..last));
        let send = made.send_timeout(bytes.ok_or(Unmade(first)), PATIENCE);
        if Handle::current().block_on(send).is_err() {
            return;
        }
    }
}

struct State {
    lanes: Vec<Receiver<Result<Bytes, Unmade>>>,
    next: u64,
    chunks: u64,
    header: Option<&'static str>,
}

impl State {
    async fn step(mut self) -> Option<(Result<Bytes, Unmade>, Self)> {
        if let Some(header) = self.header.take().filter(|header| !header.is_empty()) {
            return Some((Ok(Bytes::from_static(header.as_bytes())), self));
        }
        if self.next == self.chunks {
            return None;
        }
        let turn = self.next;
        self.next += 1;
        // Fewer lanes than a usize.
        let lane = (turn % self.lanes.len() as u64) as usize;
        let made = match self.lanes.get_mut(lane) {
            Some(lane) => lane.recv().await,
            None => None,
        };
        // A lane that closed early lost its worker.
        Some((made.unwrap_or(Err(Unmade(turn * CHUNK))), self))
    }
}
