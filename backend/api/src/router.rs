//! Every route.

use crate::problem::{Refused, outermost};
use crate::{Api, access, documents, edge, openapi as description, orders, products, reports, service, units};
use axum::Router;
use axum::extract::{Request, State};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use shared::refusal::RefusalCode;
use std::sync::Arc;
use utoipa::OpenApi as _;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

fn routes() -> OpenApiRouter<Api> {
    OpenApiRouter::with_openapi(description::Base::openapi())
        .routes(routes!(description::openapi))
        .routes(routes!(service::health::health))
        .routes(routes!(service::limits::limits))
        .routes(routes!(products::list::list, products::register::register))
        .routes(routes!(products::get::get))
        .routes(routes!(orders::create::create))
        .routes(routes!(orders::get::get))
        .routes(routes!(orders::codes::codes))
        .routes(routes!(orders::labels::labels))
        .routes(routes!(documents::applications::apply))
        .routes(routes!(documents::introductions::introduce))
        .routes(routes!(documents::withdrawals::withdraw))
        .routes(routes!(documents::blocks::block))
        .routes(routes!(documents::unblocks::unblock))
        .routes(routes!(documents::get::get))
        .routes(routes!(units::lookup::lookup))
        .routes(routes!(reports::list::list))
        .routes(routes!(reports::get::get))
        .routes(routes!(reports::photo::photo))
        .routes(routes!(edge::keys::keys))
        .routes(routes!(edge::projections::projections))
        .routes(routes!(edge::receive_report::receive))
        .routes(routes!(edge::report::report))
}

/// The whole interface. Layers from outside in: problem documents, panics and safe headers; the bound on requests at
/// once; the role matrix; the handler.
pub fn router(api: Api) -> Router {
    let (router, _) = routes().split_for_parts();
    router
        .fallback(|| async { Refused::from(RefusalCode::NotFound) })
        .layer(from_fn_with_state(api.clone(), access::admit))
        .layer(from_fn_with_state(api.clone(), bound))
        .layer(from_fn(outermost))
        .with_state(api)
}

/// The description of the interface.
pub fn openapi() -> utoipa::openapi::OpenApi {
    let (_, mut document) = routes().split_for_parts();
    description::complete(&mut document);
    document
}

/// Serves so many requests at once and no more: who comes later is told to come again, and nobody waits for long.
async fn bound(State(api): State<Api>, request: Request, next: Next) -> Response {
    match Arc::clone(api.requests()).try_acquire_owned() {
        Ok(_permit) => next.run(request).await,
        Err(_) => Refused::from(RefusalCode::Busy).into_response(),
    }
}
