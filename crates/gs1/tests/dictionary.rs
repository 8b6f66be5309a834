//! The table of application identifiers against the GS1 Barcode Syntax Dictionary, line by line.

#![allow(clippy::unwrap_used, reason = "a helper of a test fails by panicking")]

use gs1::{Ai, Charset, Component, Element, ElementString, digital_link};

/// A line of the dictionary: identifiers, flags, components, attributes, title.
struct Entry {
    first: String,
    last: String,
    flags: String,
    components: Vec<String>,
    attributes: Vec<String>,
    title: String,
}

fn entries() -> Option<Vec<Entry>> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/fixtures/gs1/gs1-syntax-dictionary.txt");
    let Ok(text) = std::fs::read_to_string(path) else {
        eprintln!("skipped: no GS1 Barcode Syntax Dictionary at {path}");
        return None;
    };
    let lines = text.lines().filter(|line| line.starts_with(|c: char| c.is_ascii_digit()));
    Some(lines.map(entry).collect())
}

fn entry(line: &str) -> Entry {
    // The title follows the first `#` that stands alone: titles have such signs too.
    let (body, title) = line.split_once(" # ").unwrap_or((line, ""));
    let mut words = body.split_whitespace().peekable();
    let ais = words.next().unwrap();
    let (first, last) = ais.split_once('-').unwrap_or((ais, ais));
    let flags = words.next_if(|word| word.starts_with(['*', '?'])).unwrap_or_default();
    let is_component = |word: &&str| word.starts_with(['N', 'X', 'Y', 'Z', '[']);
    let components = std::iter::from_fn(|| words.next_if(is_component)).map(str::to_owned).collect();
    Entry {
        first: first.to_owned(),
        last: last.to_owned(),
        flags: flags.to_owned(),
        components,
        attributes: words.map(str::to_owned).collect(),
        title: title.trim().to_owned(),
    }
}

/// A component as the dictionary writes it.
fn written(component: &Component) -> String {
    let letter = match component.charset {
        Charset::Numeric => 'N',
        Charset::Set82 => 'X',
        Charset::Set39 => 'Y',
        Charset::Set64 => 'Z',
    };
    let length = match (component.min, component.max) {
        (min, max) if min == max => max.to_string(),
        (min, max) => {
            assert_eq!(min, 1);
            format!("..{max}")
        }
    };
    let mut text = format!("{letter}{length}");
    if component.optional {
        text = format!("[{text}]");
    }
    for linter in component.linters {
        text += &format!(",{linter:?}").to_lowercase();
    }
    text
}

#[test]
fn the_table_is_the_dictionary() {
    let Some(entries) = entries() else {
        return;
    };
    let mut all = Ai::all();
    for entry in &entries {
        let numbers = entry.first.parse::<u32>().unwrap()..=entry.last.parse().unwrap();
        for number in numbers {
            let name = format!("{number:0width$}", width = entry.first.len());
            let ai = all.next().unwrap();
            let spec = ai.spec();
            assert_eq!(ai.as_str(), name);
            assert_eq!(name.parse(), Ok(ai));
            assert_eq!(Ai::starting(&format!("{name}12345")), Some(ai), "no identifier is the beginning of another");
            assert_eq!(spec.title, entry.title, "{name}");
            assert_eq!(
                (spec.predefined, spec.link_attribute),
                (entry.flags.contains('*'), entry.flags.contains('?')),
                "{name}"
            );
            let components: Vec<String> = spec.components.iter().map(written).collect();
            assert_eq!(components, entry.components, "{name}");
        }
    }
    assert_eq!(all.next(), None);
}

/// A value that every rule of the identifier lets pass.
fn example(ai: &str) -> &'static str {
    match ai {
        "00" => "048700010000000011",
        "01" => "04870001234560",
        "253" | "255" => "4870001234560",
        "402" => "48700012345678900",
        "414" | "415" | "417" => "4870001234560",
        "7040" => "1ABC",
        "8003" => "04870001234560",
        "8006" => "048700012345600102",
        "8011" | "8019" => "12",
        "8013" => "1987654Ad4X4bL5ttr2310c2K",
        "8017" | "8018" => "487000123456789000",
        _ => "A1",
    }
}

/// Puts the right check digit at the end.
fn element(ai: &str) -> Element {
    let ai: Ai = ai.parse().unwrap();
    let mut value = example(ai.as_str()).to_owned();
    if matches!(ai.as_str(), "402" | "8017" | "8018") {
        value.pop();
        value += &gs1::check_digit(&value).unwrap().to_string();
    }
    Element { ai, value }
}

#[test]
fn digital_links_have_the_dictionarys_keys() {
    let Some(entries) = entries() else {
        return;
    };
    let mut keys = 0;
    for entry in &entries {
        let code = |ais: &[&str]| ElementString::new(ais.iter().map(|ai| element(ai))).unwrap();
        let Some(key) = entry.attributes.iter().find_map(|attribute| attribute.strip_prefix("dlpkey")) else {
            continue;
        };
        keys += 1;
        let orders: Vec<Vec<&str>> =
            key.trim_start_matches('=').split('|').map(|order| order.split(',').collect()).collect();
        for order in orders {
            let mut ais = vec![entry.first.as_str()];
            ais.extend(order.iter().filter(|ai| !ai.is_empty()));
            let code = code(&ais);
            let uri = digital_link::print(&code, "https://h").unwrap();
            let path: Vec<String> = ais.iter().map(|ai| format!("/{ai}/{}", code.get(ai).unwrap())).collect();
            assert_eq!(uri, format!("https://h{}", path.concat()));
            assert_eq!(digital_link::parse(&uri), Ok(code));
            if ais.len() > 2 {
                let turned = format!("https://h{}{}{}", path[0], path[2], path[1]);
                assert!(digital_link::parse(&turned).is_err(), "{turned}");
            }
        }
    }
    assert_eq!(keys, 16);
    let others = entries.iter().filter(|entry| !entry.attributes.iter().any(|a| a.starts_with("dlpkey")));
    for entry in others {
        let uri = format!("https://h/{}/1", entry.first);
        assert_eq!(digital_link::parse(&uri), Err(digital_link::LinkError::NoKey), "{uri}");
    }
}
