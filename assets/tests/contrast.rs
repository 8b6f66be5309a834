//! Text on its ground keeps the contrast of WCAG 2.2, success criterion 1.4.3 (AA): 4.5 to 1, in both themes.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeMap;

/// Text role and the roles of ground it is set on.
const PAIRS: &[(&str, &[&str])] = &[
    ("text", &["bg", "surface", "sunken", "brand-wash", "good-wash", "info-wash", "caution-wash", "stop-wash"]),
    ("text-soft", &["bg", "surface", "sunken", "brand-wash"]),
    ("brand-ink", &["bg", "surface", "sunken", "brand-wash"]),
    ("on-brand", &["brand"]),
    ("on-good", &["good"]),
    ("on-info", &["info"]),
    ("on-caution", &["caution"]),
    ("on-stop", &["stop"]),
    ("on-neutral", &["neutral"]),
    ("good-ink", &["surface", "good-wash"]),
    ("info-ink", &["surface", "info-wash"]),
    ("caution-ink", &["surface", "caution-wash"]),
    ("stop-ink", &["bg", "surface", "stop-wash"]),
    ("neutral-ink", &["surface", "neutral-wash"]),
];

fn roles(block: &str) -> BTreeMap<String, [f64; 3]> {
    let mut found = BTreeMap::new();
    for line in block.lines() {
        let Some((name, value)) = line.trim().strip_prefix("--").and_then(|line| line.split_once(':')) else {
            continue;
        };
        let Some(hex) = value.trim().trim_end_matches(';').strip_prefix('#').filter(|hex| hex.len() == 6) else {
            continue;
        };
        let part = |at: usize| f64::from(u8::from_str_radix(&hex[at..at + 2], 16).unwrap()) / 255.0;
        found.insert(name.to_owned(), [part(0), part(2), part(4)]);
    }
    found
}

fn luminance(colour: [f64; 3]) -> f64 {
    let linear = colour.map(|c| if c <= 0.040_45 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) });
    0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
}

fn contrast(one: [f64; 3], other: [f64; 3]) -> f64 {
    let (a, b) = (luminance(one), luminance(other));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

#[test]
fn every_text_can_be_read_on_its_ground() {
    let mut blocks = assets::TOKENS.split('}');
    let light = roles(blocks.next().unwrap());
    let mut dark = light.clone();
    dark.extend(roles(blocks.next().unwrap()));
    assert_ne!(light, dark);
    for (theme, colours) in [("light", light), ("dark", dark)] {
        for (text, grounds) in PAIRS {
            for ground in *grounds {
                let ratio = contrast(colours[*text], colours[*ground]);
                assert!(ratio >= 4.5, "{theme}: {text} on {ground} is {ratio:.2}");
            }
        }
    }
}
