//! Refusals as clients get them: RFC 9457, in their language.

use crate::http::Response;
use locales::Locale;
use shared::refusal::{Refusal, RefusalCode};
use shared::wire::v1::problem::{MEDIA_TYPE, Problem};

/// Seconds after which a client may try again what could not be answered now.
const RETRY_AFTER_SECONDS: u8 = 5;

/// The answer to a request that is refused.
pub(crate) fn response(refusal: &Refusal, accept_language: Option<&str>) -> Response {
    let locale = Locale::negotiate(accept_language.unwrap_or_default());
    let args: Vec<(&str, &str)> = refusal.args.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let (title, detail) = locale.refusal(&refusal.code.message_id(), &args);
    let status = refusal.code.status();
    let body = serde_json::to_string(&Problem::new(refusal, title, detail)).unwrap_or_default();
    let response =
        Response::new(status, MEDIA_TYPE, body).with("content-language", locale.tag()).with("vary", "accept-language");
    if refusal.code.is_transient() { response.with("retry-after", RETRY_AFTER_SECONDS.to_string()) } else { response }
}

/// The body is not what the route asks for. The reason is the parser's, cut short: it may quote the body.
pub(crate) fn malformed(reason: &impl ToString) -> Refusal {
    let reason: String = reason.to_string().chars().take(120).collect();
    Refusal::new(RefusalCode::MalformedBody).with("reason", reason)
}
