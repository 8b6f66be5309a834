//! The Idempotency-Key header: a write sent again under its key changes nothing.

use crate::problem::Refused;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use shared::refusal::RefusalCode;

/// Longest key.
const LIMIT: usize = 64;

/// The client's key: 1 to 64 visible ASCII characters.
pub(crate) struct IdempotencyKey(pub(crate) String);

impl<S: Sync> FromRequestParts<S> for IdempotencyKey {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Refused> {
        let mut values = parts.headers.get_all("idempotency-key").iter();
        let value = values.next().ok_or(RefusalCode::IdempotencyKeyMissing)?;
        let is_visible = value.as_bytes().iter().all(u8::is_ascii_graphic);
        match value.to_str() {
            Ok(key) if is_visible && (1..=LIMIT).contains(&key.len()) && values.next().is_none() => {
                Ok(Self(key.to_owned()))
            }
            _ => Err(RefusalCode::IdempotencyKeyMalformed.into()),
        }
    }
}
