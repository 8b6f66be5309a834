//! The page that the web view shows: its language, title, theme, styles, focus; and what it knows of the phone.

use super::{Theme, Unavailable, ask, bridge, listen, picked, tell};
use dioxus::document;

/// Adds the styles, and the camera's part in the page.
pub(crate) fn prepare(styles: &[&str]) {
    #[cfg(target_os = "linux")]
    super::linux::prepare();
    bridge::open();
    let style = "document.head.appendChild(document.createElement('style')).textContent = given;";
    tell(style, &styles.concat());
    picked::prepare();
    document::eval(include_str!("camera/page.js"));
}

/// Sets the language of the page.
pub(crate) fn set_language(tag: &str) {
    tell("document.documentElement.lang = given;", &tag);
}

/// Sets the title of the page and of the window.
pub(crate) fn set_title(title: &str) {
    tell("document.title = given;", &title);
    document::document().set_title(title.to_owned());
}

/// Sets the theme of the page.
pub(crate) fn set_theme(theme: Theme) {
    let body = "const dark = given === 'auto' ? matchMedia('(prefers-color-scheme: dark)').matches : given === 'dark';
        document.documentElement.dataset.theme = dark ? 'dark' : 'light';";
    tell(body, &theme);
}

/// Calls when the system's theme changes; for the life of the page.
pub(crate) fn watch_theme(changed: impl Fn() + 'static) {
    let body = "matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => dioxus.send(true));";
    listen(body, move |_: bool| changed());
}

/// Moves the focus to the element with this id, if it is there.
pub(crate) fn focus(id: &str) {
    let body = "const element = document.getElementById(given);
        if (element) { element.focus(); scrollTo(0, 0); }";
    tell(body, &id);
}

/// Opens a dialogue: the web view keeps the focus inside and closes it by Escape.
pub(crate) fn open_sheet(id: &str) {
    tell("const sheet = document.getElementById(given); if (sheet && !sheet.open) sheet.showModal();", &id);
}

/// Closes a dialogue.
pub(crate) fn close_sheet(id: &str) {
    tell("document.getElementById(given)?.close();", &id);
}

/// Languages that the person reads, best first.
pub(crate) fn languages() -> Vec<String> {
    sys_locale::get_locales().collect()
}

/// Whether the phone believes it has a network. It errs on the side of yes, until the page says otherwise.
pub(crate) fn is_online() -> bool {
    true
}

/// Calls when the network comes or goes, and once at the beginning; for the life of the page.
pub(crate) fn watch_online(changed: impl Fn(bool) + 'static) {
    let body = "const told = () => dioxus.send(navigator.onLine);
        for (const name of ['online', 'offline']) addEventListener(name, told);
        told();";
    listen(body, changed);
}

/// Copies a text.
pub(crate) async fn copy(text: &str) -> Result<(), Unavailable> {
    ask::<bool>("await navigator.clipboard.writeText(given); return true;", &text).await.map(|_| ())
}
