//! Who may do what: the role matrix (R6), enforced before any handler runs.
//!
//! One row per route and method. A route without a row answers to nobody; a test holds matrix, router and OpenAPI equal,
//! and `docs/reference/roles.md` is printed from here.

use crate::Api;
use crate::problem::Refused;
use axum::body::Body;
use axum::extract::{MatchedPath, Request, State};
use axum::http::header::AUTHORIZATION;
use axum::http::{HeaderMap, Method};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use backend_store::{ApiKeyHash, PartyRecord};
use shared::edge_auth;
use shared::party::Role;
use shared::refusal::RefusalCode;
use shared::report::SEALED_LIMIT;

/// Who a route answers to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Anyone.
    Public,
    /// The edge, by a signed request ([`shared::edge_auth`]).
    Edge,
    /// Participants with one of these roles, by API key.
    Roles(&'static [Role]),
}

/// A row of the matrix.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    /// HTTP method.
    pub method: &'static str,
    /// Route.
    pub path: &'static str,
    /// Who it answers to.
    pub access: Access,
    /// Whether it writes for a participant, and so takes an Idempotency-Key.
    pub writes: bool,
}

const fn get(path: &'static str, access: Access) -> Row {
    Row { method: "GET", path, access, writes: false }
}

const fn write(path: &'static str, access: Access) -> Row {
    Row { method: "POST", path, access, writes: true }
}

const fn ask(path: &'static str, access: Access) -> Row {
    Row { method: "POST", path, access, writes: false }
}

/// Who makes goods or brings them in, and so owns series.
const OWNERS: Access = Access::Roles(&[Role::Producer, Role::Importer]);
const TRADE: Access = Access::Roles(&[Role::Producer, Role::Importer, Role::Seller]);
const OVERSIGHT: Access = Access::Roles(&[Role::Inspector]);
const OWNERS_AND_OVERSIGHT: Access = Access::Roles(&[Role::Producer, Role::Importer, Role::Inspector]);
const CUSTOMS: Access = Access::Roles(&[Role::Importer, Role::Inspector]);
const PARTICIPANTS: Access = Access::Roles(Role::ALL);

/// Every route, by path.
pub const MATRIX: &[Row] = &[
    get("/api/openapi.json", Access::Public),
    write("/api/v1/acceptances", TRADE),
    write("/api/v1/additions", TRADE),
    write("/api/v1/aggregations", TRADE),
    write("/api/v1/annulments", OWNERS),
    write("/api/v1/applications", OWNERS),
    write("/api/v1/blocks", OVERSIGHT),
    write("/api/v1/corrections", PARTICIPANTS),
    write("/api/v1/customs-holds", CUSTOMS),
    write("/api/v1/customs-releases", CUSTOMS),
    write("/api/v1/disaggregations", TRADE),
    get("/api/v1/documents/{document}", PARTICIPANTS),
    get("/api/v1/health", Access::Public),
    write("/api/v1/inner-sales", TRADE),
    write("/api/v1/introductions", OWNERS),
    get("/api/v1/limits", Access::Public),
    write("/api/v1/orders", OWNERS),
    get("/api/v1/orders/{order}", OWNERS),
    get("/api/v1/orders/{order}/codes", OWNERS),
    get("/api/v1/orders/{order}/labels.pdf", OWNERS),
    get("/api/v1/packages/{sscc}", PARTICIPANTS),
    get("/api/v1/packages/{sscc}/history", PARTICIPANTS),
    ask("/api/v1/packages/{sscc}/proof", PARTICIPANTS),
    get("/api/v1/participant", PARTICIPANTS),
    get("/api/v1/products", PARTICIPANTS),
    write("/api/v1/products", OWNERS),
    get("/api/v1/products/{gtin}", PARTICIPANTS),
    write("/api/v1/recall-lifts", OWNERS_AND_OVERSIGHT),
    write("/api/v1/recalls", OWNERS_AND_OVERSIGHT),
    write("/api/v1/recognitions", OWNERS),
    write("/api/v1/remarkings", OWNERS),
    write("/api/v1/removals", TRADE),
    write("/api/v1/replacements", TRADE),
    get("/api/v1/reports", OVERSIGHT),
    get("/api/v1/reports/{ticket}", OVERSIGHT),
    get("/api/v1/reports/{ticket}/photo", OVERSIGHT),
    write("/api/v1/returns", TRADE),
    write("/api/v1/serials", OWNERS),
    get("/api/v1/shipments", PARTICIPANTS),
    write("/api/v1/shipments", TRADE),
    get("/api/v1/shipments/{document}", PARTICIPANTS),
    write("/api/v1/shipment-cancellations", TRADE),
    write("/api/v1/shipment-refusals", TRADE),
    write("/api/v1/transformations", OWNERS),
    write("/api/v1/unblocks", OVERSIGHT),
    ask("/api/v1/units/history", PARTICIPANTS),
    ask("/api/v1/units/lookup", PARTICIPANTS),
    ask("/api/v1/units/lookups", PARTICIPANTS),
    write("/api/v1/withdrawals", PARTICIPANTS),
    write("/api/v1/write-offs", OWNERS),
    get("/edge/v1/keys", Access::Edge),
    get("/edge/v1/projections/{gtin}/{block}", Access::Edge),
    ask("/edge/v1/reports", Access::Edge),
    get("/edge/v1/reports/{ticket}", Access::Edge),
];

/// The row of a request. HEAD is GET without a body (RFC 9110, section 9.3.2).
fn row(method: &Method, path: &str) -> Option<&'static Row> {
    let method = if *method == Method::HEAD { "GET" } else { method.as_str() };
    MATRIX.iter().find(|row| row.path == path && row.method == method)
}

/// The layer: lets a request through to its handler if the matrix says so.
pub(crate) async fn admit(State(api): State<Api>, request: Request, next: Next) -> Response {
    match admitted(&api, request).await {
        Ok(request) => next.run(request).await,
        Err(refused) => refused.into_response(),
    }
}

async fn admitted(api: &Api, mut request: Request) -> Result<Request, Refused> {
    // No matched path: the fallback, which answers 404.
    let Some(path) = request.extensions().get::<MatchedPath>() else { return Ok(request) };
    let Some(row) = row(request.method(), path.as_str()) else { return Err(no_row(path.as_str())) };
    match row.access {
        Access::Public => Ok(request),
        Access::Edge => signed_by_edge(api, request).await,
        Access::Roles(roles) => {
            let party = participant(api, request.headers()).await?;
            if !roles.contains(&party.party.role) {
                return Err(RefusalCode::Forbidden.into());
            }
            request.extensions_mut().insert(Caller(party));
            Ok(request)
        }
    }
}

/// Why a request without a row is refused: its path has other methods, or answers to nobody.
fn no_row(path: &str) -> Refused {
    let allowed: Vec<&str> = MATRIX.iter().filter(|row| row.path == path).map(|row| row.method).collect();
    if allowed.is_empty() {
        return RefusalCode::Forbidden.into();
    }
    Refused::from(RefusalCode::MethodNotAllowed).allow(allowed.join(", "))
}

/// The participant that sends a request.
#[derive(Clone, Debug)]
pub(crate) struct Caller(pub(crate) PartyRecord);

/// Longest API key that is looked at.
const KEY_LIMIT: usize = 200;

async fn participant(api: &Api, headers: &HeaderMap) -> Result<PartyRecord, Refused> {
    let value = headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok());
    let (scheme, key) = value.and_then(|value| value.split_once(' ')).ok_or(RefusalCode::Unauthorized)?;
    let key = key.trim();
    if !scheme.eq_ignore_ascii_case("bearer") || key.is_empty() || key.len() > KEY_LIMIT {
        return Err(RefusalCode::Unauthorized.into());
    }
    let hash = ApiKeyHash::of(key);
    let party = api.blocking(move |api| Ok(api.store().party_by_key(hash)?)).await?;
    Ok(party.ok_or(RefusalCode::Unauthorized)?)
}

/// Checks the signature over method, path with query and body, and puts the body back.
async fn signed_by_edge(api: &Api, request: Request) -> Result<Request, Refused> {
    let (parts, body) = request.into_parts();
    let header = parts.headers.get(edge_auth::HEADER).and_then(|value| value.to_str().ok());
    let header = header.ok_or(RefusalCode::SignatureInvalid)?;
    let body = crate::extract::whole(body, SEALED_LIMIT).await?;
    let target = parts.uri.path_and_query().map_or("/", |target| target.as_str());
    let now = api.now().0.div_euclid(1000);
    if !edge_auth::verify(api.keyring().edge(), parts.method.as_str(), target, &body, header, now) {
        return Err(RefusalCode::SignatureInvalid.into());
    }
    Ok(Request::from_parts(parts, Body::from(body)))
}

/// The matrix as a table in Markdown: `docs/reference/roles.md`.
pub fn roles_page() -> String {
    let mut page = String::from(
        "# Roles\n\nWhich participant may use which route (R6). Printed from `backend/api/src/access.rs`; `UPDATE=1 \
         cargo test -p backend-api` writes it.\n\n| method | route | anyone | edge |",
    );
    let mut rule = String::from("|---|---|---|---|");
    for role in Role::ALL {
        page.push_str(&format!(" {role} |"));
        rule.push_str("---|");
    }
    page.push('\n');
    page.push_str(&rule);
    page.push('\n');
    let mark = |is| if is { " yes |" } else { " – |" };
    for row in MATRIX {
        page.push_str(&format!("| {} | `{}` |", row.method, row.path));
        page.push_str(mark(row.access == Access::Public));
        page.push_str(mark(row.access == Access::Edge));
        for role in Role::ALL {
            let open = row.access == Access::Public;
            page.push_str(mark(open || matches!(row.access, Access::Roles(roles) if roles.contains(role))));
        }
        page.push('\n');
    }
    page.push_str(
        "\nA participant sends its API key as `Authorization: Bearer <key>`. The edge signs its requests with the key \
         that both know (`shared::edge_auth`). Beyond the role, the ledger asks whose the goods are: they are changed by \
         their owner, who is the participant that registered their card until somebody accepted them; a seller sells what \
         is in circulation and takes it back, whoever owns it; goods are recalled by the participant that registered \
         their card; a state body takes goods away, for samples or destruction.\n",
    );
    page
}
