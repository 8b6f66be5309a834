//! The page around the app: its language, title, theme, styles, focus; and what the browser says of itself.

use super::{Theme, Unavailable, property};
use js_sys::{Array, Function};
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{CssStyleSheet, HtmlDialogElement, HtmlElement};

/// Colours of the browser's own bars: `--bg` of the two themes.
const BAR_LIGHT: &str = "#f2f6f7";
const BAR_DARK: &str = "#0b1114";

const DARK: &str = "(prefers-color-scheme: dark)";

/// Adds the styles, registers the service worker, takes the first picture away.
pub(crate) fn prepare(styles: &[&str]) {
    // Without its styles the app is plain, but works; without a service worker it needs the network to start.
    let _ = adopt(&styles.concat());
    let _ = register();
}

/// A constructed style sheet is the script's own, so a Content-Security-Policy without inline styles lets it be.
fn adopt(css: &str) -> Result<(), JsValue> {
    let document = super::document().map_err(|_| JsValue::NULL)?;
    let sheet = CssStyleSheet::new()?;
    let replace: Function = property(&sheet, "replaceSync").ok_or(JsValue::NULL)?.dyn_into()?;
    replace.call1(&sheet, &css.into())?;
    js_sys::Reflect::set(&document, &"adoptedStyleSheets".into(), &Array::of1(&sheet))?;
    Ok(())
}

fn register() -> Result<(), Unavailable> {
    let navigator = super::window()?.navigator();
    property(&navigator, "serviceWorker").ok_or(Unavailable)?;
    // Fails where the page is not secure; the app then works without.
    let promise = navigator.service_worker().register("/sw.js");
    wasm_bindgen_futures::spawn_local(async move {
        let _ = JsFuture::from(promise).await;
    });
    Ok(())
}

fn root() -> Result<HtmlElement, Unavailable> {
    super::document()?.document_element().and_then(|root| root.dyn_into().ok()).ok_or(Unavailable)
}

/// Sets the language of the page.
pub(crate) fn set_language(tag: &str) {
    if let Ok(root) = root() {
        root.set_lang(tag);
    }
}

/// Sets the title of the page.
pub(crate) fn set_title(title: &str) {
    if let Ok(document) = super::document() {
        document.set_title(title);
    }
}

/// Sets the theme of the page and of the browser's bars.
pub(crate) fn set_theme(theme: Theme) {
    let dark = match theme {
        Theme::Auto => prefers_dark(),
        Theme::Light => false,
        Theme::Dark => true,
    };
    // Both exist in the page that starts the app.
    let _ = root().and_then(|root| Ok(root.set_attribute("data-theme", if dark { "dark" } else { "light" })?));
    let _ = super::document().and_then(|document| {
        let bars = document.query_selector_all("meta[name=theme-color]")?;
        for at in 0..bars.length() {
            if let Some(bar) = bars.get(at).and_then(|bar| bar.dyn_into::<web_sys::Element>().ok()) {
                bar.set_attribute("content", if dark { BAR_DARK } else { BAR_LIGHT })?;
            }
        }
        Ok(())
    });
}

fn dark_query() -> Option<web_sys::MediaQueryList> {
    super::window().ok()?.match_media(DARK).ok()?
}

fn prefers_dark() -> bool {
    dark_query().is_some_and(|query| query.matches())
}

/// Calls when the system's theme changes; for the life of the page.
pub(crate) fn watch_theme(changed: impl Fn() + 'static) {
    if let Some(query) = dark_query() {
        let on = Closure::<dyn Fn()>::new(changed);
        query.set_onchange(Some(on.as_ref().unchecked_ref()));
        on.forget();
    }
}

/// Moves the focus to the element with this id, if it is there.
pub(crate) fn focus(id: &str) {
    let element = super::document().ok().and_then(|document| document.get_element_by_id(id));
    if let Some(element) = element.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        // Fails for elements that take no focus; then it stays where it is.
        let _ = element.focus();
        if let Ok(window) = super::window() {
            window.scroll_to_with_x_and_y(0.0, 0.0);
        }
    }
}

fn sheet(id: &str) -> Result<HtmlDialogElement, Unavailable> {
    super::document()?.get_element_by_id(id).and_then(|element| element.dyn_into().ok()).ok_or(Unavailable)
}

/// Opens a dialogue: the browser keeps the focus inside and closes it by Escape.
pub(crate) fn open_sheet(id: &str) {
    // Fails if it is open already.
    let _ = sheet(id).and_then(|sheet| Ok(sheet.show_modal()?));
}

/// Closes a dialogue.
pub(crate) fn close_sheet(id: &str) {
    if let Ok(sheet) = sheet(id) {
        sheet.close();
    }
}

/// Languages that the person reads, best first.
pub(crate) fn languages() -> Vec<String> {
    super::window().map_or_else(
        |_| Vec::new(),
        |window| window.navigator().languages().iter().filter_map(|tag| tag.as_string()).collect(),
    )
}

/// Whether the phone believes it has a network. It errs on the side of yes.
pub(crate) fn is_online() -> bool {
    super::window().is_ok_and(|window| window.navigator().on_line())
}

/// Calls when the network comes or goes; for the life of the page.
pub(crate) fn watch_online(changed: impl Fn(bool) + 'static) {
    if let Ok(window) = super::window() {
        let on = Closure::<dyn Fn()>::new(move || changed(is_online()));
        // Listening to one's own window does not fail.
        let _ = window.add_event_listener_with_callback("online", on.as_ref().unchecked_ref());
        let _ = window.add_event_listener_with_callback("offline", on.as_ref().unchecked_ref());
        on.forget();
    }
}

/// Whether the page is looked at: the camera rests when it is not.
pub(crate) fn is_visible() -> bool {
    super::document().is_ok_and(|document| !document.hidden())
}

/// Copies a text.
pub(crate) async fn copy(text: &str) -> Result<(), Unavailable> {
    let navigator = super::window()?.navigator();
    property(&navigator, "clipboard").ok_or(Unavailable)?;
    JsFuture::from(navigator.clipboard().write_text(text)).await?;
    Ok(())
}
