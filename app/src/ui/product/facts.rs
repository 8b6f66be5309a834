//! The facts of a card in the order of the law, with their sources.

use crate::state::Text;
use shared::wire::v1::check::CardBody;
use shared::wire::v1::products::PaperBody;

/// A fact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fact {
    /// Text: what it is.
    pub(super) label: &'static str,
    /// Its value.
    pub(super) value: String,
    /// Text: the document it comes from.
    pub(super) source: &'static str,
}

/// The product's entry in the register of goods.
const REGISTER: &str = "result-source-card";
/// The document by which the batch was introduced into circulation.
const INTRODUCTION: &str = "result-source-introduction";

/// Every fact of a card. Trade name and price are its heading.
pub(super) fn of_card(text: Text, card: &CardBody) -> Vec<Fact> {
    let product = &card.product;
    let fact = |label, value, source| Fact { label, value, source };
    let paper =
        |paper: &PaperBody| text.with("result-paper", &[("number", &paper.number), ("date", &text.day(paper.date))]);
    let mut facts = vec![fact("result-manufacturer", product.manufacturer.clone(), REGISTER)];
    if let Some(importer) = &product.importer {
        facts.push(fact("result-importer", importer.clone(), REGISTER));
    }
    facts.push(fact("result-country", country(text, &product.country), REGISTER));
    let Some(batch) = &card.facts else { return facts };
    facts.push(fact("result-place", batch.place.clone(), INTRODUCTION));
    facts.push(fact("result-produced", text.day(batch.produced), INTRODUCTION));
    if let Some(expires) = batch.expires {
        facts.push(fact("result-expires", text.day(expires), INTRODUCTION));
    }
    if let Some(customs) = &batch.customs {
        facts.push(fact("result-customs", paper(customs), "result-source-customs"));
    }
    facts.push(fact("result-conformity", paper(&batch.conformity), "result-source-conformity"));
    facts.push(fact("result-test", paper(&batch.test), "result-source-test"));
    facts
}

/// Name of a country; its code where we have none.
fn country(text: Text, code: &str) -> String {
    let id = format!("country-{}", code.to_ascii_lowercase());
    if text.0.has(&id) { text.of(&id) } else { code.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use locales::Locale;
    use shared::group::ProductGroup;
    use shared::wire::v1::products::{FactsBody, NamesBody, ProductBody};

    fn card(importer: Option<&str>) -> CardBody {
        let paper = |number: &str| PaperBody { number: number.into(), date: "2026-01-15".parse().unwrap() };
        CardBody {
            product: ProductBody {
                gtin: "04870001234565".into(),
                group: ProductGroup::Beer,
                name: NamesBody { kk: "Сыра".into(), ru: "Пиво".into(), en: None },
                manufacturer: "Өндіруші ЖШС".into(),
                importer: importer.map(Into::into),
                country: if importer.is_some() { "DE" } else { "KZ" }.into(),
            },
            facts: Some(FactsBody {
                place: "Алматы".into(),
                produced: "2026-02-01".parse().unwrap(),
                expires: Some("2026-08-01".parse().unwrap()),
                conformity: paper("C-1"),
                test: paper("T-2"),
                customs: importer.map(|_| paper("50505/010126/0000123")),
                price_tiyn: 65_000,
            }),
        }
    }

    /// R5: manufacturer, importer, customs declaration, place and date of production, conformity, test certificate. The
    /// trade name and the price head the card.
    #[test]
    fn every_fact_of_the_law_is_shown_with_its_source() {
        for locale in Locale::ALL {
            let text = Text(locale);
            let facts = of_card(text, &card(Some("Импорттаушы ЖШС")));
            let shown =
                facts.iter().map(|fact| format!("{} | {}", fact.label, fact.value)).collect::<Vec<_>>().join("\n");
            for part in ["Өндіруші ЖШС", "Импорттаушы ЖШС", "50505/010126/0000123", "Алматы", "C-1", "T-2"]
            {
                assert!(shown.contains(part), "{part} in\n{shown}");
            }
            assert!(shown.contains(&text.day("2026-02-01".parse().unwrap())));
            for fact in &facts {
                assert!(locale.has(fact.label) && locale.has(fact.source), "{}", fact.label);
            }
        }
    }

    #[test]
    fn a_domestic_good_has_neither_importer_nor_declaration() {
        let facts = of_card(Text(Locale::En), &card(None));
        assert!(!facts.iter().any(|fact| matches!(fact.label, "result-importer" | "result-customs")));
        assert!(facts.iter().any(|fact| fact.value == "Kazakhstan"));
    }
}
