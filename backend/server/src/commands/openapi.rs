//! `tanba openapi`.

use anyhow::{Context, Result};

/// The description of the HTTP interface, as `/api/openapi.json` gives it.
pub(super) fn document() -> Result<String> {
    let mut text = backend_api::openapi().to_pretty_json().context("the description is no JSON")?;
    text.push('\n');
    Ok(text)
}
