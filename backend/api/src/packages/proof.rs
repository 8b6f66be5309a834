//! `POST /api/v1/packages/{sscc}/proof`.

use super::seen;
use crate::Api;
use crate::access::Caller;
use crate::codes::{Names, package_of, unit_of};
use crate::extract::{Segments, Sent};
use crate::problem::Refused;
use axum::extract::State;
use axum::response::Response;
use backend_ledger::merkle;
use shared::document::Items;
use shared::refusal::{Refusal, RefusalCode};
use shared::wire::v1::history::sscc_of;
use shared::wire::v1::packages::{ProofRequest, ProofResponse};
use shared::wire::v1::units::UnitName;

/// A Merkle proof that a unit or package is directly in a package.
///
/// Whoever knows the package's root can check it without anything else that is in it. For its owner, for the receiver of
/// goods under way, and for state bodies. The code is in the body, not in the address, so that no log keeps it.
#[utoipa::path(
    post,
    path = "/api/v1/packages/{sscc}/proof",
    tag = "packages",
    params(("sscc" = String, Path, description = "SSCC of the package, 18 digits")),
    request_body = ProofRequest,
    responses((status = 200, description = "The proof", body = ProofResponse))
)]
pub(crate) async fn proof(
    State(api): State<Api>,
    Caller(caller): Caller,
    Segments(sscc): Segments<String>,
    sent: Sent<ProofRequest>,
) -> Result<Response, Refused> {
    let proof = api
        .blocking(move |api| {
            let (pointer, member) = member_of(api, &sent.body)?;
            let (package, record) = seen(api, caller.party, &sscc)?;
            let members = members(api, &record.contents)?;
            let outside = || Refusal::new(RefusalCode::NotInPackage).at(pointer);
            let index = members.binary_search(&member).map_err(|_| outside())?;
            let proof = merkle::proof(&members, index).ok_or_else(outside)?;
            Ok(ProofResponse {
                package: sscc_of(package).unwrap_or(sscc),
                root: hex(&merkle::root(&members)),
                member,
                index: proof.index,
                size: proof.leaves,
                path: proof.path.iter().map(hex).collect(),
            })
        })
        .await?;
    crate::answer::json(&proof)
}

/// The root of the tree over the contents of a package; nothing if there are none.
pub(super) fn root(api: &Api, contents: &Items) -> Result<Option<String>, Refused> {
    let members = members(api, contents)?;
    Ok(if members.is_empty() { None } else { Some(hex(&merkle::root(members))) })
}

/// What the proof is asked for: its text, and where in the body it stands.
fn member_of(api: &Api, asked: &ProofRequest) -> Result<(&'static str, String), Refused> {
    match (&asked.code, &asked.package) {
        (Some(code), None) => {
            let found = unit_of(api, "/code", code)?;
            Ok(("/code", unit_text(&UnitName { gtin: found.gtin.to_string(), serial: found.serial })))
        }
        (None, Some(sscc)) => {
            let package = package_of(sscc).map_err(|refusal| refusal.at("/package"))?;
            Ok(("/package", package_text(&sscc_of(package).unwrap_or_default())))
        }
        _ => {
            let reason = "exactly one of code and package";
            Err(Refusal::new(RefusalCode::MalformedBody).with("reason", reason).into())
        }
    }
}

/// The texts of everything directly in a package, in the order of their bytes: the leaves of its tree.
fn members(api: &Api, contents: &Items) -> Result<Vec<String>, Refused> {
    let mut names = Names::new(api);
    let mut members: Vec<String> = Vec::new();
    for range in &contents.units {
        for number in range.first..range.end() {
            members.extend(names.unit(range.series, number)?.as_ref().map(unit_text));
        }
    }
    members.extend(contents.packages.iter().copied().filter_map(sscc_of).map(|sscc| package_text(&sscc)));
    members.sort_unstable();
    Ok(members)
}

fn unit_text(name: &UnitName) -> String {
    format!("01{}21{}", name.gtin, name.serial)
}

fn package_text(sscc: &str) -> String {
    format!("00{sscc}")
}

fn hex(hash: &merkle::Hash) -> String {
    hash.iter().map(|byte| format!("{byte:02x}")).collect()
}
