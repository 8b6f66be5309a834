//! Refusals on their way out: one place makes every problem document (RFC 9457), in the client's language.

use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use backend_store::{StoreError, SubmitError};
use futures_util::FutureExt as _;
use locales::Locale;
use shared::refusal::{Refusal, RefusalCode};
use shared::wire::v1::problem::{ERRORS_LIMIT, MEDIA_TYPE, Problem, RefusedBody};
use std::panic::AssertUnwindSafe;

/// A handler's refusal. It travels inside the response until [`outermost`] gives it words.
#[derive(Debug)]
pub(crate) struct Refused {
    refusal: Refusal,
    /// Every refusal of a document, the first among them; empty for what is no document's.
    errors: Vec<Refusal>,
    /// Value of the Allow header (RFC 9110, section 15.5.6).
    allow: Option<String>,
}

impl Refused {
    /// A document that is refused: by all of these, of which the first is the answer.
    pub(crate) fn many(errors: Vec<Refusal>) -> Self {
        let refusal = errors.first().cloned().unwrap_or_else(|| RefusalCode::NoUnits.into());
        Self { refusal, errors, allow: None }
    }

    /// Says which methods a route has.
    pub(crate) fn allow(mut self, methods: String) -> Self {
        self.allow = Some(methods);
        self
    }
}

impl From<Refusal> for Refused {
    fn from(refusal: Refusal) -> Self {
        Self { refusal, errors: Vec::new(), allow: None }
    }
}

impl From<RefusalCode> for Refused {
    fn from(code: RefusalCode) -> Self {
        Refusal::from(code).into()
    }
}

impl From<StoreError> for Refused {
    /// The cause is for the log; the client learns that nothing was changed and when to come again.
    fn from(error: StoreError) -> Self {
        if matches!(error, StoreError::Full) {
            return RefusalCode::Busy.into();
        }
        let source = std::error::Error::source(&error).map(ToString::to_string);
        tracing::error!(%error, source, "the store failed");
        RefusalCode::StoreUnavailable.into()
    }
}

impl From<SubmitError> for Refused {
    fn from(error: SubmitError) -> Self {
        match error {
            SubmitError::Refused(refusals) => Self::many(refusals),
            SubmitError::Store(error) => error.into(),
        }
    }
}

impl From<serde_json::Error> for Refused {
    /// An answer of ours that cannot be written.
    fn from(error: serde_json::Error) -> Self {
        tracing::error!(%error, "an answer could not be written");
        RefusalCode::StoreUnavailable.into()
    }
}

/// The refusals inside a response: the one that is the answer, and all of a document.
#[derive(Clone)]
struct Carried(Refusal, Vec<Refusal>);

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.refusal.code.status());
        let mut response = status.unwrap_or(StatusCode::SERVICE_UNAVAILABLE).into_response();
        if let Some(methods) = self.allow.and_then(|methods| HeaderValue::try_from(methods).ok()) {
            response.headers_mut().insert(header::ALLOW, methods);
        }
        response.extensions_mut().insert(Carried(self.refusal, self.errors));
        response
    }
}

/// The outermost layer: catches panics, gives every error its problem document and every answer its safe headers.
pub(crate) async fn outermost(request: Request, next: Next) -> Response {
    let locale = locale_of(request.headers());
    let is_head = request.method() == axum::http::Method::HEAD;
    let answered = AssertUnwindSafe(next.run(request)).catch_unwind().await;
    // The panic itself is printed by the process's hook.
    let mut response = answered.unwrap_or_else(|_| Refused::from(RefusalCode::StoreUnavailable).into_response());
    if response.status().is_client_error() || response.status().is_server_error() {
        let carried = response.extensions_mut().remove::<Carried>();
        let Carried(refusal, errors) =
            carried.unwrap_or_else(|| Carried(of_status(response.status()).into(), Vec::new()));
        let mut headers = std::mem::take(response.headers_mut());
        headers.remove(header::CONTENT_LENGTH);
        response = render(&refusal, &errors, locale, headers);
    }
    if is_head {
        *response.body_mut() = Body::empty();
    }
    harden(response.headers_mut());
    response
}

/// The language that a request asks for.
pub(crate) fn locale_of(headers: &HeaderMap) -> Locale {
    let asked = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    Locale::negotiate(asked.unwrap_or_default())
}

/// The refusal of an error that the framework gave.
fn of_status(status: StatusCode) -> RefusalCode {
    match status {
        StatusCode::NOT_FOUND => RefusalCode::NotFound,
        StatusCode::METHOD_NOT_ALLOWED => RefusalCode::MethodNotAllowed,
        StatusCode::UNSUPPORTED_MEDIA_TYPE => RefusalCode::UnsupportedMediaType,
        StatusCode::PAYLOAD_TOO_LARGE => RefusalCode::BodyTooLarge,
        status if status.is_client_error() => RefusalCode::MalformedBody,
        _ => RefusalCode::StoreUnavailable,
    }
}

/// What is wrong and how to mend it, in a language.
pub(crate) fn words(refusal: &Refusal, locale: Locale) -> (String, String) {
    let args: Vec<(&str, &str)> = refusal.args.iter().map(|(name, value)| (*name, value.as_str())).collect();
    locale.refusal(&refusal.code.message_id(), &args)
}

fn render(refusal: &Refusal, errors: &[Refusal], locale: Locale, mut headers: HeaderMap) -> Response {
    let (title, detail) = words(refusal, locale);
    // What has no place in the body is no code that is in the way.
    let errors = errors.iter().filter(|refusal| refusal.at.is_some()).take(ERRORS_LIMIT);
    let errors = errors.map(|refusal| RefusedBody::new(refusal, words(refusal, locale).0));
    let problem = Problem { errors: errors.collect(), ..Problem::new(refusal, title, detail) };
    // Strings and numbers: it cannot fail.
    let body = serde_json::to_vec(&problem).unwrap_or_default();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(MEDIA_TYPE));
    headers.insert(header::CONTENT_LANGUAGE, HeaderValue::from_static(locale.tag()));
    headers.insert(header::VARY, HeaderValue::from_static("accept-language"));
    if refusal.code.is_transient() {
        headers.insert(header::RETRY_AFTER, HeaderValue::from_static("5"));
    }
    if refusal.code == RefusalCode::Unauthorized {
        headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    }
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = StatusCode::from_u16(problem.status).unwrap_or(StatusCode::SERVICE_UNAVAILABLE);
    *response.headers_mut() = headers;
    response
}

/// What no browser or proxy shall do with our answers: guess types, keep them, frame them, tell where they came from.
fn harden(headers: &mut HeaderMap) {
    for (name, value) in [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::CACHE_CONTROL, "no-store"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::Router;
    use axum::middleware::from_fn;
    use axum::routing::get;
    use tower::ServiceExt as _;

    #[expect(clippy::panic, reason = "the panic is the test")]
    async fn panics() -> StatusCode {
        panic!("on purpose")
    }

    #[tokio::test]
    async fn whatever_goes_wrong_has_a_number() {
        let router = Router::new()
            .route("/panic", get(panics))
            .route("/500", get(|| async { (StatusCode::INTERNAL_SERVER_ERROR, "inside") }))
            .route("/415", get(|| async { StatusCode::UNSUPPORTED_MEDIA_TYPE }))
            .route("/teapot", get(|| async { StatusCode::IM_A_TEAPOT }))
            .layer(from_fn(outermost));
        for (path, status, number) in
            [("/panic", 503, 1013), ("/500", 503, 1013), ("/415", 415, 1003), ("/teapot", 400, 1001)]
        {
            let request = Request::builder().uri(path).body(Body::empty()).unwrap();
            let response = router.clone().oneshot(request).await.unwrap();
            assert_eq!(response.status().as_u16(), status, "{path}");
            let bytes = axum::body::to_bytes(response.into_body(), 10_000).await.unwrap();
            let problem: Problem = serde_json::from_slice(&bytes).unwrap();
            assert_eq!((problem.code.number, problem.status), (number, status), "{path}");
        }
    }
}
