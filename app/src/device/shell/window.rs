//! The window with the web view.

use super::files;
use dioxus::desktop::{Config, WindowBuilder};
use dioxus::prelude::{Element, LaunchBuilder};

/// Size of the window where windows have one: a phone's.
#[cfg(not(any(target_os = "android", target_os = "ios")))]
const SIZE: (f64, f64) = (400.0, 800.0);

/// Starts the app; ends with it.
pub(crate) fn launch(root: fn() -> Element) {
    let window = WindowBuilder::new().with_title("Tanba");
    #[cfg(not(any(target_os = "android", target_os = "ios")))]
    let window = window.with_inner_size(dioxus::desktop::LogicalSize::new(SIZE.0, SIZE.1));
    let mut config = Config::new()
        .with_custom_index(include_str!("index.html").to_owned())
        .with_menu(None)
        .with_disable_context_menu(true)
        .with_window(window);
    if let Some(folder) = files::data() {
        config = config.with_data_directory(folder.join("page"));
    }
    LaunchBuilder::new().with_cfg(config).launch(root);
}
