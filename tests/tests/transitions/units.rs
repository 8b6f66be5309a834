//! Units in every state that matters, and bodies that speak of them.

use serde_json::{Value, json};
use tests::backend::{Backend, Who};
use tests::facts;

pub(crate) const APPLY: &str = "/api/v1/applications";
pub(crate) const INTRODUCE: &str = "/api/v1/introductions";
pub(crate) const WITHDRAW: &str = "/api/v1/withdrawals";
pub(crate) const BLOCK: &str = "/api/v1/blocks";
pub(crate) const UNBLOCK: &str = "/api/v1/unblocks";
pub(crate) const ORDERS: &str = "/api/v1/orders";
pub(crate) const PRODUCTS: &str = "/api/v1/products";

/// Units of one order, one or more in each state that matters.
pub(crate) struct Units {
    pub(crate) order: u64,
    pub(crate) codes: Vec<String>,
    /// An order of another product.
    pub(crate) tobacco: u64,
}

pub(crate) const EMITTED: usize = 0;
pub(crate) const APPLIED: usize = 1;
pub(crate) const CIRCULATING: usize = 2;
pub(crate) const SOLD: usize = 3;
pub(crate) const LOST: usize = 4;
pub(crate) const CIRCULATING_BLOCKED: usize = 5;
pub(crate) const APPLIED_BLOCKED: usize = 6;
pub(crate) const EMITTED_BLOCKED: usize = 7;
pub(crate) const FREE: usize = 8;

pub(crate) fn units(backend: &Backend) -> Units {
    let producer = backend.client(Who::Producer);
    let order = producer.shoes(1, 20);
    let codes = producer.codes(order);
    let some = |indices: &[usize]| facts::codes(&indices.iter().map(|index| codes[*index].clone()).collect::<Vec<_>>());
    producer.apply(&some(&[APPLIED, CIRCULATING, SOLD, CIRCULATING_BLOCKED, APPLIED_BLOCKED]));
    producer.introduce(&some(&[CIRCULATING, SOLD, CIRCULATING_BLOCKED]));
    backend.client(Who::Seller).sell(&some(&[SOLD]));
    producer.write_off(&some(&[LOST]), "loss");
    let inspector = backend.client(Who::Inspector);
    inspector.block(&some(&[CIRCULATING_BLOCKED, APPLIED_BLOCKED, EMITTED_BLOCKED]), "investigation");
    producer.register(&facts::domestic(&facts::gtin(2), "tobacco"));
    let tobacco = producer.order(&facts::gtin(2), 5, "signed");
    producer.apply(&facts::whole(tobacco));
    Units { order, codes, tobacco }
}

impl Units {
    pub(crate) fn one(&self, index: usize) -> Value {
        json!({"units": facts::codes(&self.codes[index..=index])})
    }

    pub(crate) fn introduction(&self, index: usize) -> Value {
        json!({"units": facts::codes(&self.codes[index..=index]), "facts": facts::batch()})
    }

    pub(crate) fn withdrawal(&self, index: usize, reason: &str) -> Value {
        json!({"units": facts::codes(&self.codes[index..=index]), "reason": reason})
    }

    pub(crate) fn block(&self, index: usize) -> Value {
        json!({"units": facts::codes(&self.codes[index..=index]), "reason": "unsafe"})
    }

    pub(crate) fn facts(&self, path: &str, value: Value) -> Value {
        let mut body = self.introduction(APPLIED);
        *body["facts"].pointer_mut(path).unwrap() = value;
        body
    }

    pub(crate) fn without_fact(&self, name: &str) -> Value {
        let mut body = self.introduction(APPLIED);
        body["facts"].as_object_mut().unwrap().remove(name);
        body
    }
}
