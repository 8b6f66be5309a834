//! Where requests come in.

use super::ports::{Incoming, Platform};
use super::settings::isolate;
use crate::http::Head;
use crate::router;
use worker::{Context, Env, Headers, Request, Response, ResponseBuilder, Result, event};

#[event(fetch)]
async fn fetch(request: Request, env: Env, context: Context) -> Result<Response> {
    let head = head_of(&request);
    let isolate = isolate(&env);
    let platform = Platform { env, context: Some(context) };
    let body = Incoming { content_length: head.content_length, request };
    let answer = router::answer(isolate.as_deref(), &platform, &head, body).await;
    let headers = Headers::new();
    for (name, value) in &answer.headers {
        headers.set(name, value)?;
    }
    let builder = ResponseBuilder::new().with_status(answer.status).with_headers(headers);
    Ok(if answer.body.is_empty() { builder.empty() } else { builder.fixed(answer.body.into_bytes()) })
}

fn head_of(request: &Request) -> Head {
    let header = |name: &str| request.headers().get(name).ok().flatten();
    let mut head = Head {
        method: request.inner().method(),
        accept: header("accept"),
        accept_language: header("accept-language"),
        content_type: header("content-type"),
        content_length: header("content-length").and_then(|len| len.parse().ok()),
        if_none_match: header("if-none-match"),
        ..Head::default()
    };
    head.set_url(&request.inner().url());
    head
}
