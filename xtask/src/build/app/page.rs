//! The page that starts the app.

use anyhow::{Result, bail};

/// Where the page wants what starts the app. `dx`, which builds the same page, ignores it.
const MARKER: &str = "<!-- tanba:boot -->";

/// The app's files in the site.
pub(super) struct Names {
    /// The script that starts it.
    pub(super) js: String,
    /// The module that the script loads.
    pub(super) wasm: String,
}

/// The page with its marker replaced. The module is fetched while the script is still being read.
pub(super) fn with_app(template: &str, names: &Names) -> Result<String> {
    if template.matches(MARKER).count() != 1 {
        bail!("app/index.html must have `{MARKER}` exactly once");
    }
    let start = format!(
        "<link rel=\"preload\" as=\"fetch\" type=\"application/wasm\" crossorigin href=\"{}\">\n\
         <script type=\"module\" src=\"{}\"></script>",
        names.wasm, names.js
    );
    Ok(template.replace(MARKER, &start))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_loads_script_and_module() {
        let names = Names { js: "/app/a.js".into(), wasm: "/app/a.wasm".into() };
        let page = with_app("<head><!-- tanba:boot --></head>", &names).unwrap();
        assert!(page.contains("src=\"/app/a.js\""));
        assert!(page.contains("href=\"/app/a.wasm\""));
        assert!(!page.contains(MARKER));
        assert!(with_app("<head></head>", &names).is_err());
    }
}
