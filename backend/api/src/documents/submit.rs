//! Submitting a document.

use crate::Api;
use crate::access::Caller;
use crate::codes::resolve;
use crate::extract::IdempotencyKey;
use crate::problem::Refused;
use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use backend_ledger::{Asked, Party, Place, Plan};
use backend_store::{Applied, Idempotency, Receipt, Submission};
use shared::document::{Document, Range};
use shared::refusal::RefusalCode;
use shared::seal::KeyId;
use shared::wire::v1::documents::{DocumentResponse, UnitsBody};

/// A request that brings a document.
pub(crate) struct Sending {
    pub(crate) caller: Caller,
    pub(crate) key: IdempotencyKey,
    /// The route, as part of what a retry must repeat.
    pub(crate) route: &'static str,
    /// The body as it was sent.
    pub(crate) text: String,
}

/// What a handler makes of its body on a blocking thread.
pub(crate) struct Made {
    pub(crate) document: Document,
    pub(crate) places: Vec<Place>,
    /// The key that makes the tails, for an order.
    pub(crate) key: Option<KeyId>,
}

impl From<Document> for Made {
    fn from(document: Document) -> Self {
        Self { document, places: Vec::new(), key: None }
    }
}

impl Made {
    /// A document of units.
    pub(crate) fn of_units(
        api: &Api,
        by: Party,
        units: &UnitsBody,
        document: impl FnOnce(Vec<Range>) -> Document,
    ) -> Result<Self, Refused> {
        let (ranges, places) = resolve(api, by, units)?;
        Ok(Self { document: document(ranges), places, key: None })
    }
}

impl Sending {
    /// Looks for a retry, makes the document, decides and writes it, and answers once it is on disk.
    pub(crate) async fn submit(
        self,
        api: &Api,
        make: impl FnOnce(&Api, Party) -> Result<Made, Refused> + Send + 'static,
        answer: impl FnOnce(&Applied) -> Result<String, serde_json::Error> + Send + 'static,
    ) -> Result<Response, Refused> {
        let receipt = api
            .blocking(move |api| {
                let by = self.caller.0.party;
                let idempotency = Idempotency::of(self.key.0, self.route, self.text.as_bytes());
                // A retry gets its answer whatever has changed since, such as the state of a key.
                if let Some(receipt) = api.store().replay(by.id, &idempotency)? {
                    return Ok(receipt);
                }
                let at = api.now();
                let Made { document, places, key } = make(api, by)?;
                let plan = Plan::new(Asked { document, places, by, at })?;
                let submission = Submission { plan, idempotency, body: self.text, key };
                let respond = |applied: &Applied| {
                    let status = StatusCode::CREATED.as_u16();
                    Ok(backend_store::Response { status, body: answer(applied)? })
                };
                Ok(api.store().submit(submission, respond)?)
            })
            .await?;
        respond(receipt)
    }
}

fn respond(Receipt { response: given, replayed }: Receipt) -> Result<Response, Refused> {
    let mut response = Response::new(Body::from(given.body));
    *response.status_mut() =
        StatusCode::from_u16(given.status).map_err(|_| Refused::from(RefusalCode::StoreUnavailable))?;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    if replayed {
        headers.insert("idempotency-replayed", HeaderValue::from_static("true"));
    }
    Ok(response)
}

/// The usual answer: what was applied.
pub(crate) fn document_answer(applied: &Applied) -> Result<String, serde_json::Error> {
    serde_json::to_string(&DocumentResponse {
        document: applied.document.0,
        kind: applied.kind.to_owned(),
        at: applied.at,
        units: applied.units,
        body: None,
    })
}
