//! Router, role matrix, OpenAPI and the page of roles say the same (DESIGN §7, 5).

#![cfg(test)]

mod support;

use backend_api::{Access, MATRIX, openapi, roles_page};
use serde_json::Value;
use shared::party::Role;
use std::collections::BTreeSet;
use support::{World, key_of};

fn described() -> BTreeSet<(String, String)> {
    let document = serde_json::to_value(openapi()).unwrap();
    let paths = document["paths"].as_object().unwrap();
    let of_path = |(path, item): (&String, &Value)| {
        let path = path.clone();
        let methods: Vec<String> = item.as_object().unwrap().keys().map(|method| method.to_uppercase()).collect();
        methods.into_iter().map(move |method| (method, path.clone()))
    };
    paths.iter().flat_map(of_path).collect()
}

#[test]
fn every_route_has_a_row_and_every_row_a_route() {
    let rows: BTreeSet<_> = MATRIX.iter().map(|row| (row.method.to_owned(), row.path.to_owned())).collect();
    assert_eq!(rows.len(), MATRIX.len(), "no row twice");
    assert_eq!(described(), rows);
}

#[test]
fn the_page_of_roles_is_printed_from_the_matrix() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/reference/roles.md");
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(path, roles_page()).unwrap();
    }
    assert_eq!(std::fs::read_to_string(path).unwrap(), roles_page());
}

fn path(route: &str) -> String {
    route
        .replace("{document}", "1")
        .replace("{order}", "1")
        .replace("{gtin}", support::SHOES)
        .replace("{ticket}", "TB-0000-0000-0000-0000")
        .replace("{block}", "0")
        .replace("{sscc}", "048704020000000016")
}

/// Role × route: refused for its role exactly where the matrix says so.
#[tokio::test]
async fn the_matrix_is_enforced() {
    let world = World::new();
    for row in MATRIX {
        let path = path(row.path);
        for role in Role::ALL {
            let answer = world.ask(&key_of(*role), row.method, &path, "{}").await;
            let number = if answer.status < 400 { 0 } else { answer.refusal() };
            let expected = match row.access {
                Access::Public => None,
                Access::Edge => Some(1015),
                Access::Roles(roles) if roles.contains(role) => None,
                Access::Roles(_) => Some(1005),
            };
            match expected {
                Some(expected) => assert_eq!(number, expected, "{role} {} {path}", row.method),
                None => assert!(![1004, 1005, 1015].contains(&number), "{role} {} {path}: {number}", row.method),
            }
        }
        for key in ["", "unknown", "key of producer", &"k".repeat(300)] {
            let answer = world.ask(key, row.method, &path, "{}").await;
            if matches!(row.access, Access::Roles(_)) {
                assert_eq!(answer.refusal(), 1004, "{key:?} {path}");
                assert_eq!(answer.header("www-authenticate"), "Bearer");
            }
        }
        let unsigned = world.edge("PATCH", &path, "").await;
        assert_eq!(unsigned.refusal(), 1007, "{path}");
        assert!(unsigned.header("allow").contains(row.method), "{path}");
    }
}

#[tokio::test]
async fn the_description_tells_what_holds_for_all() {
    let world = World::new();
    let document = world.get(Role::Seller, "/api/openapi.json").await.ok();
    assert!(document["openapi"].as_str().unwrap().starts_with("3.1"));
    for row in MATRIX {
        let operation = &document["paths"][row.path][row.method.to_lowercase()];
        let problem = &operation["responses"]["default"]["content"]["application/problem+json"]["schema"]["$ref"];
        assert_eq!(problem, "#/components/schemas/Problem", "{}", row.path);
        assert!(operation["summary"].is_string(), "{}", row.path);
        let parameters = operation["parameters"].as_array().cloned().unwrap_or_default();
        let takes_key = parameters.iter().any(|parameter| parameter["name"] == "Idempotency-Key");
        assert_eq!(takes_key, row.writes, "{}", row.path);
        let security = operation["security"].as_array().unwrap();
        assert_eq!(security.is_empty(), row.access == Access::Public, "{}", row.path);
    }
    // Every schema that is named is there.
    let text = document.to_string();
    for part in text.split("#/components/schemas/").skip(1) {
        let name = part.split('"').next().unwrap();
        assert!(document["components"]["schemas"][name].is_object(), "{name}");
    }
}
