//! The one writer: a thread that owns the writing connection and commits changes in groups.
//!
//! A change runs in a savepoint of the transaction of its group; one that fails is rolled back alone. All of a group are
//! acknowledged after the commit, which syncs the log once for all of them (`synchronous = FULL`).

use crate::StoreError;
use rusqlite::Connection;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};
use std::thread::JoinHandle;

/// Most changes in one transaction: bounds how long the first of them waits for the last.
const GROUP: usize = 64;

/// Most changes waiting. Each holds a document of at most a few megabytes.
const QUEUE: usize = 256;

/// What follows the commit of a group: tells the sender of the change how it went.
type Acknowledge = Box<dyn FnOnce(Result<(), String>) + Send>;

/// A change: runs on the connection, says whether to keep it and what follows.
type Job = Box<dyn FnOnce(Result<&Connection, String>) -> (bool, Acknowledge) + Send>;

/// The queue to the writing thread. Dropping it waits for the thread, which closes the database.
pub(super) struct Writer {
    jobs: Option<SyncSender<Job>>,
    thread: Option<JoinHandle<()>>,
}

impl Writer {
    pub(super) fn start(db: Connection) -> Result<Self, StoreError> {
        let (jobs, queue) = sync_channel(QUEUE);
        let thread = std::thread::Builder::new().name("store-writer".into()).spawn(move || work(&db, &queue))?;
        Ok(Self { jobs: Some(jobs), thread: Some(thread) })
    }

    /// Runs a change and waits until it is on disk. Blocks: not for an async thread.
    pub(super) fn write<T, E>(&self, change: impl FnOnce(&Connection) -> Result<T, E> + Send + 'static) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        let (answer, answered) = sync_channel(1);
        let job: Job = Box::new(move |db| {
            let result = match db {
                // The connection is left consistent by the rollback of the savepoint.
                Ok(db) => catch_unwind(AssertUnwindSafe(|| change(db)))
                    .unwrap_or_else(|_| Err(StoreError::NotCommitted("the change panicked".into()).into())),
                Err(reason) => Err(StoreError::NotCommitted(reason).into()),
            };
            let keep = result.is_ok();
            let acknowledge: Acknowledge = Box::new(move |committed| {
                let result = match committed {
                    Err(reason) if keep => Err(StoreError::NotCommitted(reason).into()),
                    _ => result,
                };
                // Whoever asked may have gone.
                let _ = answer.send(result);
            });
            (keep, acknowledge)
        });
        match self.jobs.as_ref().map(|jobs| jobs.try_send(job)) {
            Some(Ok(())) => {}
            Some(Err(TrySendError::Full(_))) => return Err(StoreError::Full.into()),
            Some(Err(TrySendError::Disconnected(_))) | None => return Err(StoreError::Stopped.into()),
        }
        answered.recv().unwrap_or_else(|_| Err(StoreError::Stopped.into()))
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        self.jobs = None;
        if let Some(thread) = self.thread.take() {
            // A thread that panicked has nothing left to say.
            let _ = thread.join();
        }
    }
}

fn work(db: &Connection, queue: &Receiver<Job>) {
    while let Ok(first) = queue.recv() {
        let rest = std::iter::from_fn(|| queue.try_recv().ok()).take(GROUP - 1);
        group(db, std::iter::once(first).chain(rest));
    }
}

/// Runs a group in one transaction and acknowledges it.
fn group(db: &Connection, jobs: impl Iterator<Item = Job>) {
    let run = |statement| db.execute_batch(statement).map_err(|error| error.to_string());
    let mut failed = run("BEGIN IMMEDIATE").err();
    let mut waiting = Vec::new();
    for job in jobs {
        failed = failed.or_else(|| run("SAVEPOINT change").err());
        if let Some(reason) = &failed {
            waiting.push(job(Err(reason.clone())).1);
            continue;
        }
        let (keep, acknowledge) = job(Ok(db));
        waiting.push(acknowledge);
        failed = run(if keep { "RELEASE change" } else { "ROLLBACK TO change; RELEASE change" }).err();
    }
    let committed = failed.map_or_else(|| run("COMMIT"), Err);
    if committed.is_err() && !db.is_autocommit() {
        // If even this fails, the next BEGIN will, and says so to its senders.
        let _ = run("ROLLBACK");
    }
    for acknowledge in waiting {
        acknowledge(committed.clone());
    }
}
