//! `GET /01/{gtin}/21/{serial}`: a GS1 Digital Link (URI Syntax 1.4; GS1-Conformant Resolver 1.2), answered as a page of
//! the app, as JSON or as a set of links (RFC 9264), by `Accept`.

use crate::accept;
use crate::answer::answer;
use crate::http::{Head, JSON, Response};
use crate::isolate::Isolate;
use crate::ports::{Backend, Cache, Clock};
use crate::problem::malformed;
use serde_json::json;
use shared::code::CODE_LIMIT;
use shared::gs1::{Gtin, digital_link};
use shared::refusal::{Refusal, RefusalCode};
use std::fmt::Write as _;

const HTML: &str = "text/html";
const LINKSET: &str = "application/linkset+json";

/// Link types of GS1 Web Vocabulary: `gs1:pip` and `gs1:verificationService`.
const VOCABULARY: &str = "https://ref.gs1.org/voc/";

/// Answers it.
///
/// # Errors
/// The refusals of [`answer`] for JSON; [`RefusalCode::GtinInvalid`] or [`RefusalCode::CodeUnreadable`] for links to
/// what is no Digital Link.
pub async fn handle<P: Clock + Cache + Backend>(
    isolate: &Isolate,
    ports: &P,
    head: &Head,
) -> Result<Response, Refusal> {
    let link = head.url();
    if link.len() > CODE_LIMIT {
        return Err(Refusal::new(RefusalCode::CodeTooLong).with("limit", CODE_LIMIT));
    }
    let response = match accept::best(head.accept.as_deref(), &[JSON, HTML, LINKSET]) {
        HTML => Response::empty(303).with("location", page_of(&link)).with("cache-control", "no-store"),
        LINKSET => {
            check(&link, &head.path)?;
            Response::new(200, LINKSET, linkset(&link, &head.origin))
        }
        _ => {
            let answer = answer(isolate, ports, &link).await?;
            let body = serde_json::to_string(&answer).map_err(|error| malformed(&error))?;
            Response::new(200, JSON, body)
        }
    };
    Ok(response.with("vary", "accept, accept-language"))
}

/// The app's page that checks this link.
fn page_of(link: &str) -> String {
    format!("/check?link={}", percent_encoded(link))
}

/// Everything but the unreserved characters of RFC 3986 is encoded.
fn percent_encoded(text: &str) -> String {
    text.bytes().fold(String::with_capacity(text.len() * 2), |mut out, byte| {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => out.push(byte.into()),
            // Writing to a String cannot fail.
            _ => _ = write!(out, "%{byte:02X}"),
        }
        out
    })
}

fn check(link: &str, path: &str) -> Result<(), Refusal> {
    let gtin = path.split('/').nth(2).unwrap_or_default();
    gtin.parse::<Gtin>().map_err(|_| RefusalCode::GtinInvalid)?;
    digital_link::parse(link).map_err(|_| RefusalCode::CodeUnreadable)?;
    Ok(())
}

/// RFC 9264, section 4.2. The links are for the unit as printed: its anchor has the tail, too.
fn linkset(link: &str, origin: &str) -> String {
    let page = json!({
        "href": format!("{origin}{}", page_of(link)),
        "type": HTML,
        "hreflang": ["kk", "ru", "en"],
    });
    let check = json!({ "href": link, "type": JSON });
    json!({
        "linkset": [{
            "anchor": link,
            (format!("{VOCABULARY}defaultLink")): [page],
            (format!("{VOCABULARY}pip")): [page],
            (format!("{VOCABULARY}verificationService")): [check],
        }],
    })
    .to_string()
}
