//! Digital Links: page, JSON, linkset.

use crate::testing::{Edge, GTIN, code, head, json};
use shared::gs1::{ElementString, digital_link};
use shared::seal::Profile;

fn link(number: u64) -> String {
    let elements = ElementString::parse(&code(number, "F001", Profile::Signed)).unwrap();
    digital_link::print(&elements, "https://e.test").unwrap()
}

fn get(edge: &Edge, link: &str, accept: &str) -> crate::http::Response {
    let mut head = head("GET", "/");
    head.set_url(link);
    head.accept = Some(accept.to_owned());
    edge.send(&head, b"")
}

#[test]
fn a_link_is_a_page_for_a_browser_and_an_answer_for_a_program() {
    let edge = Edge::new();
    let link = link(3);
    let page = get(&edge, &link, "text/html,application/xhtml+xml,*/*;q=0.8");
    assert_eq!(page.status, 303);
    let location = page.header("location").unwrap();
    assert!(location.starts_with("/check?link=https%3A%2F%2Fe.test%2F01%2F"), "{location}");
    assert!(location.contains("%3F91%3DF001%2692%3D") || location.contains("%3F"), "{location}");

    let answer = json(&get(&edge, &link, "application/json"));
    assert_eq!(answer["verdict"], "genuine");
    assert_eq!(answer["evidence"]["tail"], "valid");
}

#[test]
fn a_link_without_a_tail_rests_on_the_ledger_alone() {
    let edge = Edge::new();
    let bare = link(13).split('?').next().unwrap().to_owned();
    let answer = json(&get(&edge, &bare, "*/*"));
    assert_eq!(answer["verdict"], "genuine_sold");
    assert_eq!(answer["evidence"]["tail"], "absent");
    // A guessed serial is no number in use, and is not looked up.
    edge.ports.calls.borrow_mut().clear();
    let guessed = format!("https://e.test/01/{GTIN}/21/3ABCDEFGHJKMN");
    assert_eq!(json(&get(&edge, &guessed, "*/*"))["verdict"], "not_issued");
    assert_eq!(edge.ports.count("projections"), 0);
    edge.ports.up.set(false);
    edge.ports.pass(3600);
    assert_eq!(json(&get(&edge, &bare, "*/*"))["verdict"], "genuine_sold", "from what is held");
}

#[test]
fn a_set_of_links_has_the_types_of_gs1() {
    let edge = Edge::new();
    let link = link(3);
    let response = get(&edge, &link, "application/linkset+json");
    assert_eq!(response.header("content-type"), Some("application/linkset+json"));
    let context = &json(&response)["linkset"][0];
    assert_eq!(context["anchor"], link.as_str());
    for kind in ["defaultLink", "pip", "verificationService"] {
        let target = context[format!("https://ref.gs1.org/voc/{kind}")][0]["href"].as_str();
        assert!(target.is_some_and(|href| href.starts_with("https://e.test/")), "{kind}");
    }
    for (path, status) in
        [("/01/04870001234561/21/3A", 422), ("/01/x/21/3A", 422), (&*format!("/01/{GTIN}/21/%zz"), 422)]
    {
        assert_eq!(get(&edge, &format!("https://e.test{path}"), "application/linkset+json").status, status, "{path}");
    }
}
