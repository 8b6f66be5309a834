//! The ledger's rules, asked through its face: a plain book in memory, documents, and what becomes of them.

#![cfg(test)]

mod corrections;
mod labels;
mod lifecycle;
mod merkle;
mod packages;
mod partial;
mod random;
mod refusals;
mod registers;
mod support;
mod table;
mod transfers;
