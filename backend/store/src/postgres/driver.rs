//! A ledger in PostgreSQL: any number of processes write it, each with the log as its only memory of the others.

use super::migrate::{MIGRATIONS, migrate};
use super::session::PostgresSession;
use super::{citus, migrate as migrations};
use crate::StoreError;
use crate::db::{Connect, Database, Session, one};
use postgres::{Client, Config, NoTls};
use std::sync::Arc;
use std::time::Duration;

/// How long the server may take to accept a connection.
const CONNECT_WITHIN: Duration = Duration::from_secs(10);

/// Readers at once. A server bears some hundred connections, of all processes together.
const READERS: usize = 16;

/// What holds in every session. A commit is on disk when it is acknowledged (DESIGN §7, 3); a transaction sees one moment
/// and fails rather than lose another's change; nothing waits for ever. Long answers are read in pages, each within its
/// time. Rows are looked up by key: without statistics of a table that has just been filled, the planner would rather read
/// all of it.
const SETTINGS: &str = "
    SET synchronous_commit = on;
    SET default_transaction_isolation = 'repeatable read';
    SET statement_timeout = '120s';
    SET lock_timeout = '10s';
    SET idle_in_transaction_session_timeout = '300s';
    SET client_encoding = 'UTF8';
    SET enable_hashjoin = off;
    SET enable_mergejoin = off;
    SET jit = off;
    SET client_min_messages = warning";

/// The database.
pub(crate) struct Postgres {
    opener: Arc<Opener>,
}

pub(super) struct Opener {
    config: Config,
}

impl Postgres {
    /// Connects to the database at `url` (`postgresql://user@host:port/name`, or `host=/folder dbname=name`).
    ///
    /// # Errors
    /// [`StoreError::Unreachable`] if nobody answers; [`StoreError::Database`] if the server refuses.
    pub(crate) fn connect(url: &str) -> Result<Self, StoreError> {
        let mut config: Config = url.parse()?;
        config.connect_timeout(CONNECT_WITHIN).keepalives_idle(Duration::from_secs(30));
        if config.get_application_name().is_none() {
            config.application_name("tanba");
        }
        let opener = Arc::new(Opener { config });
        // Says now what would be said later.
        opener.client()?;
        Ok(Self { opener })
    }
}

impl Opener {
    /// Opens a connection with the settings of a session.
    pub(super) fn client(&self) -> Result<Client, StoreError> {
        let connect = || -> Result<Client, StoreError> {
            let mut client = self.config.connect(NoTls)?;
            client.batch_execute(SETTINGS)?;
            Ok(client)
        };
        connect().map_err(|error| match error {
            // A server that is there says why it refuses; nothing else comes from one that is not.
            StoreError::Database(cause) if said_by_nobody(&cause) => StoreError::Unreachable(cause),
            error => error,
        })
    }
}

fn said_by_nobody(cause: &crate::error::Cause) -> bool {
    cause.downcast_ref::<postgres::Error>().is_some_and(|error| error.code().is_none())
}

/// The opener, shared: a session reopens its connection through it.
struct Sessions(Arc<Opener>);

impl Connect for Sessions {
    fn session(&self) -> Result<Box<dyn Session>, StoreError> {
        Ok(Box::new(PostgresSession::open(Arc::clone(&self.0))?))
    }

    fn readers(&self) -> usize {
        READERS
    }
}

impl Database for Postgres {
    fn session(&self) -> Result<Box<dyn Session>, StoreError> {
        Sessions(Arc::clone(&self.opener)).session()
    }

    fn connect(&self) -> Arc<dyn Connect> {
        Arc::new(Sessions(Arc::clone(&self.opener)))
    }

    fn single_process(&self) -> bool {
        false
    }

    fn migrate(&self) -> Result<(), StoreError> {
        let mut session = self.session()?;
        migrate(&mut *session, MIGRATIONS.len())?;
        if citus::is_present(&mut *session)? {
            let lock = migrations::Lock::take(&mut *session)?;
            citus::distribute(&mut *session)?;
            lock.release(&mut *session)?;
        }
        Ok(())
    }

    fn size(&self) -> Result<u64, StoreError> {
        let sql = "SELECT pg_database_size(current_database())::bigint";
        let size = one(&mut *self.session()?, sql, &[], |row| row.int(0))?;
        Ok(size.and_then(|size| u64::try_from(size).ok()).unwrap_or_default())
    }
}
