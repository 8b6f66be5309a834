//! The reasons that parsers give, in the language of the reader.
//!
//! `malformed_body` and `field_invalid` carry a reason in the words of whoever read the text: `serde_json`, `std`, our own
//! types. Those words are English and part of no interface; the common ones are known here by their beginning. A reason
//! that is not known stays as it is.

use crate::Locale;

/// A reason in the language of the reader.
pub(crate) fn in_words(locale: Locale, reason: &str) -> String {
    let (what, place) = without_place(reason);
    let Some(words) = words(locale, what) else { return reason.to_owned() };
    match place {
        Some((line, column)) => {
            locale.text_with("refusal-reason-place", &[("reason", words.as_str()), ("line", line), ("column", column)])
        }
        None => words,
    }
}

/// A reason and the line and column that `serde_json` ends it with.
fn without_place(reason: &str) -> (&str, Option<(&str, &str)>) {
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    reason
        .rsplit_once(" at line ")
        .and_then(|(what, place)| Some((what, place.split_once(" column ")?)))
        .filter(|(_, (line, column))| is_number(line) && is_number(column))
        .map_or((reason, None), |(what, place)| (what, Some(place)))
}

fn words(locale: Locale, what: &str) -> Option<String> {
    for (beginning, id) in NAMED {
        if let Some(rest) = what.strip_prefix(beginning) {
            let name = rest.split('`').next().unwrap_or_default();
            return Some(locale.text_with(id, &[("name", name)]));
        }
    }
    if let Some(rest) = what.strip_prefix("invalid type: ") {
        let (got, expected) = rest.rsplit_once(", expected ")?;
        return Some(locale.text_with(
            "refusal-reason-wrong-type",
            &[("got", kind(locale, got).as_str()), ("expected", kind(locale, expected).as_str())],
        ));
    }
    let (_, id) = PLAIN.iter().find(|(beginning, _)| what.starts_with(beginning))?;
    Some(locale.text(id))
}

/// Reasons that name something between backticks, by the words before it.
const NAMED: [(&str, &str); 4] = [
    ("missing field `", "refusal-reason-missing-field"),
    ("unknown field `", "refusal-reason-unknown-field"),
    ("duplicate field `", "refusal-reason-repeated-field"),
    ("unknown variant `", "refusal-reason-unknown-value"),
];

/// Reasons by their beginning.
const PLAIN: [(&str, &str); 30] = [
    ("invalid value: ", "refusal-reason-wrong-value"),
    ("invalid length ", "refusal-reason-wrong-length"),
    ("data did not match any variant", "refusal-reason-no-form"),
    ("EOF while parsing", "refusal-reason-cut-short"),
    ("trailing characters", "refusal-reason-more-after"),
    ("recursion limit exceeded", "refusal-reason-too-deep"),
    ("number out of range", "refusal-reason-number-range"),
    ("invalid number", "refusal-reason-not-json"),
    ("invalid escape", "refusal-reason-not-json"),
    ("invalid unicode code point", "refusal-reason-not-json"),
    ("lone leading surrogate", "refusal-reason-not-json"),
    ("unexpected end of hex escape", "refusal-reason-not-json"),
    ("key must be a string", "refusal-reason-not-json"),
    ("trailing comma", "refusal-reason-not-json"),
    ("expected value", "refusal-reason-not-json"),
    ("expected ident", "refusal-reason-not-json"),
    ("expected `", "refusal-reason-not-json"),
    ("expected one of `", "refusal-reason-not-json"),
    ("control character", "refusal-reason-control-character"),
    ("invalid utf-8 sequence", "refusal-reason-not-utf8"),
    ("incomplete utf-8 byte sequence", "refusal-reason-not-utf8"),
    ("not received", "refusal-reason-not-received"),
    ("not a published value of", "refusal-reason-not-published"),
    ("not a date of the form", "refusal-reason-not-a-date"),
    ("not 32 bytes in base64url", "refusal-reason-not-32-bytes"),
    ("not a ciphertext in base64url", "refusal-reason-not-sealed"),
    ("not a report id", "refusal-reason-not-a-report-id"),
    ("wrong check digit", "refusal-reason-check-digit"),
    ("wrong number of digits", "refusal-reason-digits"),
    ("not a digit", "refusal-reason-digits"),
];

/// What JSON calls a value, for what `serde` calls a type or a value that it did not expect.
fn kind(locale: Locale, text: &str) -> String {
    let id = KINDS.iter().find(|(beginning, _)| text.starts_with(beginning)).map(|(_, id)| *id);
    id.map_or_else(|| text.to_owned(), |id| locale.text(id))
}

const KINDS: [(&str, &str); 23] = [
    ("string", "refusal-reason-kind-text"),
    ("a string", "refusal-reason-kind-text"),
    ("a borrowed string", "refusal-reason-kind-text"),
    ("character", "refusal-reason-kind-text"),
    ("integer", "refusal-reason-kind-number"),
    ("floating point", "refusal-reason-kind-number"),
    ("a number", "refusal-reason-kind-number"),
    ("u8", "refusal-reason-kind-number"),
    ("u16", "refusal-reason-kind-number"),
    ("u32", "refusal-reason-kind-number"),
    ("u64", "refusal-reason-kind-number"),
    ("usize", "refusal-reason-kind-number"),
    ("i64", "refusal-reason-kind-number"),
    ("f64", "refusal-reason-kind-number"),
    ("boolean", "refusal-reason-kind-truth"),
    ("a boolean", "refusal-reason-kind-truth"),
    ("null", "refusal-reason-kind-null"),
    ("unit", "refusal-reason-kind-null"),
    ("map", "refusal-reason-kind-object"),
    ("a map", "refusal-reason-kind-object"),
    ("struct", "refusal-reason-kind-object"),
    ("sequence", "refusal-reason-kind-list"),
    ("a sequence", "refusal-reason-kind-list"),
];

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[allow(dead_code, reason = "only how it fails to be read matters")]
    struct Sample {
        gtin: String,
        quantity: u64,
        list: Option<Vec<u8>>,
        kind: Option<Kind>,
    }

    #[derive(Debug, Deserialize)]
    #[serde(rename_all = "snake_case")]
    enum Kind {
        Signed,
        Mac,
    }

    #[test]
    fn what_the_parser_says_is_said_in_each_language() {
        for body in [
            "",
            "{",
            "{\"gtin\":\"1\"}",
            "{\"gtin\":\"1\",\"gtin\":\"2\"}",
            "{\"gtin\":\"1\",\"quantity\":1,\"colour\":1}",
            "{\"gtin\":1,\"quantity\":1}",
            "{\"gtin\":null,\"quantity\":1}",
            "{\"gtin\":\"1\",\"quantity\":\"1\"}",
            "{\"gtin\":\"1\",\"quantity\":-1}",
            "{\"gtin\":\"1\",\"quantity\":1.5}",
            "{\"gtin\":\"1\",\"quantity\":true}",
            "{\"gtin\":\"1\",\"quantity\":{}}",
            "{\"gtin\":\"1\",\"quantity\":1,\"list\":\"x\"}",
            "{\"gtin\":\"1\",\"quantity\":1,\"list\":[256]}",
            "{\"gtin\":\"1\",\"quantity\":1,\"kind\":\"short\"}",
            "{\"gtin\":\"1\",\"quantity\":1}x",
            "{\"gtin\":\"1\n\"}",
            "{\"gtin\":\"\\x\"}",
            "{\"gtin\":\"\\ud800\"}",
            "{\"gtin\":\"1\",}",
            "{\"gtin\" \"1\"}",
            "{gtin:1}",
            "{\"gtin\":\"1\" \"quantity\":1}",
            "{\"gtin\":\"1\",\"quantity\":1e999}",
            "\"text\"",
            "<html>",
            "nul",
        ] {
            let reason = serde_json::from_str::<Sample>(body).unwrap_err().to_string();
            let kk = in_words(Locale::Kk, &reason);
            let ru = in_words(Locale::Ru, &reason);
            assert!(kk != reason && ru != reason && kk != ru, "{body}: {reason}: {kk}: {ru}");
            for text in [&kk, &ru] {
                assert!(!text.contains("{$") && !text.contains("refusal-reason"), "{body}: {text}");
                assert!(!text.contains("expected"), "{body}: {text}");
            }
        }
    }

    #[test]
    fn every_known_reason_has_words() {
        let ids = NAMED.iter().chain(&PLAIN).chain(&KINDS).map(|(_, id)| *id);
        for id in ids.chain(["refusal-reason-place", "refusal-reason-wrong-type"]) {
            assert!(Locale::ALL.iter().all(|locale| locale.has(id)), "{id}");
        }
    }

    #[test]
    fn names_and_places_are_kept() {
        let said = in_words(Locale::Ru, "missing field `quantity` at line 3 column 14");
        for part in ["quantity", "3", "14"] {
            assert!(said.contains(part), "{said}");
        }
    }

    #[test]
    fn what_is_not_known_stays_as_it_is() {
        for reason in ["> 200", "ISO 3166-1 alpha-2", "", "teapot at line 1 column x", "teapot at line 1 column 2"] {
            assert_eq!(in_words(Locale::Kk, reason), reason);
        }
    }
}
