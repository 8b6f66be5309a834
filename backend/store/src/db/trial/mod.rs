//! What every driver must do, tried on a database with the schema of this program and no rows. The same functions run
//! over SQLite here and over PostgreSQL in the package `tests`, which has a server to run them on.

#![allow(clippy::missing_panics_doc, clippy::unwrap_used, clippy::panic, reason = "a trial panics to fail its test")]

mod damage;
pub(crate) mod places;
pub mod postgres;
mod rows;
mod sessions;
mod transactions;

use super::{Database, Session};

/// Everything.
pub(crate) fn all(database: &dyn Database) {
    sessions::values_come_back(database);
    sessions::rows_are_inserted_by_the_thousand(database);
    sessions::an_error_ends_a_reading_and_nothing_else(database);
    sessions::blocks_come_back_whatever_their_order(database);
    transactions::a_reader_sees_one_moment(database);
    transactions::a_snapshot_is_kept_for_the_next_reader(database);
    transactions::a_failed_transaction_leaves_nothing(database);
    transactions::two_writers_cannot_take_one_page(database);
    transactions::no_update_is_lost(database);
    rows::series_and_cards(database);
    rows::orders(database);
    rows::shipments(database);
    rows::parties(database);
    rows::reports(database);
    rows::bodies_and_requests(database);
    rows::registers_and_serials(database);
    damage::a_flipped_bit_is_found(database);
}

/// A setting, written.
fn put(session: &mut dyn Session, name: &str, value: &str) {
    crate::tables::meta::put(session, name, value).unwrap();
}

/// A setting, read.
fn get(session: &mut dyn Session, name: &str) -> Option<String> {
    crate::tables::meta::get(session, name).unwrap()
}
