//! The description of the interface (OpenAPI 3.1), generated from the handlers and the role matrix.

use crate::access::{Access, MATRIX, Row};
use crate::answer;
use crate::problem::Refused;
use axum::response::Response;
use shared::party::Role;
use shared::wire::v1::problem::{MEDIA_TYPE, Problem};
use utoipa::openapi::path::{Operation, ParameterBuilder, ParameterIn};
use utoipa::openapi::schema::{ObjectBuilder, Type};
use utoipa::openapi::security::{
    ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityRequirement, SecurityScheme,
};
use utoipa::openapi::{ContentBuilder, OpenApi as Document, Ref, Required, ResponseBuilder};
use utoipa::{Modify, OpenApi, ToSchema as _};

const BEARER: &str = "api_key";
const SIGNATURE: &str = "edge_signature";

/// What stands above the routes.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Tanba",
        description = "Marking and traceability of goods. Errors are problem documents (RFC 9457) with a number that is \
                       never reused and text in the language of Accept-Language: kk, ru or en. Every write takes an \
                       Idempotency-Key: sent again with the same key and body, it changes nothing and has the same \
                       answer."
    ),
    components(schemas(Problem)),
    tags(
        (name = "products", description = "Product cards"),
        (name = "orders", description = "Orders of codes, downloads, label sheets"),
        (name = "documents", description = "Documents that change the state of units"),
        (name = "units", description = "State and history of single units"),
        (name = "packages", description = "State, history and proofs of packages"),
        (name = "shipments", description = "Goods under way from one participant to another"),
        (name = "reports", description = "Reports of violations"),
        (name = "edge", description = "Between edge and backend"),
        (name = "service", description = "Health and limits")
    ),
    modifiers(&Schemes)
)]
pub(crate) struct Base;

struct Schemes;

impl Modify for Schemes {
    fn modify(&self, document: &mut Document) {
        let components = document.components.get_or_insert_default();
        let bearer = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).description(Some("API key of a participant"));
        components.add_security_scheme(BEARER, SecurityScheme::Http(bearer.build()));
        let signature = ApiKeyValue::with_description(
            shared::edge_auth::HEADER,
            "`t=<unix seconds>,s=<hex>`: HMAC-SHA-256 over method, path with query, time and body",
        );
        components.add_security_scheme(SIGNATURE, SecurityScheme::ApiKey(ApiKey::Header(signature)));
    }
}

/// Adds to every route what holds for all: problems, keys, roles.
pub(crate) fn complete(document: &mut Document) {
    for row in MATRIX {
        let Some(item) = document.paths.paths.get_mut(row.path) else { continue };
        let operation = match row.method {
            "POST" => item.post.as_mut(),
            _ => item.get.as_mut(),
        };
        if let Some(operation) = operation {
            complete_one(operation, row);
        }
    }
}

/// An id that no other operation has, from method and path: `post_api_v1_orders`. Handlers are named by their verb alone.
fn operation_id(row: &Row) -> String {
    let words = row.path.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words.fold(row.method.to_ascii_lowercase(), |id, word| format!("{id}_{word}"))
}

fn complete_one(operation: &mut Operation, row: &Row) {
    operation.operation_id = Some(operation_id(row));
    let problem = ContentBuilder::new().schema(Some(Ref::from_schema_name(Problem::name()))).build();
    let refused = ResponseBuilder::new().description("Refused, or cannot be done now").content(MEDIA_TYPE, problem);
    operation.responses.responses.insert("default".to_owned(), refused.build().into());
    let scheme = match row.access {
        Access::Public => None,
        Access::Edge => Some(SIGNATURE),
        Access::Roles(roles) => {
            let roles: Vec<&str> = roles.iter().copied().map(Role::as_str).collect();
            let note = format!("Roles: {}.", roles.join(", "));
            operation.description = Some(match operation.description.take() {
                Some(text) if !text.is_empty() => format!("{text}\n\n{note}"),
                _ => note,
            });
            Some(BEARER)
        }
    };
    operation.security = Some(scheme.iter().map(|scheme| SecurityRequirement::new(*scheme, [""; 0])).collect());
    if row.writes {
        let key = ObjectBuilder::new().schema_type(Type::String).min_length(Some(1)).max_length(Some(64));
        let header = ParameterBuilder::new()
            .name("Idempotency-Key")
            .parameter_in(ParameterIn::Header)
            .required(Required::True)
            .description(Some("1 to 64 visible ASCII characters, the same when the request is sent again"))
            .schema(Some(key));
        operation.parameters.get_or_insert_default().push(header.build().into());
    }
}

/// The description itself.
#[utoipa::path(
    get,
    path = "/api/openapi.json",
    tag = "service",
    responses((status = 200, description = "OpenAPI 3.1", body = Object))
)]
pub(crate) async fn openapi() -> Result<Response, Refused> {
    answer::json(&crate::openapi())
}
