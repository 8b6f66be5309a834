//! The key set: verified, cached, never older.

use crate::testing::{Edge, head, json, signed_keys};
use shared::seal::{PublicKey, SignedKeySet};

#[test]
fn the_keys_are_handed_out_with_their_anchor_and_a_tag() {
    let edge = Edge::new();
    let response = edge.request("GET", "/v1/keys", "");
    assert_eq!(response.status, 200);
    let anchor: PublicKey = json(&response)["anchor"].as_str().unwrap().parse().unwrap();
    let signed: SignedKeySet = serde_json::from_str(&response.body).unwrap();
    assert_eq!(signed.verify(&anchor).unwrap().version, 1);
    assert!(response.header("cache-control").unwrap().contains("max-age=300"));

    let mut again = head("GET", "/v1/keys");
    again.if_none_match = Some(format!("\"other\", W/{}", response.header("etag").unwrap()));
    let unchanged = edge.send(&again, b"");
    assert_eq!((unchanged.status, unchanged.body.as_str()), (304, ""));

    *edge.ports.keys.borrow_mut() = signed_keys(2, &[]);
    edge.ports.pass(61);
    assert_eq!(edge.send(&again, b"").status, 200);
}

#[test]
fn a_set_that_the_anchor_did_not_sign_is_never_used() {
    let edge = Edge::new();
    let genuine = edge.ports.keys.borrow().clone();
    for forged in [genuine.replace("1700000000", "1700000001"), "{}".to_owned(), String::new(), "\0".to_owned()] {
        *edge.ports.keys.borrow_mut() = forged.clone();
        assert_eq!(edge.request("GET", "/v1/keys", "").status, 503);
        edge.ports.cache.borrow_mut().insert("keys".to_owned(), format!("1795000000000\n{forged}"));
        assert_eq!(edge.request("GET", "/v1/keys", "").status, 503);
        edge.ports.pass(5);
    }
}

#[test]
fn an_older_set_does_not_come_back() {
    let mut edge = Edge::new();
    *edge.ports.keys.borrow_mut() = signed_keys(5, &[]);
    edge.request("GET", "/v1/keys", "");
    *edge.ports.keys.borrow_mut() = signed_keys(4, &[]);
    edge.ports.pass(61);
    let version = |edge: &Edge| json(&edge.request("GET", "/v1/health", ""))["keys_version"].clone();
    assert_eq!(version(&edge), 5);
    edge.restart();
    assert_eq!(version(&edge), 5, "from the shared cache");
}

#[test]
fn health_tells_whether_the_backend_answers() {
    let edge = Edge::new();
    let up = json(&edge.request("GET", "/v1/health", ""));
    assert_eq!((up["status"].as_str(), up["backend"].as_str()), (Some("ok"), Some("up")));
    assert_eq!(up["keys_version"], 1);
    edge.ports.up.set(false);
    edge.ports.pass(6);
    let down = json(&edge.request("GET", "/v1/health", ""));
    assert_eq!((down["backend"].as_str(), &down["as_of"]), (Some("down"), &up["as_of"]));
}
