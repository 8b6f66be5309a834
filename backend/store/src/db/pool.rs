//! Reading sessions: as many as read at once, within what the database bears, kept for the next reader.

use super::{Connect, Database, Session};
use crate::StoreError;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// How long a reader waits for a session when all are in use.
const PATIENCE: Duration = Duration::from_secs(10);

/// How long a snapshot is kept for the next reader. As often a session begins with nothing in its memory; and what others commit
/// meanwhile cannot leave the log of the database.
const KEPT: Duration = Duration::from_millis(100);

/// Sessions for reading.
pub(crate) struct Pool {
    connect: Arc<dyn Connect>,
    most: usize,
    keep: Duration,
    state: Mutex<State>,
    returned: Condvar,
}

#[derive(Default)]
struct State {
    idle: Vec<Box<dyn Session>>,
    /// Sessions whose snapshot is kept, the one used last at the end.
    kept: Vec<Kept>,
    in_use: usize,
    waiting: usize,
}

/// A session in the midst of a reading.
struct Kept {
    session: Box<dyn Session>,
    /// What the snapshot is of, as its readers say.
    of: (u64, u64),
    /// What the one who began it has found out of it.
    known: u64,
    since: Instant,
}

impl Pool {
    /// A pool with one session open.
    pub(crate) fn new(database: &dyn Database) -> Result<Self, StoreError> {
        Self::keeping(database, KEPT)
    }

    /// The same with another time for which snapshots are kept.
    pub(crate) fn keeping(database: &dyn Database, keep: Duration) -> Result<Self, StoreError> {
        let connect = database.connect();
        let first = connect.session()?;
        let state = Mutex::new(State { idle: vec![first], ..State::default() });
        Ok(Self { most: connect.readers().max(1), connect, keep, state, returned: Condvar::new() })
    }

    /// The same as [`Self::read`] if a session is to be had at once, from within a reading too; nothing if none is.
    pub(crate) fn read_now<T, E: From<StoreError>>(
        &self,
        query: impl FnOnce(&mut dyn Session) -> Result<T, E>,
    ) -> Option<Result<T, E>> {
        self.taken(Duration::ZERO).ok().map(|session| self.read_with(session, query))
    }

    /// Reads in one transaction: everything `query` sees is of one moment. Not to be called from within itself: the
    /// inner call may wait for the session of the outer one.
    ///
    /// # Errors
    /// Those of `query`; [`StoreError::Full`] if no session becomes free.
    pub(crate) fn read<T, E: From<StoreError>>(
        &self,
        query: impl FnOnce(&mut dyn Session) -> Result<T, E>,
    ) -> Result<T, E> {
        let session = self.taken(PATIENCE)?;
        self.read_with(session, query)
    }

    /// Reads in a snapshot of `of` that was begun a moment ago, if there is one, and in a new one otherwise: `begin` takes it,
    /// and finds out what its readers need to know of it. It is kept for the next reader, because in a new one a session reads
    /// anew what it had in memory before another committed.
    ///
    /// # Errors
    /// Those of `begin` and `query`; [`StoreError::Full`] if no session becomes free.
    pub(crate) fn read_kept<T, E: From<StoreError>>(
        &self,
        of: (u64, u64),
        begin: impl FnOnce(&mut dyn Session) -> Result<u64, StoreError>,
        query: impl FnOnce(&mut dyn Session, u64) -> Result<T, E>,
    ) -> Result<T, E> {
        let mut kept = match self.taken_kept(of) {
            Some(kept) => kept,
            None => {
                let mut session = self.taken(PATIENCE)?;
                let since = Instant::now();
                match session.begin(false).and_then(|()| begin(&mut *session)) {
                    Ok(known) => Kept { session, of, known, since },
                    Err(error) => {
                        self.give_back(None);
                        return Err(error.into());
                    }
                }
            }
        };
        // A panic must not lose the place of this session.
        let result = catch_unwind(AssertUnwindSafe(|| query(&mut *kept.session, kept.known)));
        match result {
            Ok(Ok(_)) if !kept.session.broken() => self.put_back(|state| state.kept.push(kept)),
            _ => self.give_back(kept.ended()),
        }
        result.unwrap_or_else(|panic| resume_unwind(panic))
    }

    /// Ends the snapshots that have been kept for long: what was committed since they began cannot leave the log before.
    pub(crate) fn let_go(&self) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let State { idle, kept, .. } = &mut *state;
        let old = kept.extract_if(.., |kept| kept.since.elapsed() >= self.keep);
        idle.extend(old.filter_map(Kept::ended));
    }

    fn read_with<T, E: From<StoreError>>(
        &self,
        mut session: Box<dyn Session>,
        query: impl FnOnce(&mut dyn Session) -> Result<T, E>,
    ) -> Result<T, E> {
        if let Err(error) = session.begin(false) {
            self.give_back(None);
            return Err(error.into());
        }
        // A panic must not lose the place of this session.
        let result = catch_unwind(AssertUnwindSafe(|| query(&mut *session)));
        // A reader has nothing to commit, and what a failed query left behind is given up with the rest.
        let usable = session.rollback().is_ok() && !session.broken();
        self.give_back(usable.then_some(session));
        result.unwrap_or_else(|panic| resume_unwind(panic))
    }

    fn taken(&self, patience: Duration) -> Result<Box<dyn Session>, StoreError> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if state.in_use >= self.most {
            state.waiting += 1;
            (state, _) = self
                .returned
                .wait_timeout_while(state, patience, |state| state.in_use >= self.most)
                .unwrap_or_else(PoisonError::into_inner);
            state.waiting -= 1;
        }
        if state.in_use >= self.most {
            return Err(StoreError::Full);
        }
        state.in_use += 1;
        if let Some(session) = state.idle.pop() {
            return Ok(session);
        }
        // The one used last may serve once more.
        let kept = if state.kept.is_empty() { None } else { Some(state.kept.remove(0)) };
        drop(state);
        if let Some(session) = kept.and_then(Kept::ended) {
            return Ok(session);
        }
        self.connect.session().inspect_err(|_| self.give_back(None))
    }

    /// A session with a snapshot of `of`, if one was kept and is not old.
    fn taken_kept(&self, of: (u64, u64)) -> Option<Kept> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if state.in_use >= self.most {
            return None;
        }
        let kept = state.kept.pop_if(|kept| kept.of == of && kept.since.elapsed() < self.keep)?;
        state.in_use += 1;
        Some(kept)
    }

    fn give_back(&self, session: Option<Box<dyn Session>>) {
        // Opening one takes longer than most readings.
        self.put_back(|state| state.idle.extend(session));
    }

    fn put_back(&self, put: impl FnOnce(&mut State)) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.in_use = state.in_use.saturating_sub(1);
        put(&mut state);
        // To wake nobody is a call of the system as well.
        let is_awaited = state.waiting > 0;
        drop(state);
        if is_awaited {
            self.returned.notify_one();
        }
    }
}

impl Kept {
    /// The session without its snapshot, unless it is lost.
    fn ended(mut self) -> Option<Box<dyn Session>> {
        let usable = self.session.rollback().is_ok() && !self.session.broken();
        usable.then_some(self.session)
    }
}
