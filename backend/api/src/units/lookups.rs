//! `POST /api/v1/units/lookups`.

use super::unit_body;
use crate::Api;
use crate::access::Caller;
use crate::codes::{Finder, Found, Names, names_of};
use crate::extract::Sent;
use crate::limits::LOOKUPS;
use crate::problem::{Refused, locale_of, words};
use crate::sight::may_see;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use backend_ledger::Party;
use backend_store::UnitRecord;
use shared::refusal::{Refusal, RefusalCode};
use shared::wire::v1::problem::RefusedBody;
use shared::wire::v1::units::{LookupAnswer, LookupsRequest, LookupsResponse, UnitResponse};

/// States of a page of codes, a thousand at most.
///
/// One answer for each code, in their order: its state as `POST /api/v1/units/lookup` tells it, or why there is none.
#[utoipa::path(
    post,
    path = "/api/v1/units/lookups",
    tag = "units",
    request_body = LookupsRequest,
    responses((status = 200, description = "The units", body = LookupsResponse))
)]
pub(crate) async fn lookups(
    State(api): State<Api>,
    Caller(caller): Caller,
    headers: HeaderMap,
    sent: Sent<LookupsRequest>,
) -> Result<Response, Refused> {
    let locale = locale_of(&headers);
    let codes = sent.body.codes;
    if codes.is_empty() {
        return Err(Refusal::new(RefusalCode::NoUnits).at("/codes").into());
    }
    if codes.len() > LOOKUPS {
        return Err(Refusal::new(RefusalCode::TooManyCodes).at("/codes").with("limit", LOOKUPS).into());
    }
    let answers = api.blocking(move |api| answers(api, caller.party, &codes)).await?;
    let told = |(answer, index): (Result<UnitResponse, Refusal>, usize)| match answer {
        Ok(unit) => LookupAnswer::Unit(Box::new(unit)),
        Err(refusal) => {
            let refusal = refusal.at(format!("/codes/{index}"));
            LookupAnswer::Refused(RefusedBody::new(&refusal, words(&refusal, locale).0))
        }
    };
    crate::answer::json(&LookupsResponse { units: answers.into_iter().zip(0..).map(told).collect() })
}

fn answers(api: &Api, by: Party, codes: &[String]) -> Result<Vec<Result<UnitResponse, Refusal>>, Refused> {
    let mut finder = Finder::default();
    let mut found: Vec<Result<Found, Refusal>> = Vec::with_capacity(codes.len());
    for named in names_of(api, codes) {
        found.push(match named {
            Ok(named) => finder.find(api, named)?,
            Err(refusal) => Err(refusal),
        });
    }
    let places: Vec<_> = found.iter().flatten().map(|found| (found.series, found.number)).collect();
    // All of them in one snapshot of the ledger.
    let mut records = api.store().units(&places)?.into_iter();
    let mut names = Names::new(api);
    let each = found.into_iter().map(|found| match found {
        Ok(found) => told(api, by, &mut names, found, records.next().flatten()),
        Err(refusal) => Ok(Err(refusal)),
    });
    each.collect()
}

fn told(
    api: &Api,
    by: Party,
    names: &mut Names<'_>,
    found: Found,
    record: Option<UnitRecord>,
) -> Result<Result<UnitResponse, Refusal>, Refused> {
    let Some(record) = record else { return Ok(Err(RefusalCode::CodeNotIssued.into())) };
    if !may_see(api, by, &record)? {
        return Ok(Err(RefusalCode::UnitNotYours.into()));
    }
    unit_body(names, found, &record).map(Ok)
}
