//! Bodies of documents that scenarios send.

use serde_json::{Value, json};
use shared::gs1::check_digit;

/// A valid GTIN-13 of Kazakhstan's prefix with the given item number.
pub fn gtin(item: u32) -> String {
    let body = format!("487{item:09}");
    format!("{body}{}", check_digit(&body).expect("twelve digits have a check digit"))
}

/// An SSCC of a package that no scenario makes unless it says so.
pub const SSCC: &str = "048704020000000016";

/// The card of a domestic product.
pub fn domestic(gtin: &str, group: &str) -> Value {
    json!({
        "gtin": gtin, "group": group,
        "name": {"kk": "Былғары етік", "ru": "Ботинки кожаные", "en": "Leather boots"},
        "manufacturer": "«Алатау аяқ киім» ЖШС", "country": "KZ"
    })
}

/// The card of an imported product.
pub fn imported(gtin: &str, group: &str) -> Value {
    json!({
        "gtin": gtin, "group": group,
        "name": {"kk": "Мотор майы 5W-40", "ru": "Масло моторное 5W-40"},
        "manufacturer": "Schmierwerk GmbH", "importer": "«Дала Импорт» ЖШС", "country": "DE"
    })
}

/// Facts of a batch, without a customs declaration.
pub fn batch() -> Value {
    json!({
        "place": "Қарағанды қ., Өндіріс көш., 7", "produced": "2026-03-02", "expires": "2040-01-01",
        "conformity": {"number": "KZ.7500361.01.01.00123", "date": "2026-02-20"},
        "test": {"number": "ИЛ-2026/118", "date": "2026-02-15"},
        "price_tiyn": 1_899_000
    })
}

/// Facts of an imported batch.
pub fn imported_batch() -> Value {
    let mut facts = batch();
    facts["customs"] = json!({"number": "50421/120226/0012345", "date": "2026-02-12"});
    facts
}

/// All units of an order.
pub fn whole(order: u64) -> Value {
    json!({"orders": [{"order": order}]})
}

/// Some consecutive units of an order.
pub fn part(order: u64, first: u64, count: u64) -> Value {
    json!({"orders": [{"order": order, "first": first, "count": count}]})
}

/// Single codes.
pub fn codes(codes: &[String]) -> Value {
    json!({"codes": codes})
}
