//! The golden vectors of `tests/golden/gs1`.

#![allow(clippy::unwrap_used, reason = "a helper of a test fails by panicking")]

mod support;

use gs1::digital_link::LinkError;
use gs1::lint::Linter;
use gs1::reading::candidates;
use gs1::symbol::{Symbol, data_codewords};
use gs1::{Ai, ElementString, Gtin, ParseError, Sscc, check_digit, digital_link};
use support::check;

#[test]
fn application_identifiers() {
    let bit = |yes: bool| if yes { "yes" } else { "no" }.to_owned();
    check("application-identifiers.tsv", 1, |row| {
        let spec = row[0].parse::<Ai>().unwrap().spec();
        vec![
            spec.title.to_owned(),
            format!("{:?}", spec.components[0].charset),
            spec.min().to_string(),
            spec.max().to_string(),
            bit(!spec.predefined),
            bit(spec.components[0].linters.contains(&Linter::Csum)),
            bit(spec.components[0].linters.contains(&Linter::Yymmd0)),
        ]
    });
}

#[test]
fn check_digits() {
    check("check-digits.tsv", 1, |row| match check_digit(&row[0]) {
        Some(digit) => vec![digit.to_string()],
        None => vec!["refused".to_owned()],
    });
}

#[test]
fn keys() {
    check("keys.tsv", 2, |row| {
        let read = match row[0].as_str() {
            "GTIN" => row[1].parse::<Gtin>().map(|key| key.to_string()),
            _ => row[1].parse::<Sscc>().map(|key| key.to_string()),
        };
        vec![read.unwrap_or_else(|error| format!("{error:?}"))]
    });
}

fn listed(code: &ElementString) -> String {
    let elements = code.elements().iter();
    let elements: Vec<String> = elements.map(|e| format!("{}:{}", e.ai, e.value)).collect();
    elements.join(" ")
}

fn refused(error: &ParseError) -> Vec<String> {
    let ai = error.ai.clone().unwrap_or_else(|| "-".to_owned());
    let cut = if error.is_truncation() { "cut" } else { "wrong" };
    vec![cut.to_owned(), ai, error.at.to_string(), format!("{:?}", error.kind)]
}

#[test]
fn element_strings() {
    check("element-strings.tsv", 1, |row| {
        let code = ElementString::parse(&row[0]).unwrap();
        assert_eq!(code.to_string(), row[0], "what is read is what is printed");
        vec![listed(&code), code.hri()]
    });
    check("element-strings-refused.tsv", 1, |row| match ElementString::parse(&row[0]) {
        Ok(code) => vec!["right".to_owned(), "-".to_owned(), "-".to_owned(), listed(&code)],
        Err(error) => refused(&error),
    });
}

#[test]
fn bracketed() {
    check("bracketed.tsv", 1, |row| vec![ElementString::parse_bracketed(&row[0]).unwrap().to_string()]);
    check("bracketed-refused.tsv", 1, |row| refused(&ElementString::parse_bracketed(&row[0]).unwrap_err()));
}

#[test]
fn digital_links() {
    check("digital-link-print.tsv", 2, |row| {
        let code = ElementString::parse(&row[0]).unwrap();
        vec![digital_link::print(&code, &row[1]).unwrap_or_else(|error| format!("{error:?}"))]
    });
    check("digital-link-parse.tsv", 1, |row| match digital_link::parse(&row[0]) {
        Ok(code) => vec!["ok".to_owned(), code.to_string()],
        Err(LinkError::Value(error)) => vec!["refused".to_owned(), format!("{:?}", error.kind)],
        Err(error) => vec!["refused".to_owned(), format!("{error:?}")],
    });
}

#[test]
fn readings() {
    check("reading.tsv", 1, |row| {
        let found = candidates(&row[0]).into_iter();
        found
            .map(|candidate| {
                let repairs = candidate.repairs.iter().map(|repair| repair.as_str());
                let repairs: Vec<&str> = repairs.collect();
                format!("{}={}", repairs.join("+"), candidate.text)
            })
            .collect()
    });
}

/// The rows of modules from the top, each a binary number in hexadecimal, the left module being the highest bit.
fn rows(symbol: &Symbol) -> String {
    let rows = (0..symbol.size()).map(|y| {
        let bits = (0..symbol.size()).map(|x| u128::from(symbol.dark(x, y)));
        let number = bits.fold((0u128, 0u128), |(high, low), bit| (high << 1 | low >> 127, low << 1 | bit));
        match number {
            (0, low) => format!("{low:x}"),
            (high, low) => format!("{high:x}{low:032x}"),
        }
    });
    rows.collect::<Vec<String>>().join(" ")
}

#[test]
fn symbols() {
    check("symbols.tsv", 1, |row| {
        let code = ElementString::parse(&row[0]).unwrap();
        let symbol = Symbol::encode(&code).unwrap();
        let codewords = data_codewords(&code).len();
        vec![symbol.size().to_string(), codewords.to_string(), rows(&symbol)]
    });
}

#[test]
fn drawings() {
    check("drawings.tsv", 1, |row| {
        let code = ElementString::parse(&row[0]).unwrap();
        vec![Symbol::encode(&code).unwrap().svg()]
    });
}
