//! Submitting a document.

use crate::Api;
use crate::access::Caller;
use crate::codes::{Resolved, Resolver};
use crate::extract::{IdempotencyKey, Sent};
use crate::problem::{Refused, locale_of, words};
use axum::body::Body;
use axum::extract::{FromRequest, FromRequestParts as _, MatchedPath, Request};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use backend_ledger::{Asked, Plan};
use backend_store::{Applied, Idempotency, Receipt, Submission};
use locales::Locale;
use serde::de::DeserializeOwned;
use shared::document::Document;
use shared::refusal::RefusalCode;
use shared::wire::v1::documents::DocumentResponse;
use shared::wire::v1::problem::{ERRORS_LIMIT, RefusedBody};

/// A request that brings a document, read from its request whole: who sends it, under which key, and its body.
pub(crate) struct Sending<T> {
    caller: Caller,
    key: IdempotencyKey,
    locale: Locale,
    /// The route, as part of what a retry must repeat.
    route: MatchedPath,
    sent: Sent<T>,
}

impl<T: DeserializeOwned, S: Sync> FromRequest<S> for Sending<T> {
    type Rejection = Refused;

    async fn from_request(request: Request, state: &S) -> Result<Self, Refused> {
        let (mut parts, body) = request.into_parts();
        let caller = Caller::from_request_parts(&mut parts, state).await?;
        let key = IdempotencyKey::from_request_parts(&mut parts, state).await?;
        let locale = locale_of(&parts.headers);
        let route = parts.extensions.get::<MatchedPath>().cloned().ok_or(RefusalCode::NotFound)?;
        let sent = Sent::from_request(Request::from_parts(parts, body), state).await?;
        Ok(Self { caller, key, locale, route, sent })
    }
}

impl<T: Send + 'static> Sending<T> {
    /// Submits the document that `make` makes of the body, and answers what was applied.
    pub(crate) async fn submit(
        self,
        api: &Api,
        make: impl FnOnce(&mut Resolver<'_>, T) -> Result<Document, Refused> + Send + 'static,
    ) -> Result<Response, Refused> {
        self.submit_answered(api, |resolver, body| Ok((make(resolver, body)?, document_answer))).await
    }

    /// Looks for a retry, makes the document and its answer, decides and writes it, and answers once it is on disk.
    pub(crate) async fn submit_answered<A>(
        self,
        api: &Api,
        make: impl FnOnce(&mut Resolver<'_>, T) -> Result<(Document, A), Refused> + Send + 'static,
    ) -> Result<Response, Refused>
    where
        A: FnMut(&Applied, &[RefusedBody]) -> Result<String, serde_json::Error> + Send + 'static,
    {
        let Self { caller, key, locale, route, sent: Sent { body, text } } = self;
        let receipt = api
            .blocking(move |api| {
                let by = caller.0.party;
                let idempotency = Idempotency::of(key.0, route.as_str(), text.as_bytes());
                // A retry gets its answer whatever has changed since, such as the state of a key.
                if let Some(receipt) = api.store().replay(by.id, &idempotency)? {
                    return Ok(receipt);
                }
                let at = api.now();
                let mut resolver = Resolver::new(api, by);
                let (document, mut answer) = make(&mut resolver, body)?;
                let Resolved { places, refused, partial, key } = resolver.finish()?;
                let plan = Plan::new(Asked { document, places, by, at, partial })?;
                let submission = Submission { plan, idempotency, body: text, key };
                let respond = move |applied: &Applied| {
                    let rejected = refused.iter().chain(&applied.rejected).take(ERRORS_LIMIT);
                    let rejected: Vec<RefusedBody> =
                        rejected.map(|refusal| RefusedBody::new(refusal, words(refusal, locale).0)).collect();
                    let status = StatusCode::CREATED.as_u16();
                    Ok(backend_store::Response { status, body: answer(applied, &rejected)? })
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

/// The usual answer: what was applied, and what was left out.
fn document_answer(applied: &Applied, rejected: &[RefusedBody]) -> Result<String, serde_json::Error> {
    serde_json::to_string(&DocumentResponse {
        document: applied.document.0,
        kind: applied.kind,
        at: applied.at,
        units: applied.units,
        rejected: rejected.to_vec(),
        body: None,
    })
}
