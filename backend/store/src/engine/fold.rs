//! Folding: what has gathered in memory goes into blocks, in the order of keys, while documents go on being written.
//!
//! A fold freezes what waits, opens each touched block once, adds its changes, and hands the bytes to the writer, which
//! commits them between two groups of documents. When the last block is on disk the floor is raised: the log below it need
//! not be read again at the next start. A fold that was cut off is done again by the next: blocks tell by `as_of` what they
//! hold already.

use super::blocks::{Base, open};
use super::book::read_many;
use super::pending::entries;
use super::writer::Job;
use super::{Engine, log};
use crate::StoreError;
use crate::coding::block::{Block, BlockKey};
use crate::db::{Session, Value};
use crate::tables;
use shared::state::DocumentNo;
use std::collections::HashMap;
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};
use std::sync::{Arc, PoisonError};
use std::thread::JoinHandle;

/// Blocks folded in one transaction.
const BATCH: usize = 512;

/// Registers written in one transaction.
const SENDERS: usize = 8192;

/// Blocks as they shall be, with their parts.
pub(crate) struct Folded {
    pub(crate) rows: Vec<(i64, BlockKey, Vec<u8>)>,
}

enum Call {
    /// Fold when you can.
    Wake,
    /// Fold, and say how it went.
    Now(SyncSender<Result<(), StoreError>>),
    Stop,
}

/// The way to the folding thread.
#[derive(Clone)]
pub(crate) struct Folder(SyncSender<Call>);

impl Folder {
    pub(crate) fn start(engine: &Arc<Engine>, writer: &SyncSender<Job>) -> Result<(Self, JoinHandle<()>), StoreError> {
        // One call waits while one is carried out; more would ask for the same.
        let (calls, called) = sync_channel(1);
        let (engine, writer) = (Arc::clone(engine), writer.clone());
        let thread =
            std::thread::Builder::new().name("store-folder".into()).spawn(move || work(&engine, &writer, &called))?;
        Ok((Self(calls), thread))
    }

    /// Asks for a fold, unless one is asked for already.
    pub(crate) fn wake(&self) {
        match self.0.try_send(Call::Wake) {
            Ok(()) | Err(TrySendError::Full(_) | TrySendError::Disconnected(_)) => {}
        }
    }

    /// Asks for a fold and waits for it.
    pub(crate) fn fold_and_wait(&self) -> Result<(), StoreError> {
        let (answer, answered) = sync_channel(1);
        self.0.send(Call::Now(answer)).map_err(|_| StoreError::Stopped)?;
        answered.recv().unwrap_or(Err(StoreError::Stopped))
    }

    /// Ends the thread once it is at rest.
    pub(crate) fn stop(&self) {
        let _ = self.0.send(Call::Stop);
    }
}

fn work(engine: &Engine, writer: &SyncSender<Job>, called: &Receiver<Call>) {
    // A fold that failed leaves its generation frozen; the next one begins with it.
    let mut left = None;
    while let Ok(call) = called.recv() {
        match call {
            Call::Stop => return,
            Call::Wake => {
                let _ = fold(engine, writer, &mut left);
            }
            Call::Now(answer) => {
                let result = fold(engine, writer, &mut left);
                // Whoever asked may have gone.
                let _ = answer.send(result);
            }
        }
    }
}

/// A frozen generation: its blocks, and the last document in it.
type Frozen = (Vec<BlockKey>, DocumentNo);

fn fold(engine: &Engine, writer: &SyncSender<Job>, left: &mut Option<Frozen>) -> Result<(), StoreError> {
    let mut session = engine.database.session()?;
    if !may_fold(engine, &mut *session)? {
        engine.forget();
        return Ok(());
    }
    engine.mend(&mut *session, writer)?;
    let (keys, upto) = match left.take() {
        Some(frozen) => frozen,
        None => ask(writer, Job::Freeze)?,
    };
    let blocks = blocks(engine, &mut *session, writer, &keys, upto);
    let result = blocks.and_then(|()| senders(engine, writer, upto)).and_then(|()| {
        let raised: Result<(), StoreError> = ask(writer, |answer| Job::Floor(upto, answer))?;
        raised.map(|()| engine.thaw())
    });
    if result.is_err() {
        *left = Some((keys, upto));
    }
    result
}

/// Only one process folds a shared ledger: two would write over each other's blocks.
fn may_fold(engine: &Engine, session: &mut dyn Session) -> Result<bool, StoreError> {
    if engine.database.single_process() {
        return Ok(true);
    }
    /// Any number that nothing else in the database locks.
    const LOCK: i64 = 0x0066_6f6c_6400;
    let mut taken = false;
    // Held by the session, which ends with the fold.
    session.query(
        "SELECT CASE WHEN pg_try_advisory_lock($1) THEN 1 ELSE 0 END::bigint",
        &[Value::Int(LOCK)],
        &mut |row| {
            taken = row.int(0)? == 1;
            Ok(())
        },
    )?;
    Ok(taken)
}

fn blocks(
    engine: &Engine,
    session: &mut dyn Session,
    writer: &SyncSender<Job>,
    keys: &[BlockKey],
    upto: DocumentNo,
) -> Result<(), StoreError> {
    let mut written: Option<Receiver<Result<(), StoreError>>> = None;
    for batch in keys.chunks(BATCH) {
        let mut bases: HashMap<BlockKey, Base> = HashMap::with_capacity(batch.len());
        session.begin(false)?;
        let read = read_many(engine, session, batch, &mut bases);
        session.rollback()?;
        read?;
        let mut rows = Vec::with_capacity(batch.len());
        for &key in batch {
            let base = bases.get(&key).cloned().flatten();
            let frozen = engine.pending.frozen(key);
            let mut block = match open(key, base.as_deref(), &frozen) {
                Ok(block) => block,
                Err(damage) => {
                    tracing::error!(series = key.series.0, block = key.block, %damage, "a block is damaged");
                    open(key, Some(&engine.remake(session, key)?), &frozen)
                        .map_err(|damage| engine.damaged(key, damage))?
                }
            };
            if block.as_of() < upto {
                block.set_as_of(upto);
                rows.push((engine.parts.of_series(key.series), key, block.encode(key)));
            }
        }
        // The next batch is made while this one is written.
        if let Some(earlier) = written.take() {
            earlier.recv().unwrap_or(Err(StoreError::Stopped))?;
            // Here, so that the thread that commits need not.
            session.checkpoint()?;
        }
        let (answer, answered) = sync_channel(1);
        writer.send(Job::Fold(Folded { rows }, answer)).map_err(|_| StoreError::Stopped)?;
        written = Some(answered);
    }
    written.map_or(Ok(()), |last| last.recv().unwrap_or(Err(StoreError::Stopped)))
}

fn ask<T>(writer: &SyncSender<Job>, job: impl FnOnce(SyncSender<T>) -> Job) -> Result<T, StoreError> {
    let (answer, answered) = sync_channel(1);
    writer.send(job(answer)).map_err(|_| StoreError::Stopped)?;
    answered.recv().map_err(|_| StoreError::Stopped)
}

impl Engine {
    /// Whether blocks wait to be made anew.
    pub(crate) fn has_damage(&self) -> bool {
        !self.damaged.lock().unwrap_or_else(PoisonError::into_inner).is_empty()
    }

    /// Makes damaged blocks anew: the log has all that ever happened to them.
    fn mend(&self, session: &mut dyn Session, writer: &SyncSender<Job>) -> Result<(), StoreError> {
        let damaged = self.damaged.lock().unwrap_or_else(PoisonError::into_inner).clone();
        for key in damaged {
            let rows = vec![(self.parts.of_series(key.series), key, self.remake(session, key)?)];
            let written: Result<(), StoreError> = ask(writer, |answer| Job::Fold(Folded { rows }, answer))?;
            written?;
            self.damaged.lock().unwrap_or_else(PoisonError::into_inner).remove(&key);
            tracing::warn!(series = key.series.0, block = key.block, "a damaged block was made anew from the log");
        }
        Ok(())
    }

    /// A block as the log has it up to the floor. The whole log of its part is read: it is done once in a great while.
    fn remake(&self, session: &mut dyn Session, key: BlockKey) -> Result<Vec<u8>, StoreError> {
        let floor = self.floor();
        let mut block = Block::new();
        log::effects_from(session, self.parts.of_series(key.series), DocumentNo(1), &mut |document, effect| {
            if document <= floor && effect.range.series == key.series {
                for (_, entry) in entries(document, &effect).filter(|(of, _)| *of == key) {
                    entry.push_to(&mut block);
                }
            }
            Ok(())
        })?;
        block.set_as_of(floor);
        Ok(block.encode(key))
    }

    /// Writes down that everything up to a document is folded.
    pub(super) fn write_floor(&self, session: &mut dyn Session, floor: DocumentNo) -> Result<(), StoreError> {
        tables::meta::put(session, "floor", &floor.0.to_string())
    }
}

/// Writes the registers' last receipts, which at the next start are read from the log only above the floor.
fn senders(engine: &Engine, writer: &SyncSender<Job>, upto: DocumentNo) -> Result<(), StoreError> {
    let mut rows = engine.senders_since(engine.floor());
    rows.retain(|(_, _, document)| *document <= upto);
    for batch in rows.chunks(SENDERS) {
        let row = |&(sender, number, document): &(u64, u64, DocumentNo)| {
            (engine.parts.of_number(sender), sender, number, document)
        };
        let batch = batch.iter().map(row).collect();
        let written: Result<(), StoreError> = ask(writer, |answer| Job::Senders(batch, answer))?;
        written?;
    }
    Ok(())
}
