//! The participant, put there by the role matrix.

use crate::access::Caller;
use crate::problem::Refused;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use shared::refusal::RefusalCode;

impl<S: Sync> FromRequestParts<S> for Caller {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Refused> {
        Ok(parts.extensions.get::<Self>().cloned().ok_or(RefusalCode::Unauthorized)?)
    }
}
