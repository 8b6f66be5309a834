//! What the person has set.

use crate::device::{Theme, page, storage};
use locales::Locale;
use serde::{Deserialize, Serialize};

const NAME: &str = "tanba.settings";

/// What the person has set. Kept on the phone only.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Settings {
    /// Language tag; nothing until it is chosen.
    pub(crate) language: Option<String>,
    /// Theme.
    pub(crate) theme: Theme,
    /// Whether a verdict is heard.
    pub(crate) sound: bool,
    /// Whether a verdict is felt.
    pub(crate) vibration: bool,
    /// Whether the scanner is heard while it seeks.
    pub(crate) cues: bool,
    /// Id of the camera to scan with; the one that suits best until one is chosen.
    pub(crate) camera: Option<String>,
    /// Whether checks are kept.
    pub(crate) keep_history: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            language: None,
            theme: Theme::Auto,
            sound: true,
            vibration: true,
            cues: true,
            camera: None,
            keep_history: true,
        }
    }
}

impl Settings {
    /// The language chosen, or the first of the phone's languages that the app speaks.
    pub(crate) fn locale(&self) -> Locale {
        let chosen = self.language.as_deref().and_then(Locale::from_tag);
        chosen.unwrap_or_else(|| of_phone(&page::languages()))
    }
}

/// Kazakh is the state language: it is where no other of ours is asked for.
fn of_phone(languages: &[String]) -> Locale {
    languages.iter().find_map(|tag| Locale::from_tag(tag)).unwrap_or(Locale::Kk)
}

/// Reads what was kept; what cannot be read is as if nothing had been set.
pub(super) fn load() -> Settings {
    storage::get(NAME).and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default()
}

/// Keeps it, as far as the phone allows: private windows may not.
pub(super) fn store(settings: &Settings) {
    if let Ok(text) = serde_json::to_string(settings) {
        let _ = storage::set(NAME, &text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_language_of_the_phone_that_we_speak_is_taken() {
        let phone = |tags: &[&str]| of_phone(&tags.iter().map(ToString::to_string).collect::<Vec<_>>());
        assert_eq!(phone(&["de-DE", "ru-RU", "kk"]), Locale::Ru);
        assert_eq!(phone(&["en-GB"]), Locale::En);
        assert_eq!(phone(&["fr", "de"]), Locale::Kk);
        assert_eq!(phone(&[]), Locale::Kk);
    }

    #[test]
    fn settings_of_an_older_app_keep_what_they_say() {
        let old: Settings = serde_json::from_str(r#"{"language":"en","gone":1}"#).unwrap();
        assert_eq!(old, Settings { language: Some("en".into()), ..Settings::default() });
    }
}
