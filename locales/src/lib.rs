//! Every text of the product in Kazakh, Russian and English (R16), by Project Fluent.
//!
//! A text is asked for by its id: `Locale::Kk.text("result-genuine-title")`. Files are `<tag>/<screen>.ftl`; an id begins
//! with its screen's name. That all languages have the same ids and arguments is checked by `cargo xtask tidy`.

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use std::sync::OnceLock;
use unic_langid::LanguageIdentifier;

mod reason;

include!(concat!(env!("OUT_DIR"), "/files.rs"));

/// A language of the product.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Locale {
    /// Kazakh, the state language.
    Kk,
    /// Russian.
    Ru,
    /// English.
    En,
}

impl Locale {
    /// All of them, the state language first.
    pub const ALL: [Self; 3] = [Self::Kk, Self::Ru, Self::En];

    /// Language tag (BCP 47).
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Kk => "kk",
            Self::Ru => "ru",
            Self::En => "en",
        }
    }

    /// Its name in itself.
    pub const fn autonym(self) -> &'static str {
        match self {
            Self::Kk => "Қазақша",
            Self::Ru => "Русский",
            Self::En => "English",
        }
    }

    /// The language of a tag such as `kk-KZ`, if it is one of ours.
    pub fn from_tag(tag: &str) -> Option<Self> {
        let language = tag.split(['-', '_']).next()?;
        Self::ALL.into_iter().find(|locale| language.eq_ignore_ascii_case(locale.tag()))
    }

    /// The best language for an `Accept-Language` header (RFC 9110, section 12.5.4); Kazakh for one that asks for none
    /// of ours.
    pub fn negotiate(accept_language: &str) -> Self {
        let mut best: Option<(Self, f32)> = None;
        for range in accept_language.split(',').take(32) {
            let mut parts = range.split(';');
            let Some(locale) = parts.next().and_then(|tag| Self::from_tag(tag.trim())) else {
                continue;
            };
            let weight = parts
                .find_map(|part| part.trim().strip_prefix("q="))
                .map_or(1.0, |q| q.trim().parse::<f32>().unwrap_or(0.0));
            if weight > 0.0 && best.is_none_or(|(_, than)| weight > than) {
                best = Some((locale, weight));
            }
        }
        best.map_or(Self::Kk, |(locale, _)| locale)
    }

    /// The text of an id. An id without text comes back as itself, so that a slip is seen and nothing fails.
    pub fn text(self, id: &str) -> String {
        self.text_with(id, &[])
    }

    /// The text of an id with its arguments.
    pub fn text_with(self, id: &str, args: &[(&str, &str)]) -> String {
        self.format(id, None, args).unwrap_or_else(|| id.to_owned())
    }

    /// The text of an id with one number, which chooses the plural form.
    pub fn text_with_number(self, id: &str, name: &str, number: i64) -> String {
        let mut args = FluentArgs::new();
        args.set(name, FluentValue::from(number));
        self.format_args(id, None, &args).unwrap_or_else(|| id.to_owned())
    }

    /// Title and mending advice of a refusal, by its message id. An argument `reason` is what a parser said: it is given
    /// in this language as far as it is known.
    pub fn refusal(self, message_id: &str, args: &[(&str, &str)]) -> (String, String) {
        let reason = args.iter().find(|(name, _)| *name == "reason").map(|(_, said)| reason::in_words(self, said));
        let args: Vec<(&str, &str)> = args
            .iter()
            .map(|(name, value)| match &reason {
                Some(reason) if *name == "reason" => (*name, reason.as_str()),
                _ => (*name, *value),
            })
            .collect();
        let title = self.text_with(message_id, &args);
        let mend = self.format(message_id, Some("mend"), &args).unwrap_or_default();
        (title, mend)
    }

    /// Whether the id has a text.
    pub fn has(self, id: &str) -> bool {
        self.bundle().has_message(id)
    }

    fn format(self, id: &str, attribute: Option<&str>, args: &[(&str, &str)]) -> Option<String> {
        let args: FluentArgs<'_> = args.iter().map(|(name, value)| (*name, FluentValue::from(*value))).collect();
        self.format_args(id, attribute, &args)
    }

    fn format_args(self, id: &str, attribute: Option<&str>, args: &FluentArgs<'_>) -> Option<String> {
        let bundle = self.bundle();
        let message = bundle.get_message(id)?;
        let pattern = match attribute {
            Some(name) => message.get_attribute(name)?.value(),
            None => message.value()?,
        };
        // What cannot be formatted stays visible in the text as `{$name}`.
        Some(bundle.format_pattern(pattern, Some(args), &mut Vec::new()).into_owned())
    }

    fn bundle(self) -> &'static FluentBundle<FluentResource> {
        static BUNDLES: [OnceLock<FluentBundle<FluentResource>>; 3] = [const { OnceLock::new() }; 3];
        BUNDLES[self as usize].get_or_init(|| {
            let mut bundle = FluentBundle::new_concurrent(vec![self.langid()]);
            // Isolation marks are for texts of both directions, which none of the three has.
            bundle.set_use_isolating(false);
            for (_, text) in FILES.iter().filter(|(tag, _)| *tag == self.tag()) {
                let resource = match FluentResource::try_new((*text).to_owned()) {
                    Ok(resource) | Err((resource, _)) => resource,
                };
                bundle.add_resource_overriding(resource);
            }
            bundle
        })
    }

    fn langid(self) -> LanguageIdentifier {
        // The three tags are well formed; a bundle without a language would still give the texts.
        self.tag().parse().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_parses_and_no_id_stands_twice() {
        for locale in Locale::ALL {
            let mut ids = std::collections::BTreeSet::new();
            for (_, text) in FILES.iter().filter(|(tag, _)| *tag == locale.tag()) {
                let resource = FluentResource::try_new((*text).to_owned());
                assert!(resource.is_ok(), "{}: {:?}", locale.tag(), resource.err().map(|(_, errors)| errors));
                for line in text.lines() {
                    if let Some((id, _)) = line.split_once(" =").filter(|(id, _)| !id.starts_with([' ', '#'])) {
                        assert!(ids.insert(id.to_owned()), "{}: {id} stands twice", locale.tag());
                    }
                }
            }
            assert!(!ids.is_empty());
        }
    }

    #[test]
    fn languages_are_negotiated_by_weight() {
        for (header, expected) in [
            ("ru-KZ,ru;q=0.9,en;q=0.8", Locale::Ru),
            ("en;q=0.5, kk;q=0.9", Locale::Kk),
            ("de, fr;q=0.5, en;q=0.1", Locale::En),
            ("de", Locale::Kk),
            ("", Locale::Kk),
            ("ru;q=0", Locale::Kk),
            ("ru;q=x, en", Locale::En),
            (";;;,,,q=", Locale::Kk),
        ] {
            assert_eq!(Locale::negotiate(header), expected, "{header}");
        }
    }

    #[test]
    fn an_id_without_text_is_seen() {
        assert_eq!(Locale::Kk.text("no-such-id"), "no-such-id");
    }
}
