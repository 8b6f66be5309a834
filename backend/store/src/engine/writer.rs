//! The one writer of the process: decides documents in groups, commits each group in one transaction, and acknowledges
//! all of it after the commit.

use super::Engine;
use super::fold::{Folded, Folder};
use super::submit::{Group, Sent};
use crate::coding::block::BlockKey;
use crate::db::Session;
use crate::{Receipt, StoreError, SubmitError};
use shared::state::DocumentNo;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};
use std::thread::JoinHandle;
use std::time::Duration;

/// Most documents in one transaction, and most blocks that they name: bounds how long the first of a group waits for the last.
const GROUP: usize = 1024;
const GROUP_BLOCKS: usize = 100_000;

/// Most changes waiting. Those of cash registers are small, those of participants at most some megabytes.
const QUEUE: usize = 4096;

/// Tries to commit a group before its senders are told that the database is too busy.
const ATTEMPTS: u32 = 50;

/// The same, while the database cannot be reached: each try waits for it.
const REACHES: u32 = 3;

/// A small change beside the log: a participant, a report. Says what follows once it is known whether it is on disk.
type Change = Box<dyn FnOnce(&mut dyn Session) -> Result<(), StoreError> + Send>;

/// What the writer is asked for.
pub(crate) enum Job {
    /// A document.
    Submit(Box<Sent>),
    /// Something beside the log, and whom to tell when it is on disk.
    Change(Change, SyncSender<Result<(), StoreError>>),
    /// Blocks that were folded.
    Fold(Folded, SyncSender<Result<(), StoreError>>),
    /// Freezes what waits, which nothing may change meanwhile.
    Freeze(SyncSender<(Vec<BlockKey>, DocumentNo)>),
    /// Last receipts of registers: part, register, number, document.
    Senders(Vec<(i64, u64, u64, DocumentNo)>, SyncSender<Result<(), StoreError>>),
    /// Everything up to this document is folded.
    Floor(DocumentNo, SyncSender<Result<(), StoreError>>),
    /// The end.
    Stop,
}

/// The queue to the writing thread. Dropping it waits for the threads, which close the database.
pub(crate) struct Writer {
    jobs: SyncSender<Job>,
    folder: Folder,
    threads: Vec<JoinHandle<()>>,
}

impl Writer {
    pub(crate) fn start(engine: &Arc<Engine>) -> Result<Self, StoreError> {
        let (jobs, queue) = sync_channel(QUEUE);
        let (folder, folding) = Folder::start(engine, &jobs)?;
        let mut worker = Worker {
            engine: Arc::clone(engine),
            session: engine.database.session()?,
            folder: folder.clone(),
            uncertain: false,
            failed: false,
        };
        let writing = std::thread::Builder::new().name("store-writer".into()).spawn(move || worker.work(&queue))?;
        Ok(Self { jobs, folder, threads: vec![writing, folding] })
    }

    /// Sends a document and waits until it is on disk or refused. Blocks: not for an async thread.
    pub(crate) fn submit(
        &self,
        make: impl FnOnce(SyncSender<Result<Receipt, SubmitError>>) -> Sent,
    ) -> Result<Receipt, SubmitError> {
        let (answer, answered) = sync_channel(1);
        self.send(Job::Submit(Box::new(make(answer))))?;
        answered.recv().unwrap_or_else(|_| Err(StoreError::Stopped.into()))
    }

    /// Changes something beside the log and waits until it is on disk.
    pub(crate) fn change<T: Send + 'static>(
        &self,
        change: impl FnOnce(&mut dyn Session) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let (answer, answered) = sync_channel(1);
        let (tell, told) = sync_channel(1);
        let change: Change = Box::new(move |session| {
            // The receiver waits below.
            let _ = tell.send(change(session)?);
            Ok(())
        });
        self.send(Job::Change(change, answer))?;
        answered.recv().unwrap_or(Err(StoreError::Stopped))?;
        told.recv().map_err(|_| StoreError::Stopped)
    }

    /// Has damaged blocks made anew soon.
    pub(crate) fn mend(&self) {
        self.folder.wake();
    }

    /// Folds everything that waits now, and waits for it.
    pub(crate) fn fold(&self) -> Result<(), StoreError> {
        self.folder.fold_and_wait()
    }

    fn send(&self, job: Job) -> Result<(), StoreError> {
        match self.jobs.try_send(job) {
            Ok(()) => Ok(()),
            Err(TrySendError::Full(_)) => Err(StoreError::Full),
            Err(TrySendError::Disconnected(_)) => Err(StoreError::Stopped),
        }
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        self.folder.stop();
        // A writer that is gone already has nothing to be told.
        let _ = self.jobs.send(Job::Stop);
        for thread in self.threads.drain(..) {
            // A thread that panicked has nothing left to say.
            let _ = thread.join();
        }
    }
}

struct Worker {
    engine: Arc<Engine>,
    session: Box<dyn Session>,
    folder: Folder,
    /// Whether the outcome of the last commit is not known.
    uncertain: bool,
    /// Whether the disk failed to take a commit. Nothing is acknowledged any more: the system may forget what it could not
    /// write and call the next attempt a success, so only a start that reads the log again can tell what is there.
    failed: bool,
}

impl Worker {
    fn work(&mut self, queue: &Receiver<Job>) {
        let mut next = queue.recv().ok();
        while let Some(job) = next.take() {
            match job {
                Job::Submit(first) => next = self.gather(*first, queue),
                Job::Change(change, answer) => {
                    let result = self.transaction(|session, _| {
                        let panicked = |_| Err(StoreError::NotCommitted("the change panicked".into()));
                        catch_unwind(AssertUnwindSafe(|| change(session))).unwrap_or_else(panicked)
                    });
                    // Whoever asked may have gone.
                    let _ = answer.send(result);
                }
                Job::Fold(folded, answer) => {
                    let result = self.transaction(|session, _| session.put_blocks(&folded.rows));
                    // A commit that failed may be on disk all the same.
                    self.engine.folded();
                    let _ = answer.send(result);
                }
                Job::Freeze(answer) => {
                    let _ = answer.send(self.engine.freeze());
                }
                Job::Senders(rows, answer) => {
                    let result = self.transaction(|session, _| crate::tables::sender::put(session, &rows));
                    let _ = answer.send(result);
                }
                Job::Floor(floor, answer) => {
                    let result = self.transaction(|session, engine| engine.write_floor(session, floor));
                    if result.is_ok() {
                        self.engine.raise_floor(floor);
                    }
                    let _ = answer.send(result);
                }
                Job::Stop => return,
            }
            self.engine.pool.let_go();
            if next.is_none() {
                next = queue.recv().ok();
            }
        }
    }

    fn transaction<T>(
        &mut self,
        change: impl FnOnce(&mut dyn Session, &Engine) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        if self.failed {
            return Err(StoreError::Stopped);
        }
        self.session.begin(true)?;
        let result = change(&mut *self.session, &self.engine).and_then(|value| {
            self.session.commit().inspect_err(|error| self.failed |= matches!(error, StoreError::Io(_)))?;
            Ok(value)
        });
        match result {
            Ok(value) => Ok(value),
            Err(error) => {
                // If even this fails, the next begin will, and says so.
                let _ = self.session.rollback();
                Err(error)
            }
        }
    }

    /// Gathers what waits into a group, and does it. Gives the job that came after it, if one did.
    fn gather(&mut self, first: Sent, queue: &Receiver<Job>) -> Option<Job> {
        let mut cost = first.cost();
        let mut group = vec![first];
        let mut after = None;
        while group.len() < GROUP && cost < GROUP_BLOCKS {
            match queue.try_recv() {
                Ok(Job::Submit(sent)) => {
                    cost += sent.cost();
                    group.push(*sent);
                }
                Ok(other) => {
                    after = Some(other);
                    break;
                }
                Err(_) => break,
            }
        }
        self.commit(group);
        if self.engine.pending.waiting() >= self.engine.settings.fold_at || self.engine.has_damage() {
            self.folder.wake();
        }
        after
    }

    /// Decides and commits a group; with another process at the same log, as often as that one was first.
    fn commit(&mut self, mut group: Vec<Sent>) {
        let mut attempt = 0;
        let outcome = loop {
            attempt += 1;
            let tried = catch_unwind(AssertUnwindSafe(|| self.attempt(&mut group)))
                .unwrap_or_else(|_| Err(StoreError::NotCommitted("a decision panicked".into())));
            match tried {
                Err(StoreError::Conflict) if attempt < ATTEMPTS => {
                    let _ = self.session.rollback();
                    // The other one may be in the midst of its own group.
                    std::thread::sleep(Duration::from_micros(u64::from(attempt) * 200));
                }
                // What was committed all the same is found when it is decided again: every request has its key.
                Err(StoreError::Unreachable(_)) if attempt < REACHES => {
                    let _ = self.session.rollback();
                }
                Err(error) => {
                    let _ = self.session.rollback();
                    break Err(with_causes(&error));
                }
                Ok(decided) => break Ok(decided),
            }
        };
        match outcome {
            Ok(receipts) => {
                for (sent, receipt) in group.into_iter().zip(receipts) {
                    // Whoever asked may have gone.
                    let _ = sent.answer.send(receipt);
                }
            }
            Err(reason) => {
                for sent in group {
                    let _ = sent.answer.send(Err(StoreError::NotCommitted(reason.clone()).into()));
                }
            }
        }
    }

    fn attempt(&mut self, sent: &mut [Sent]) -> Result<Vec<Result<Receipt, SubmitError>>, StoreError> {
        if self.failed {
            return Err(StoreError::Stopped);
        }
        let (engine, session) = (&*self.engine, &mut *self.session);
        // Blocks of before a fold of another process are read with what waited for it.
        let _reading = engine.reading();
        session.begin(true)?;
        // Where the transaction sees the log end: whoever has read further meanwhile makes this one begin again.
        let first = if !engine.database.single_process() || self.uncertain {
            let end = engine.follow(session)?;
            self.uncertain = false;
            end
        } else {
            engine.next()
        };
        let mut group = Group::new(first);
        group.prefetch(engine, session, sent)?;
        let mut receipts = Vec::with_capacity(sent.len());
        for one in sent {
            let receipt = match engine.decide(session, &mut group, one) {
                Ok(receipt) => Ok(receipt),
                Err(refused @ SubmitError::Refused(_)) => Err(refused),
                // Nothing was written for it: those who speak of other goods are served.
                Err(damaged @ SubmitError::Store(StoreError::Damaged { .. })) => Err(damaged),
                // The group shares one transaction: what the database could not do for one it has not done for any.
                Err(SubmitError::Store(error)) => return Err(error),
            };
            receipts.push(receipt);
        }
        group.write(engine, session)?;
        // A commit that fails may be on disk all the same: then the log tells.
        session.commit().inspect_err(|error| {
            self.uncertain = true;
            self.failed |= matches!(error, StoreError::Io(_));
        })?;
        engine.publish(group);
        Ok(receipts)
    }
}

/// What an error says, and what its causes say: those who sent the group get the text alone.
fn with_causes(error: &StoreError) -> String {
    let mut text = error.to_string();
    let mut cause = std::error::Error::source(error);
    while let Some(error) = cause {
        text.push_str(": ");
        text.push_str(&error.to_string());
        cause = error.source();
    }
    text
}
