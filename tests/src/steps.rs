//! Steps that many scenarios take, each of which must succeed.

use crate::client::Client;
use crate::facts;
use serde_json::{Value, json};

impl Client {
    /// Registers a card.
    pub fn register(&self, card: &Value) {
        self.post("/api/v1/products", card).ok();
    }

    /// Orders codes; the number of the order.
    pub fn order(&self, gtin: &str, quantity: u64, profile: &str) -> u64 {
        let order = self.post("/api/v1/orders", &json!({"gtin": gtin, "quantity": quantity, "profile": profile})).ok();
        assert_eq!(order["quantity"], quantity, "{order}");
        order["order"].as_u64().expect("an order has a number")
    }

    /// Registers a card of footwear and orders codes for it; the order.
    pub fn shoes(&self, item: u32, quantity: u64) -> u64 {
        let gtin = facts::gtin(item);
        self.register(&facts::domestic(&gtin, "footwear"));
        self.order(&gtin, quantity, "signed")
    }

    /// Reports units as applied.
    pub fn apply(&self, units: &Value) -> Value {
        self.post("/api/v1/applications", &json!({"units": units})).ok()
    }

    /// Introduces units with the facts of a domestic batch.
    pub fn introduce(&self, units: &Value) -> Value {
        self.post("/api/v1/introductions", &json!({"units": units, "facts": facts::batch()})).ok()
    }

    /// Withdraws units.
    pub fn withdraw(&self, units: &Value, reason: &str) -> Value {
        self.post("/api/v1/withdrawals", &json!({"units": units, "reason": reason})).ok()
    }

    /// Gives up units that never were in circulation.
    pub fn write_off(&self, units: &Value, reason: &str) -> Value {
        self.post("/api/v1/write-offs", &json!({"units": units, "reason": reason})).ok()
    }

    /// Withdraws units by sale in Karaganda region.
    pub fn sell(&self, units: &Value) -> Value {
        self.post("/api/v1/withdrawals", &json!({"units": units, "reason": "retail_sale", "region": "35"})).ok()
    }

    /// Blocks units.
    pub fn block(&self, units: &Value, reason: &str) -> Value {
        self.post("/api/v1/blocks", &json!({"units": units, "reason": reason})).ok()
    }

    /// State of a unit, for its owner and for state bodies.
    pub fn unit(&self, code: &str) -> Value {
        self.ask("/api/v1/units/lookup", &json!({"code": code})).ok()
    }

    /// Status of a unit.
    pub fn status(&self, code: &str) -> String {
        self.unit(code)["status"].as_str().expect("a unit has a status").to_owned()
    }

    /// Statuses of units.
    pub fn statuses(&self, codes: &[String]) -> Vec<String> {
        codes.iter().map(|code| self.status(code)).collect()
    }
}
