//! The facts of a demo batch. Their dates are counted from the day of the order, which the backend repeats when the order
//! is repeated: so a second run sends the same bytes and changes nothing, on whatever day.

use shared::date::{Date, Timestamp};
use shared::wire::v1::products::{FactsBody, PaperBody};

use super::catalogue::Item;

const DAY_MS: i64 = 24 * 3600 * 1000;

/// The facts of the batch of `item` that was ordered at `ordered`.
pub(super) fn facts(item: &Item, ordered: Timestamp) -> FactsBody {
    let day = |days_from_order: i64| Timestamp(ordered.0 + days_from_order * DAY_MS).date();
    let made = -item.made_days_ago;
    FactsBody {
        place: item.place.to_owned(),
        produced: day(made),
        expires: item.keeps_days.map(|days| day(made + days)),
        conformity: paper(item.conformity, day(made + 6)),
        test: paper(item.test, day(made + 3)),
        customs: item.customs.map(|number| paper(number, day(made / 3))),
        price_tiyn: item.price_tenge * 100,
    }
}

/// A paper whose number repeats its date, as such numbers do.
fn paper(number: &str, date: Date) -> PaperBody {
    // YYYY-MM-DD.
    let text = date.to_string();
    let (year, month, day) = (&text[2..4], &text[5..7], &text[8..10]);
    let number = number.replace("{ddmmyy}", &format!("{day}{month}{year}")).replace("{yy}", year);
    PaperBody { number, date }
}

#[cfg(test)]
mod tests {
    use super::super::catalogue::{BEER, BLOUSE, BOOTS, CIGARETTES, LINEN, OIL, TABLETS};
    use super::*;
    use shared::product::{Facts, Product};

    #[test]
    fn the_facts_of_every_product_hold_on_the_day_of_the_order_and_do_not_change_later() {
        let ordered: Timestamp = "2026-11-22T19:30:00Z".parse().unwrap();
        for item in [BOOTS, LINEN, BEER, CIGARETTES, TABLETS, OIL, BLOUSE] {
            let product: Product = item.card().try_into().unwrap();
            let body = facts(&item, ordered);
            assert_eq!(body, facts(&item, ordered));
            let facts: Facts = body.try_into().unwrap();
            facts.check(&product, ordered.date()).unwrap_or_else(|refusal| panic!("{}: {refusal:?}", item.slug));
        }
    }

    #[test]
    fn numbers_repeat_their_dates() {
        let ordered: Timestamp = "2026-11-22T12:00:00Z".parse().unwrap();
        let customs = facts(&OIL, ordered).customs.unwrap();
        assert_eq!(customs.date.to_string(), "2026-10-03");
        assert_eq!(customs.number, "55205/031026/0038416");
    }
}
