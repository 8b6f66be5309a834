//! What follows what.

use super::*;
use crate::found::Message;

/// What a frame shows: nothing, a symbol that cannot be read with its left edge, one that can.
#[derive(Clone, Copy)]
enum Shown {
    Nothing,
    Unread(Symbology, f32),
    Read,
}
use Shown::{Nothing, Read, Unread};

fn sights(shown: Shown) -> Sights {
    let (symbology, left, is_read) = match shown {
        Nothing => return Sights::default(),
        Unread(symbology, left) => (symbology, left, false),
        Read => (Symbology::DataMatrix, 0.0, true),
    };
    let message = is_read.then(|| Message { text: "text".into(), gs1: false });
    let corners = [(left, 0.0), (left + 10.0, 0.0), (left + 10.0, 10.0), (left, 10.0)];
    let one =
        Sighting { symbology, columns: 10, rows: 10, soft: Vec::new(), corners, module: 1.0, score: 0.7, message };
    Sights { sightings: vec![one], linear: Vec::new() }
}

fn word(turn: Turn) -> String {
    match turn {
        Turn::Alone => "alone".into(),
        Turn::Wide => "wide".into(),
        Turn::Deep { place: Place::Number(number), .. } => format!("place {number}"),
        Turn::Deep { place: Place::Near((x, y)), .. } => format!("near {x} {y}"),
    }
}

#[test]
fn turns_follow_what_was_seen() {
    let matrix = Unread(Symbology::DataMatrix, 100.0);
    let qr = Unread(Symbology::Qr, 100.0);
    let rows: [(&str, Vec<Shown>, &str); 7] = [
        ("nothing", vec![Nothing; 7], "wide, place 0, wide, place 1, wide, place 2, wide"),
        (
            "a DataMatrix",
            vec![Nothing, matrix, matrix, matrix, matrix, matrix, matrix, matrix],
            "wide, place 0, near 105 5, place 1, wide, near 105 5, near 105 5, place 2",
        ),
        ("a QR", vec![qr; 6], "wide, wide, wide, place 0, wide, wide"),
        (
            "a DataMatrix that is gone",
            vec![matrix, Nothing, Nothing, Nothing, Nothing, Nothing, Nothing, Nothing, Nothing],
            "wide, near 105 5, near 105 5, place 0, wide, near 105 5, near 105 5, place 1, wide",
        ),
        ("read at once", vec![Read, Nothing, Nothing], "wide, place 0, wide"),
        ("read at every look", vec![Read; 5], "wide, place 0, wide, place 1, wide"),
        ("read in detail", vec![Nothing, Read, Read, Nothing, Nothing], "wide, place 0, near 5 5, place 1, wide"),
    ];
    for (name, frames, expected) in rows {
        let mut order = Order::default();
        let turns: Vec<String> = frames
            .into_iter()
            .map(|shown| {
                let turn = word(order.turn());
                order.note(&sights(shown));
                turn
            })
            .collect();
        assert_eq!(turns.join(", "), expected, "{name}");
    }
}

/// Other symbologies keep their places until they are looked for again.
#[test]
fn others_are_left_alone() {
    let mut order = Order::default();
    order.note(&sights(Unread(Symbology::Qr, 100.0)));
    order.note(&sights(Nothing));
    order.note(&sights(Unread(Symbology::Qr, 50.0)));
    let Turn::Deep { others, .. } = order.turn() else { panic!("{order:?}") };
    assert_eq!(others, [[(50.0, 0.0), (60.0, 0.0), (60.0, 10.0), (50.0, 10.0)]]);
    order.note(&sights(Nothing));
    order.note(&sights(Nothing));
    order.note(&sights(Nothing));
    order.note(&sights(Nothing));
    let Turn::Deep { others, .. } = order.turn() else { panic!("{order:?}") };
    assert_eq!(others, [[(0.0, 0.0); 4]; 0]);
}

#[test]
fn places_are_those_of_the_part_that_is_looked_at() {
    let others = vec![[(100.0, 0.0), (110.0, 0.0), (110.0, 10.0), (100.0, 10.0)]];
    let turn = Turn::Deep { place: Place::Near((105.0, 5.0)), others };
    let expected = vec![[(35.0, -1.0), (40.0, -1.0), (40.0, 4.0), (35.0, 4.0)]];
    assert_eq!(turn.within(2.0, 30.0, 2.0), Turn::Deep { place: Place::Near((37.5, 1.5)), others: expected });
}
