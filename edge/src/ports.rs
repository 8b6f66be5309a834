//! What router and handlers need of the platform. `cloudflare` implements these on Workers, the tests in memory.
//!
//! Everything runs in one thread of one isolate, so the futures need not be `Send`.

#![expect(async_fn_in_trait, reason = "one thread: nobody needs to name or send these futures")]

use crate::delivery::Letter;
use shared::date::Timestamp;
use shared::ticket::Ticket;

/// The time.
pub trait Clock {
    /// Now.
    fn now(&self) -> Timestamp;
    /// Lets some milliseconds pass.
    async fn pause(&self, ms: u32);
}

/// Memory that all isolates share and that outlives them; it may lag behind and may lose.
pub trait Cache {
    /// What was remembered last, if it is still there.
    async fn recall(&self, key: &str) -> Option<String>;
    /// Keeps a value. The answer to the client does not wait for it.
    fn remember(&self, key: String, value: String);
}

/// A request to the backend.
#[derive(Clone, Debug)]
pub struct Call<'a> {
    /// `GET` or `POST`.
    pub method: &'static str,
    /// Path with query.
    pub target: &'a str,
    /// Value of the header [`shared::edge_auth::HEADER`].
    pub signature: String,
    /// JSON, or nothing.
    pub body: Option<&'a str>,
    /// How long to wait for the whole answer.
    pub patience_ms: u32,
}

/// What the backend said.
#[derive(Clone, Debug)]
pub struct Said {
    /// Status.
    pub status: u16,
    /// Body.
    pub body: String,
}

/// The backend said nothing in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the backend did not answer in time")]
pub struct Unreachable;

/// The way to the backend.
pub trait Backend {
    /// Sends a request, once.
    ///
    /// # Errors
    /// [`Unreachable`].
    async fn send(&self, call: Call<'_>) -> Result<Said, Unreachable>;
}

/// The box could not be reached; nothing is known to have been stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the box of this report did not answer")]
pub struct BoxUnavailable;

/// Boxes of reports, one per ticket, each on durable storage.
pub trait ReportBox {
    /// Stores a report and sees to its delivery. Whoever gets an answer may forget the report; a second report with the
    /// same ticket is the same report and changes nothing.
    ///
    /// # Errors
    /// [`BoxUnavailable`].
    async fn drop_in(&self, ticket: Ticket, sealed: String) -> Result<Letter, BoxUnavailable>;
    /// What became of the report with this ticket; nothing if there never was one.
    ///
    /// # Errors
    /// [`BoxUnavailable`].
    async fn look_up(&self, ticket: Ticket) -> Result<Option<Letter>, BoxUnavailable>;
}

/// A body is larger than allowed, or broke off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BodyError {
    /// Larger than the limit.
    #[error("the body is larger than its limit")]
    TooLarge,
    /// The client went away.
    #[error("the body broke off")]
    BrokenOff,
}

/// The body of a request, not read yet.
pub trait Body {
    /// Reads it, holding at most `limit` bytes.
    ///
    /// # Errors
    /// [`BodyError`].
    async fn read(self, limit: usize) -> Result<Vec<u8>, BodyError>;
}

/// All that handlers need.
pub trait Ports: Clock + Cache + Backend + ReportBox {}

impl<T: Clock + Cache + Backend + ReportBox> Ports for T {}
