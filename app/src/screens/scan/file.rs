//! A picture from a file.

use super::choose;
use super::meaning::Meaning;
use crate::device::PictureError;
use crate::device::picked::Picked;
use crate::device::scanner::Scanner;
use crate::state::{App, use_text};
use crate::ui::button::{Button, Look};
use assets::Icon;
use dioxus::prelude::*;

/// What a picture file shows.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Shown {
    /// This code.
    Code(String),
    /// Several marks, of which the person chooses.
    Several(Vec<Mark>),
    /// No code, or no picture.
    Nothing(Option<PictureError>),
}

/// One of several marks.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Mark {
    raw: String,
    gtin: String,
    /// The end of its serial.
    end: String,
}

impl Shown {
    fn of(mut meanings: Vec<Meaning>) -> Self {
        match meanings.len() {
            0 => Self::Nothing(None),
            1 => Self::Code(meanings.remove(0).text),
            _ => {
                let mark = |meaning: Meaning| meaning.name.map(|(gtin, end)| Mark { raw: meaning.text, gtin, end });
                Self::Several(meanings.into_iter().filter_map(mark).collect())
            }
        }
    }

    /// The id of what is said of it; a code is not spoken of, but checked.
    pub(crate) const fn id(&self) -> Option<&'static str> {
        Some(match self {
            Self::Code(_) => return None,
            Self::Several(_) => "scan-file-several",
            Self::Nothing(None) => "scan-file-no-code",
            Self::Nothing(Some(PictureError::UnknownFormat)) => "scan-file-unknown-format",
            Self::Nothing(Some(PictureError::TooLarge)) => "scan-file-too-large",
            Self::Nothing(Some(PictureError::Damaged)) => "scan-file-damaged",
            Self::Nothing(Some(PictureError::NoScanner)) => "scan-file-no-scanner",
        })
    }
}

/// Looks for codes in a picture file.
pub(crate) async fn read_file(app: App, file: Picked) -> Shown {
    match found(app, file).await {
        Ok(meanings) => Shown::of(meanings),
        Err(error) => Shown::Nothing(Some(error)),
    }
}

async fn found(app: App, file: Picked) -> Result<Vec<Meaning>, PictureError> {
    let bytes = file.bytes().await.map_err(|_| PictureError::Damaged)?;
    let scanner = Scanner::start()?;
    scanner.ready().await?;
    let found = scanner.read_file(&bytes).await?;
    Ok(choose::at_once(&found, app.keys.peek().set()))
}

/// Buttons to choose one of several marks by; nothing for anything else.
#[component]
pub(crate) fn ChooseMark(shown: Option<Shown>, onpick: EventHandler<String>) -> Element {
    let text = use_text();
    let Some(Shown::Several(marks)) = shown else { return rsx! {} };
    rsx! {
        div { class: "stack-tight",
            for Mark { raw , gtin , end } in marks {
                Button {
                    key: "{raw}",
                    look: Look::Plain,
                    icon: Icon::Mark,
                    wide: true,
                    onclick: move |_| onpick.call(raw.clone()),
                    {text.with("scan-pick", &[("gtin", &gtin), ("end", &end)])}
                }
            }
        }
    }
}
