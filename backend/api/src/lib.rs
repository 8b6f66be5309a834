//! Speaks HTTP: routes, authentication, limits, OpenAPI.
//!
//! A request goes from outside in through: problem documents and safe headers (`problem`), the bound on requests at
//! once, the role matrix ([`MATRIX`]), and its handler, one file per verb. A handler reads what it needs from the
//! request (`extract`), and hands what blocks or computes to a thread that may. Whatever goes wrong on the way is a
//! refusal with a number; no answer is a 500.

mod access;
mod answer;
mod codes;
mod documents;
mod edge;
mod extract;
mod history;
mod keyring;
pub mod labels;
mod limits;
mod openapi;
mod orders;
mod packages;
mod participants;
mod problem;
mod products;
mod reports;
mod router;
mod service;
mod shipments;
mod sight;
mod state;
mod units;

pub use access::{Access, MATRIX, Row, roles_page};
pub use keyring::{KeyParts, Keyring, KeyringParts, SecretBytes, TailMaker};
pub use router::{openapi, router};
pub use state::Api;
