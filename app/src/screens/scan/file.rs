//! A picture from a file.

use super::choose;
use crate::device::scanner::Scanner;
use crate::state::App;
use dioxus::html::FileData;
use dioxus::prelude::*;

/// The code in a picture file; nothing if there is none or the picture cannot be read.
pub(crate) async fn read_file(app: App, file: FileData) -> Option<String> {
    let bytes = file.read_bytes().await.ok()?;
    let scanner = Scanner::start().ok()?;
    scanner.ready().await.ok()?;
    let found = scanner.read_file(&bytes).await.ok()?;
    choose::at_once(&found, app.keys.peek().set())
}
