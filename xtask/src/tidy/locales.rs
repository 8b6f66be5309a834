//! Locale parity: the same files, messages, attributes and arguments in every language.

use std::collections::{BTreeMap, BTreeSet};

use super::Finding;
use super::tree::Tree;

const RULE: &str = "locale";

/// The languages of the product; the first is the one that the others are compared with.
const TAGS: [&str; 3] = ["kk", "ru", "en"];

/// What of a message must be the same everywhere.
#[derive(Debug, Default, PartialEq, Eq)]
struct Message {
    attributes: BTreeSet<String>,
    arguments: BTreeSet<String>,
}

type Messages = BTreeMap<String, Message>;

/// Differences between the languages.
pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let mut files: BTreeMap<&str, BTreeMap<&str, Messages>> = BTreeMap::new();
    let mut findings = Vec::new();
    for file in tree.files() {
        let Some(rest) = file.path.strip_prefix("locales/") else {
            continue;
        };
        let (Some((tag, name)), true) = (rest.split_once('/'), rest.ends_with(".ftl")) else {
            continue;
        };
        if !TAGS.contains(&tag) {
            findings.push(Finding::new(RULE, &file.path, format!("`{tag}` is no language of the product")));
            continue;
        }
        let (messages, repeated) = parse(file.text.as_deref().unwrap_or_default());
        for id in repeated {
            findings.push(Finding::new(RULE, &file.path, format!("`{id}` is there twice")));
        }
        files.entry(name).or_default().insert(tag, messages);
    }
    for (name, languages) in &files {
        compare(name, languages, &mut findings);
    }
    findings
}

fn compare(name: &str, languages: &BTreeMap<&str, Messages>, findings: &mut Vec<Finding>) {
    let ids: BTreeSet<&String> = languages.values().flat_map(BTreeMap::keys).collect();
    for tag in TAGS {
        let place = format!("locales/{tag}/{name}");
        let Some(messages) = languages.get(tag) else {
            findings.push(Finding::new(RULE, place, "the file is missing in this language"));
            continue;
        };
        for id in &ids {
            let Some(message) = messages.get(*id) else {
                findings.push(Finding::new(RULE, &place, format!("`{id}` is missing")));
                continue;
            };
            let first = TAGS.iter().find_map(|tag| languages.get(tag)?.get(*id));
            if let Some(first) = first.filter(|first| *first != message) {
                let what = if first.arguments == message.arguments {
                    format!("`{id}` has attributes {}", names(&message.attributes, &first.attributes))
                } else {
                    format!("`{id}` has arguments {}", names(&message.arguments, &first.arguments))
                };
                findings.push(Finding::new(RULE, &place, what));
            }
        }
    }
}

fn names(here: &BTreeSet<String>, there: &BTreeSet<String>) -> String {
    format!("{here:?} here and {there:?} in another language")
}

/// Messages of a Fluent file, and ids that come twice. Fluent starts a message at the margin as `id = …`, an
/// attribute indented as `.name = …`; everything else indented goes on with what was started.
fn parse(text: &str) -> (Messages, Vec<String>) {
    let mut messages = Messages::new();
    let mut repeated = Vec::new();
    let mut current: Option<String> = None;
    for line in text.lines() {
        if line.starts_with('#') || line.trim().is_empty() {
            continue;
        }
        if !line.starts_with([' ', '\t', '}', '[', '*']) {
            current = line.split_once('=').map(|(id, _)| id.trim().to_owned());
            if let Some(id) = &current
                && messages.insert(id.clone(), Message::default()).is_some()
            {
                repeated.push(id.clone());
            }
        }
        let Some(message) = current.as_ref().and_then(|id| messages.get_mut(id)) else {
            continue;
        };
        if let Some(attribute) = line.trim_start().strip_prefix('.')
            && let Some((name, _)) = attribute.split_once('=')
        {
            message.attributes.insert(name.trim().to_owned());
        }
        message.arguments.extend(arguments(line));
    }
    (messages, repeated)
}

/// `$name` inside braces, as in `{ $count -> …` or `{NUMBER($count)}`.
fn arguments(line: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (at, _) in line.match_indices('$') {
        let before = &line[..at];
        if before.matches('{').count() <= before.matches('}').count() {
            continue;
        }
        let name: String =
            line[at + 1..].chars().take_while(|c| c.is_ascii_alphanumeric() || "-_".contains(*c)).collect();
        found.push(name);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(kk: &str, ru: &str, en: &str) -> Vec<String> {
        check(&Tree::of(&[("locales/kk/card.ftl", kk), ("locales/ru/card.ftl", ru), ("locales/en/card.ftl", en)]))
            .into_iter()
            .map(|finding| format!("{} {}", finding.place, finding.what))
            .collect()
    }

    #[test]
    fn equal_locales_pass() {
        let plural = "# words\ncodes = { $count ->\n    [one] { $count } code\n   *[other] { $count } codes\n}\n    .label = Codes\n";
        assert!(found(plural, plural, "codes = { $count }\n    .label = Codes\n").is_empty());
    }

    #[test]
    fn a_message_that_one_language_lacks_is_found() {
        assert_eq!(found("a = 1\nb = 2\n", "a = 1\n", "a = 1\nb = 2\n"), ["locales/ru/card.ftl `b` is missing"]);
    }

    #[test]
    fn other_arguments_and_attributes_are_found() {
        assert_eq!(found("a = { $x }", "a = { $x }", "a = { $y }").len(), 1);
        assert_eq!(found("a = 1\n    .label = 2", "a = 1\n    .label = 2", "a = 1").len(), 1);
        assert!(found("a = $5", "a = $6", "a = $7").is_empty());
    }

    #[test]
    fn a_missing_file_a_repeated_id_and_an_unknown_language_are_found() {
        let tree = Tree::of(&[
            ("locales/kk/a.ftl", "x = 1\nx = 2\n"),
            ("locales/ru/a.ftl", "x = 1\n"),
            ("locales/de/a.ftl", "x = 1\n"),
        ]);
        let what: Vec<String> = check(&tree).into_iter().map(|finding| finding.what).collect();
        assert_eq!(
            what,
            ["`x` is there twice", "`de` is no language of the product", "the file is missing in this language"]
        );
    }
}
