//! The product card: every fact that the law asks for (R5), each with the document it comes from.

mod facts;

use crate::state::{Text, use_text};
use crate::ui::icon::Glyph;
use assets::Icon;
use dioxus::prelude::*;
use facts::{Fact, of_card};
use shared::wire::v1::check::CardBody;

/// The product card.
#[component]
pub(crate) fn ProductCard(card: CardBody) -> Element {
    let text = use_text();
    let name = text.name(&card.product.name);
    let price = card.facts.as_ref().map(|facts| text.price(facts.price_tiyn));
    rsx! {
        section { class: "card stack", "aria-label": text.of("result-card"),
            div { class: "stack-tight",
                p { class: "soft small", {text.named("group", card.product.group.as_str())} }
                h2 { class: "product-name", "{name}" }
                if let Some(price) = price {
                    p { class: "price", "{price}" }
                    p { class: "small soft", {text.of("result-price-source")} }
                }
            }
            dl { class: "facts",
                for fact in of_card(text, &card) {
                    FactRow { key: "{fact.label}", text, fact }
                }
            }
            if card.facts.is_none() {
                p { class: "soft", {text.of("result-no-facts")} }
            }
        }
    }
}

#[component]
fn FactRow(text: Text, fact: Fact) -> Element {
    rsx! {
        div {
            dt { {text.of(fact.label)} }
            dd { "{fact.value}" }
            dd { class: "fact-source",
                Glyph { icon: Icon::Document }
                span { {text.of(fact.source)} }
            }
        }
    }
}
