//! What the app knows, as signals handed down by context; nothing global.

mod check;
mod history;
mod keys;
mod reports;
mod settings;
mod text;

pub(crate) use check::{Answer, Current, Entry, start_check};
pub(crate) use history::HISTORY_LIMIT;
pub(crate) use keys::{Keys, Published};
pub(crate) use reports::{MyReport, Progress};
pub(crate) use settings::Settings;
pub(crate) use text::Text;

use crate::device;
use dioxus::prelude::*;
use locales::Locale;

/// What the app knows.
#[derive(Clone, Copy, PartialEq)]
pub(crate) struct App {
    /// What the person has set.
    pub(crate) settings: Signal<Settings>,
    /// Whether the phone believes it has a network.
    pub(crate) online: Signal<bool>,
    /// The public keys.
    pub(crate) keys: Signal<Keys>,
    /// Earlier checks, newest first.
    pub(crate) history: Signal<Vec<Entry>>,
    /// The check on the screen.
    pub(crate) current: Signal<Option<Current>>,
    /// Reports of violations, newest first.
    pub(crate) reports: Signal<Vec<MyReport>>,
    /// Whether a screen has been shown already.
    is_shown: CopyValue<bool>,
}

impl App {
    /// Reads what the phone has kept. Called once, by the root.
    pub(crate) fn load() -> Self {
        Self {
            settings: Signal::new(settings::load()),
            online: Signal::new(device::page::is_online()),
            keys: Signal::new(keys::load()),
            history: Signal::new(history::load()),
            current: Signal::new(None),
            reports: Signal::new(reports::load()),
            is_shown: CopyValue::new(false),
        }
    }

    /// Notes that a screen is shown; tells whether one was before.
    pub(crate) fn was_shown(mut self) -> bool {
        self.is_shown.replace(true)
    }

    /// The language, as something to depend on.
    pub(crate) fn locale(self) -> Locale {
        self.settings.read().locale()
    }

    /// The texts in that language.
    pub(crate) fn text(self) -> Text {
        Text(self.locale())
    }

    /// Its tag, at this moment: for requests, which do not depend on it.
    pub(crate) fn language(self) -> &'static str {
        self.settings.peek().locale().tag()
    }

    /// Changes what the person has set, and keeps it.
    pub(crate) fn set(self, change: impl FnOnce(&mut Settings)) {
        let mut settings = self.settings;
        settings.with_mut(change);
        settings::store(&settings.peek());
    }

    /// Keeps a check, if the person wants a history.
    pub(crate) fn remember(self, entry: &Entry) {
        if self.settings.peek().keep_history {
            let mut all = self.history;
            all.with_mut(|all| history::add(all, entry.clone()));
            history::store(&all.peek());
        }
    }

    /// Forgets every check.
    pub(crate) fn forget(self) {
        let mut all = self.history;
        all.set(Vec::new());
        history::clear();
    }

    /// A check by its id: the one on the screen, or an earlier one.
    pub(crate) fn entry(self, id: u64) -> Option<Entry> {
        let current = self.current.read();
        if let Some(Current::Done(entry)) = current.as_ref().filter(|current| current.id() == id) {
            return Some(entry.clone());
        }
        self.history.read().iter().find(|entry| entry.id == id).cloned()
    }

    /// Changes the list of reports, and keeps it.
    pub(crate) fn with_reports(self, change: impl FnOnce(&mut Vec<MyReport>)) {
        let mut all = self.reports;
        all.with_mut(change);
        reports::store(&all.peek());
    }

    /// Takes newer keys, and keeps them.
    pub(crate) fn take_keys(self, published: Published) {
        let mut keys = self.keys;
        let taken = keys.with_mut(|keys| keys.take(published));
        if taken {
            keys::store(&keys.peek());
        }
    }
}

/// What the app knows.
pub(crate) fn use_app() -> App {
    use_context()
}

/// The texts in the language of the app; whoever uses them is drawn anew when it changes.
pub(crate) fn use_text() -> Text {
    use_app().text()
}
