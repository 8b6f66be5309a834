//! `POST /edge/v1/reports`.

use crate::Api;
use crate::extract::Sent;
use crate::problem::Refused;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use backend_store::NewReport;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use shared::code::CODE_LIMIT;
use shared::refusal::{Refusal, RefusalCode};
use shared::report::{ENVELOPE_INFO, Place, Report, ReportStatus, from_bytes};
use shared::seal::envelope::{Sealed, open};
use shared::ticket::ReportId;
use shared::verdict::Verdict;
use shared::wire::v1::reports::{SealedReport, TicketResponse};

/// Takes a sealed report, opens it and keeps it for state bodies (R5).
///
/// A second delivery of one report makes no second report and gets the same answer.
#[utoipa::path(
    post,
    path = "/edge/v1/reports",
    tag = "edge",
    request_body = SealedReport,
    responses(
        (status = 200, description = "Delivered before", body = TicketResponse),
        (status = 201, description = "Delivered", body = TicketResponse)
    )
)]
pub(crate) async fn receive(State(api): State<Api>, sent: Sent<SealedReport>) -> Result<Response, Refused> {
    let (ticket, at, is_new) = api
        .blocking(move |api| {
            let id: ReportId = sent.body.id.parse().map_err(|_| Refusal::field("/id", "32 × 0-9a-f"))?;
            if let Some(at) = api.store().report_received(id)? {
                return Ok((id.ticket(), at, false));
            }
            let (report, photo) = opened(api, &sent.body)?;
            let (at, is_new) = api.store().put_report(NewReport { id, received: api.now(), report, photo })?;
            Ok((id.ticket(), at, is_new))
        })
        .await?;
    let answer = TicketResponse { ticket: ticket.to_string(), status: ReportStatus::Delivered, at };
    let mut response = crate::answer::json(&answer)?;
    if is_new {
        *response.status_mut() = StatusCode::CREATED;
    }
    Ok(response)
}

fn opened(api: &Api, sent: &SealedReport) -> Result<(Report, Vec<u8>), Refused> {
    let unreadable = || Refusal::from(RefusalCode::ReportUnreadable);
    let decode = |text: &str| URL_SAFE_NO_PAD.decode(text).map_err(|_| unreadable());
    let enc = decode(&sent.enc)?.try_into().map_err(|_| unreadable())?;
    let sealed = Sealed { enc, ciphertext: decode(&sent.ciphertext)? };
    let bytes = open(api.keyring().report(), ENVELOPE_INFO, sent.id.as_bytes(), &sealed).map_err(|_| unreadable())?;
    let (report, photo) = from_bytes(&bytes).map_err(|_| unreadable())?;
    if !is_sensible(&report) {
        return Err(unreadable().into());
    }
    Ok((report, photo.to_vec()))
}

/// Whether every field holds what our app could have put there: whoever seals a report may be anyone.
fn is_sensible(report: &Report) -> bool {
    let on_earth = |place: &Place| {
        place.latitude.abs() <= 90.0 && place.longitude.abs() <= 180.0 && (0.0..1e8).contains(&place.accuracy_m)
    };
    report.code.as_ref().is_none_or(|code| code.len() <= CODE_LIMIT)
        && report.verdict.as_ref().is_none_or(|verdict| verdict.parse::<Verdict>().is_ok())
        && report.place.as_ref().is_none_or(on_earth)
        && matches!(report.language.as_str(), "kk" | "ru" | "en")
}
