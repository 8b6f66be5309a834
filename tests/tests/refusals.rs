//! Every refusal has a number of its own, words in each language, and a line in the reference (invariant 4).
//!
//! `UPDATE=1 cargo test -p tests --test refusals` writes `docs/reference/refusals.md` anew.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use locales::Locale;
use shared::refusal::RefusalCode;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use tests::place::workspace;

/// The arguments that a refusal is given with; the others have none.
fn args_of(code: RefusalCode) -> &'static [&'static str] {
    match code {
        RefusalCode::MalformedBody => &["reason"],
        RefusalCode::FieldInvalid => &["field", "reason"],
        RefusalCode::BodyTooLarge
        | RefusalCode::QuantityOutOfRange
        | RefusalCode::TooManyCodes
        | RefusalCode::TooManyLabels
        | RefusalCode::CodeTooLong
        | RefusalCode::PackageTooDeep
        | RefusalCode::PackageFull => &["limit"],
        RefusalCode::ShipmentOverdue => &["due"],
        RefusalCode::SeriesExhausted => &["left"],
        RefusalCode::QueryInvalid | RefusalCode::FactMissing | RefusalCode::DateInFuture => &["field"],
        _ => &[],
    }
}

/// Title and advice, with each argument standing for itself.
fn words(locale: Locale, code: RefusalCode) -> (String, String) {
    let args: Vec<(&str, String)> = args_of(code).iter().map(|name| (*name, format!("*{name}*"))).collect();
    let args: Vec<(&str, &str)> = args.iter().map(|(name, value)| (*name, value.as_str())).collect();
    locale.refusal(&code.message_id(), &args)
}

#[test]
fn every_refusal_has_words_in_each_language() {
    for code in RefusalCode::ALL {
        let mut seen = BTreeSet::new();
        for locale in Locale::ALL {
            let place = format!("{code:?} in {}", locale.tag());
            assert!(locale.has(&code.message_id()), "{place}: no message");
            let (title, mend) = words(locale, *code);
            for text in [&title, &mend] {
                assert!(text.chars().count() > 5, "{place}: `{text}`");
                assert!(!text.contains("{$"), "{place}: `{text}` asks for an argument that is not given");
                assert!(seen.insert(text.clone()), "{place}: `{text}` is not in its language");
            }
            let both = format!("{title} {mend}");
            for name in args_of(*code) {
                assert!(both.contains(&format!("*{name}*")), "{place}: `{both}` does not tell {name}");
            }
        }
    }
}

#[test]
fn every_number_and_name_is_used_once() {
    let numbers: BTreeSet<u16> = RefusalCode::ALL.iter().map(|code| code.number()).collect();
    let names: BTreeSet<&str> = RefusalCode::ALL.iter().map(|code| code.name()).collect();
    assert_eq!((numbers.len(), names.len()), (RefusalCode::ALL.len(), RefusalCode::ALL.len()));
    for code in RefusalCode::ALL {
        assert!((400..600).contains(&code.status()), "{code:?}");
        assert_eq!(
            code.is_transient(),
            matches!(code.status(), 429 | 503),
            "{code:?}: who may retry is told by the status"
        );
    }
}

const HEAD: &str = "\
# Refusals

Every refusal is answered as a problem document (RFC 9457, `application/problem+json`) whose `code` has the number and the
name below. Numbers are never reused and never change their meaning; clients decide by number. Texts come in the language
of `Accept-Language`: Kazakh, Russian or English. Below, what is wrong stands first, how to mend it after it; what is in
italics is in `args`.

A request refused with 429 or 503 changed nothing and may be repeated as it is, with the same `Idempotency-Key`.

This page is written from `shared::refusal` and `locales` by `UPDATE=1 cargo test -p tests --test refusals`.
";

/// What the thousands mean.
const CHAPTERS: [(u16, &str); 7] = [
    (1, "Requests"),
    (2, "Product cards"),
    (3, "Orders and codes"),
    (4, "The life of a unit"),
    (5, "Reports of violations"),
    (6, "Checks"),
    (7, "Packages, shipments, serials of others, corrections"),
];

fn reference() -> String {
    let mut page = String::from(HEAD);
    let mut listed = 0;
    for (thousand, chapter) in CHAPTERS {
        page.push_str(&format!("\n## {thousand}000: {chapter}\n\n"));
        page.push_str("| number, name | status | English | Русский | Қазақша |\n|---|---|---|---|---|\n");
        for code in RefusalCode::ALL.iter().filter(|code| code.number() / 1000 == thousand) {
            listed += 1;
            let cell = |locale| {
                let (title, mend) = words(locale, *code);
                format!("{}. {mend}", title.trim_end_matches('.')).replace('|', "\\|")
            };
            writeln!(
                page,
                "| {} `{}` | {} | {} | {} | {} |",
                code.number(),
                code.name(),
                code.status(),
                cell(Locale::En),
                cell(Locale::Ru),
                cell(Locale::Kk)
            )
            .unwrap();
        }
    }
    assert_eq!(listed, RefusalCode::ALL.len(), "a chapter is missing");
    page
}

#[test]
fn the_reference_lists_exactly_the_refusals() {
    let path = workspace().join("docs/reference/refusals.md");
    let expected = reference();
    if std::env::var_os("UPDATE").is_some() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, &expected).unwrap();
    }
    let held = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(held == expected, "{} is out of date: write it with UPDATE=1", path.display());
}
