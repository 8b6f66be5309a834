//! The backend as a participant's system sees it: the public HTTP interface and nothing else.

use std::time::Duration;

use anyhow::{Context, Result, bail};
use reqwest::{RequestBuilder, StatusCode};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use shared::party::Role;
use shared::wire::v1::problem::Problem;

use crate::accounts::Accounts;

/// A client with the keys of the demo's participants.
pub(super) struct Client<'a> {
    http: reqwest::Client,
    base: String,
    accounts: &'a Accounts,
}

/// A line of a download of codes.
#[derive(Deserialize)]
struct Line {
    code: String,
}

impl<'a> Client<'a> {
    pub(super) fn new(base: &str, accounts: &'a Accounts) -> Result<Self> {
        let http = reqwest::Client::builder().timeout(Duration::from_secs(60)).build()?;
        Ok(Self { http, base: base.trim_end_matches('/').to_owned(), accounts })
    }

    /// Sends a document. `slug` names it for ever: sent again, it changes nothing and has the same answer.
    pub(super) async fn send<T: DeserializeOwned>(
        &self,
        role: Role,
        route: &str,
        slug: &str,
        body: &impl Serialize,
    ) -> Result<T> {
        let request = self.http.post(format!("{}/api/v1/{route}", self.base)).json(body);
        let request = request.header("idempotency-key", format!("demo-{slug}"));
        let text = self.text(role, request).await.with_context(|| format!("could not send `{slug}` to {route}"))?;
        serde_json::from_str(&text).with_context(|| format!("{route} answered in another form"))
    }

    /// Asks for something.
    pub(super) async fn get<T: DeserializeOwned>(&self, role: Role, route: &str) -> Result<T> {
        let request = self.http.get(format!("{}/api/v1/{route}", self.base));
        let text = self.text(role, request).await.with_context(|| format!("could not ask for {route}"))?;
        serde_json::from_str(&text).with_context(|| format!("{route} answered in another form"))
    }

    /// The codes of an order, in order.
    pub(super) async fn codes(&self, role: Role, order: u64) -> Result<Vec<String>> {
        let request = self.http.get(format!("{}/api/v1/orders/{order}/codes?format=ndjson", self.base));
        let text =
            self.text(role, request).await.with_context(|| format!("could not get the codes of order {order}"))?;
        let lines = text.lines().map(|line| Ok(serde_json::from_str::<Line>(line)?.code));
        lines.collect::<Result<_>>().context("the download of codes has another form")
    }

    async fn text(&self, role: Role, request: RequestBuilder) -> Result<String> {
        let response = request.bearer_auth(self.accounts.key(role)?).header("accept-language", "en").send().await?;
        let status = response.status();
        let text = response.text().await?;
        if status.is_success() {
            return Ok(text);
        }
        bail!("{}", said(status, &text))
    }
}

/// What a refusal says.
fn said(status: StatusCode, body: &str) -> String {
    match serde_json::from_str::<Problem>(body) {
        Ok(problem) => {
            let at = problem.at.map(|at| format!(" at {at}")).unwrap_or_default();
            format!("refused: {} {}{at}: {}", problem.code.number, problem.code.name, problem.title)
        }
        Err(_) => format!("the backend answered {status}"),
    }
}
