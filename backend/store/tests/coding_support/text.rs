//! The text of golden files.

use backend_store::coding::block::Block;
use backend_store::coding::log::Head;
use backend_store::coding::log::Key;
use shared::act::{Act, Effect, Event};
use shared::date::Timestamp;
use shared::document::DocumentKind;
use shared::party::PartyId;
use shared::series::{Range, SeriesId};
use shared::state::DocumentNo;

fn number<T: std::str::FromStr>(text: &str) -> T {
    text.parse().unwrap_or_else(|_| panic!("{text} is no number"))
}

/// `<code>` or `<code>/<argument>`.
fn act(text: &str) -> Act {
    let (code, arg) = text.split_once('/').unwrap_or((text, "0"));
    Act::from_code(number(code), number(arg)).unwrap()
}

/// Events added to an empty block, in order: `<first>+<count>:<act>@<document>`.
pub(crate) fn block(as_of: &str, text: &str) -> Block {
    let mut block = Block::new();
    for push in text.split_whitespace() {
        let (units, event) = push.split_once(':').unwrap();
        let (first, len) = units.split_once('+').unwrap();
        let (of, document) = event.split_once('@').unwrap();
        block.push(number(first), number(len), Event { document: DocumentNo(number(document)), act: act(of) });
    }
    block.set_as_of(DocumentNo(number(as_of)));
    block
}

/// Effects, in order: `<document>:<series>:<first>+<count>:<act>`.
pub(crate) fn effects(text: &str) -> Vec<(DocumentNo, Vec<Effect>)> {
    let mut all: Vec<(DocumentNo, Vec<Effect>)> = Vec::new();
    for effect in text.split_whitespace() {
        let [document, series, units, of] = effect.split(':').collect::<Vec<_>>()[..] else { panic!("{effect}") };
        let (first, count) = units.split_once('+').unwrap();
        let range = Range { series: SeriesId(number(series)), first: number(first), count: number(count) };
        let (document, effect) = (DocumentNo(number(document)), Effect { range, act: act(of) });
        match all.last_mut() {
            Some((last, effects)) if *last == document => effects.push(effect),
            _ => all.push((document, vec![effect])),
        }
    }
    all
}

/// Heads, in order: `<document>:<kind>:<party>:<at>:<units>:<region or ->:<parts>:<-, named or sender/number>`.
pub(crate) fn heads(text: &str) -> Vec<Head> {
    let head = |head: &str| {
        let [document, kind, party, at, units, region, parts, key] = head.split(':').collect::<Vec<_>>()[..] else {
            panic!("{head}")
        };
        Head {
            document: DocumentNo(number(document)),
            kind: kind.parse::<DocumentKind>().unwrap(),
            party: PartyId(number(party)),
            at: Timestamp(number(at)),
            units: number(units),
            region: (region != "-").then(|| region.parse().unwrap()),
            key: match key.split_once('/') {
                Some((sender, of)) => Key::Counted { sender: number(sender), number: number(of) },
                None if key == "named" => Key::Named,
                None => Key::None,
            },
            parts: number(parts),
        }
    };
    text.split_whitespace().map(head).collect()
}
