//! The root: what the app knows, its looks, and what it does as long as it is open.

use crate::device::{page, timer};
use crate::route::Route;
use crate::state::App;
use crate::sync;
use dioxus::prelude::*;

/// How often waiting reports are tried, beside every start and every return of the network.
const RETRY_MS: u32 = 30_000;

/// After how many of these rounds newer keys are asked for: a key withdrawn reaches an open app within ten minutes.
const KEYS_EVERY: u32 = 20;

/// Something that happened outside.
enum Change {
    /// The network came or went.
    Online(bool),
    /// The system's theme changed.
    Theme,
}

/// The root.
#[component]
pub(crate) fn Root() -> Element {
    let app = use_context_provider(|| {
        page::prepare(&assets::STYLES);
        App::load()
    });
    use_effect(move || page::set_language(app.locale().tag()));
    use_effect(move || page::set_theme(app.settings.read().theme));
    let changes = use_coroutine(move |changes| follow(app, changes));
    use_hook(|| {
        let (online, theme) = (changes.tx(), changes.tx());
        // The receiver lives as long as the page; a message lost at its end is lost with it.
        page::watch_online(move |is| _ = online.unbounded_send(Change::Online(is)));
        page::watch_theme(move || _ = theme.unbounded_send(Change::Theme));
    });
    use_future(move || async move {
        loop {
            sync::keys::refresh(app).await;
            for _ in 0..KEYS_EVERY {
                sync::outbox::flush(app).await;
                timer::sleep(RETRY_MS).await;
            }
        }
    });
    rsx! {
        Router::<Route> {}
    }
}

async fn follow(app: App, mut changes: UnboundedReceiver<Change>) {
    while let Ok(change) = changes.recv().await {
        match change {
            Change::Online(is) => {
                let mut online = app.online;
                online.set(is);
                if is {
                    sync::keys::refresh(app).await;
                    sync::outbox::flush(app).await;
                }
            }
            Change::Theme => page::set_theme(app.settings.peek().theme),
        }
    }
}
