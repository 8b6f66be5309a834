//! Every route.

use crate::problem::{Refused, outermost};
use crate::{
    Api, access, documents, edge, openapi as description, orders, packages, participants, products, reports, service,
    shipments, units,
};
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
        .merge(documents())
        .routes(routes!(units::lookup::lookup))
        .routes(routes!(units::lookups::lookups))
        .routes(routes!(units::history::history))
        .routes(routes!(packages::get::get))
        .routes(routes!(packages::proof::proof))
        .routes(routes!(packages::history::history))
        .routes(routes!(shipments::list::list, documents::shipments::ship))
        .routes(routes!(shipments::get::get))
        .routes(routes!(participants::get::get))
        .routes(routes!(reports::list::list))
        .routes(routes!(reports::get::get))
        .routes(routes!(reports::photo::photo))
        .routes(routes!(edge::keys::keys))
        .routes(routes!(edge::projections::projections))
        .routes(routes!(edge::receive_report::receive))
        .routes(routes!(edge::report::report))
}

/// Documents that change the state of units and packages.
fn documents() -> OpenApiRouter<Api> {
    OpenApiRouter::new()
        .routes(routes!(documents::acceptances::accept))
        .routes(routes!(documents::additions::add))
        .routes(routes!(documents::aggregations::aggregate))
        .routes(routes!(documents::annulments::annul))
        .routes(routes!(documents::applications::apply))
        .routes(routes!(documents::blocks::block))
        .routes(routes!(documents::corrections::correct))
        .routes(routes!(documents::customs_holds::await_customs))
        .routes(routes!(documents::customs_releases::clear_customs))
        .routes(routes!(documents::disaggregations::disaggregate))
        .routes(routes!(documents::inner_sales::sell_inner))
        .routes(routes!(documents::introductions::introduce))
        .routes(routes!(documents::recall_lifts::lift_recall))
        .routes(routes!(documents::recalls::recall))
        .routes(routes!(documents::recognitions::recognise))
        .routes(routes!(documents::remarkings::remark))
        .routes(routes!(documents::removals::take_out))
        .routes(routes!(documents::replacements::replace))
        .routes(routes!(documents::returns::give_back))
        .routes(routes!(documents::serials::register_serials))
        .routes(routes!(documents::shipment_cancellations::cancel_shipment))
        .routes(routes!(documents::shipment_refusals::refuse_shipment))
        .routes(routes!(documents::transformations::transform))
        .routes(routes!(documents::unblocks::unblock))
        .routes(routes!(documents::withdrawals::withdraw))
        .routes(routes!(documents::write_offs::write_off))
        .routes(routes!(documents::get::get))
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
