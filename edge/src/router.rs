//! From a request to its handler, and what all answers have in common.

use crate::handlers::{check, health, keys, link, reports};
use crate::http::{Head, Response};
use crate::isolate::Isolate;
use crate::ports::{Body, BodyError, Ports};
use crate::problem;
use shared::refusal::{Refusal, RefusalCode};

/// A route that exists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Route<'a> {
    Check,
    Keys,
    Reports,
    Report(&'a str),
    Health,
    Link,
}

impl<'a> Route<'a> {
    fn of(path: &'a str) -> Option<Self> {
        let segments: Vec<&str> = path.strip_prefix('/')?.split('/').collect();
        match segments[..] {
            ["v1", "check"] => Some(Self::Check),
            ["v1", "keys"] => Some(Self::Keys),
            ["v1", "reports"] => Some(Self::Reports),
            ["v1", "reports", ticket] => Some(Self::Report(ticket)),
            ["v1", "health"] => Some(Self::Health),
            // A batch (AI 10) may stand between GTIN and serial.
            ["01", _, "21", _] | ["01", _, "10", _, "21", _] => Some(Self::Link),
            _ => None,
        }
    }

    /// The methods it has, as `Allow` names them.
    fn allow(self) -> &'static str {
        match self {
            Self::Check | Self::Reports => "POST, OPTIONS",
            Self::Keys | Self::Report(_) | Self::Health | Self::Link => "GET, HEAD, OPTIONS",
        }
    }

    /// Largest body, for routes that take one.
    fn body_limit(self) -> Option<usize> {
        match self {
            Self::Check => Some(check::post::LIMIT),
            Self::Reports => Some(reports::post::LIMIT),
            Self::Keys | Self::Report(_) | Self::Health | Self::Link => None,
        }
    }
}

/// Answers a request; `isolate` is nothing if the settings cannot be used. Whatever is sent, the answer is one of ours.
pub async fn answer<P: Ports, B: Body>(isolate: Option<&Isolate>, ports: &P, head: &Head, body: B) -> Response {
    let response = match Route::of(&head.path) {
        None => refused(&RefusalCode::NotFound.into(), head),
        Some(route) if head.method == "OPTIONS" => preflight(route),
        Some(route) => match handle(isolate, ports, route, head, body).await {
            Ok(response) => response,
            Err(refusal) if refusal.code == RefusalCode::MethodNotAllowed => {
                refused(&refusal, head).with("allow", route.allow())
            }
            Err(refusal) => refused(&refusal, head),
        },
    };
    dressed(response, head.method == "HEAD")
}

fn refused(refusal: &Refusal, head: &Head) -> Response {
    problem::response(refusal, head.accept_language.as_deref())
}

async fn handle<P: Ports, B: Body>(
    isolate: Option<&Isolate>,
    ports: &P,
    route: Route<'_>,
    head: &Head,
    body: B,
) -> Result<Response, Refusal> {
    if !route.allow().split(", ").any(|method| method == head.method) {
        return Err(RefusalCode::MethodNotAllowed.into());
    }
    let isolate = isolate.ok_or(RefusalCode::AnswerUnavailable)?;
    let body = match route.body_limit() {
        Some(limit) => read(head, body, limit).await?,
        None => Vec::new(),
    };
    match route {
        Route::Check => check::post::handle(isolate, ports, &body).await,
        Route::Keys => keys::get::handle(isolate, ports, head).await,
        Route::Reports => reports::post::handle(ports, body).await,
        Route::Report(ticket) => reports::get::handle(ports, ticket).await,
        Route::Health => health::get::handle(isolate, ports).await,
        Route::Link => link::get::handle(isolate, ports, head).await,
    }
}

/// Reads a JSON body within its limit; what says beforehand that it is too large is not read at all.
async fn read<B: Body>(head: &Head, body: B, limit: usize) -> Result<Vec<u8>, Refusal> {
    let media_type = head.content_type.as_deref().and_then(|text| text.split(';').next()).unwrap_or_default();
    if !media_type.trim().eq_ignore_ascii_case(crate::http::JSON) {
        return Err(RefusalCode::UnsupportedMediaType.into());
    }
    let too_large = || Refusal::new(RefusalCode::BodyTooLarge).with("limit", limit);
    if head.content_length.is_some_and(|len| len > limit) {
        return Err(too_large());
    }
    match body.read(limit).await {
        Ok(bytes) if bytes.len() <= limit => Ok(bytes),
        Ok(_) | Err(BodyError::TooLarge) => Err(too_large()),
        Err(error @ BodyError::BrokenOff) => Err(problem::malformed(&error)),
    }
}

/// What a browser asks before it lets a page of another origin speak to us (Fetch Standard, CORS protocol).
fn preflight(route: Route<'_>) -> Response {
    Response::empty(204)
        .with("allow", route.allow())
        .with("access-control-allow-methods", route.allow())
        .with("access-control-allow-headers", "content-type, accept-language, if-none-match")
        .with("access-control-max-age", "86400")
}

/// The headers that all answers have. Anyone may ask from anywhere: there are no cookies and no sessions to misuse.
fn dressed(response: Response, is_head: bool) -> Response {
    let mut response = response
        .with("access-control-allow-origin", "*")
        .with("access-control-expose-headers", "etag, location, retry-after")
        .with("content-security-policy", "default-src 'none'; frame-ancestors 'none'")
        .with("cross-origin-resource-policy", "cross-origin")
        .with("referrer-policy", "no-referrer")
        .with("strict-transport-security", "max-age=31536000")
        .with("x-content-type-options", "nosniff");
    if is_head {
        response.body.clear();
    }
    response
}
