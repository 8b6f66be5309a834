//! Query parameters: known ones, each once, each with a value it may have.

use crate::problem::Refused;
use axum::extract::{FromRequestParts, Query};
use axum::http::request::Parts;
use shared::refusal::{Refusal, RefusalCode};
use std::str::FromStr;

/// The parameters as they came, until each is taken.
pub(crate) struct Params(Vec<(String, String)>);

fn invalid(field: &str) -> Refused {
    let field: String = field.chars().filter(|c| !c.is_control()).take(40).collect();
    Refusal::new(RefusalCode::QueryInvalid).with("field", field).into()
}

impl Params {
    /// Takes a parameter and reads its value.
    pub(crate) fn take<T: FromStr>(&mut self, name: &str) -> Result<Option<T>, Refused> {
        let Some(at) = self.0.iter().position(|(given, _)| given == name) else { return Ok(None) };
        let (_, value) = self.0.remove(at);
        value.parse().map(Some).map_err(|_| invalid(name))
    }

    /// Takes a number no greater than `max`, or the default.
    pub(crate) fn up_to(&mut self, name: &str, default: usize, max: usize) -> Result<usize, Refused> {
        match self.take(name)? {
            None => Ok(default),
            Some(value) if (1..=max).contains(&value) => Ok(value),
            Some(_) => Err(invalid(name)),
        }
    }

    /// Refuses what is left: parameters that are not known or stand twice.
    pub(crate) fn done(self) -> Result<(), Refused> {
        self.0.first().map_or(Ok(()), |(name, _)| Err(invalid(name)))
    }
}

impl<S: Sync> FromRequestParts<S> for Params {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Refused> {
        Query::try_from_uri(&parts.uri).map(|Query(pairs)| Self(pairs)).map_err(|_| invalid("?"))
    }
}
