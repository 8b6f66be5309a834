//! Reading sessions: as many as read at once, within what the database bears, kept for the next reader.

use super::{Connect, Database, Session};
use crate::StoreError;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Duration;

/// How long a reader waits for a session when all are in use.
const PATIENCE: Duration = Duration::from_secs(10);

/// Sessions for reading.
pub(crate) struct Pool {
    connect: Arc<dyn Connect>,
    most: usize,
    state: Mutex<State>,
    returned: Condvar,
}

#[derive(Default)]
struct State {
    idle: Vec<Box<dyn Session>>,
    in_use: usize,
}

impl Pool {
    /// A pool with one session open.
    pub(crate) fn new(database: &dyn Database) -> Result<Self, StoreError> {
        let connect = database.connect();
        let first = connect.session()?;
        let state = Mutex::new(State { idle: vec![first], in_use: 0 });
        Ok(Self { most: connect.readers().max(1), connect, state, returned: Condvar::new() })
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
        let state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let (mut state, _) = self
            .returned
            .wait_timeout_while(state, patience, |state| state.in_use >= self.most)
            .unwrap_or_else(PoisonError::into_inner);
        if state.in_use >= self.most {
            return Err(StoreError::Full);
        }
        state.in_use += 1;
        if let Some(session) = state.idle.pop() {
            return Ok(session);
        }
        drop(state);
        self.connect.session().inspect_err(|_| self.give_back(None))
    }

    fn give_back(&self, session: Option<Box<dyn Session>>) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.in_use = state.in_use.saturating_sub(1);
        // Opening one takes longer than most readings.
        state.idle.extend(session);
        drop(state);
        self.returned.notify_one();
    }
}
