//! What every handler works with.

use crate::Keyring;
use crate::problem::Refused;
use backend_store::Store;
use shared::date::Timestamp;
use shared::refusal::RefusalCode;
use std::sync::Arc;
use tokio::sync::Semaphore;

/// Requests served at once; more are told to come again. Each may hold a body of at most
/// [`crate::limits::DOCUMENT_BYTES`], so together they stay below 700 MB.
pub(crate) const REQUESTS: usize = 128;

/// Downloads of codes under way at once. Each keeps the workers of [`crate::codes`] busy.
pub(crate) const DOWNLOADS: usize = 8;

/// Tells the time. The program's only clock is handed in by the server.
type Clock = dyn Fn() -> Timestamp + Send + Sync;

/// The interface with everything it works with. Clones share it.
#[derive(Clone)]
pub struct Api(Arc<Parts>);

struct Parts {
    store: Store,
    keyring: Keyring,
    clock: Box<Clock>,
    requests: Arc<Semaphore>,
    downloads: Arc<Semaphore>,
}

impl Api {
    /// Puts it together.
    pub fn new(store: Store, keyring: Keyring, clock: impl Fn() -> Timestamp + Send + Sync + 'static) -> Self {
        Self(Arc::new(Parts {
            store,
            keyring,
            clock: Box::new(clock),
            requests: Arc::new(Semaphore::new(REQUESTS)),
            downloads: Arc::new(Semaphore::new(DOWNLOADS)),
        }))
    }

    pub(crate) fn store(&self) -> &Store {
        &self.0.store
    }

    pub(crate) fn keyring(&self) -> &Keyring {
        &self.0.keyring
    }

    pub(crate) fn now(&self) -> Timestamp {
        (self.0.clock)()
    }

    pub(crate) fn requests(&self) -> &Arc<Semaphore> {
        &self.0.requests
    }

    pub(crate) fn downloads(&self) -> &Arc<Semaphore> {
        &self.0.downloads
    }

    /// Does what blocks or computes for long on a thread that may.
    pub(crate) async fn blocking<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Self) -> Result<T, Refused> + Send + 'static,
    ) -> Result<T, Refused> {
        let api = self.clone();
        match tokio::task::spawn_blocking(move || work(&api)).await {
            Ok(result) => result,
            Err(error) => {
                tracing::error!(%error, "work on a request did not end well");
                Err(RefusalCode::StoreUnavailable.into())
            }
        }
    }
}
