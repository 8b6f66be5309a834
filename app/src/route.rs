//! The screens and their addresses.

use crate::device::page;
use crate::screens::about::About;
use crate::screens::check::Check;
use crate::screens::history::History;
use crate::screens::home::Home;
use crate::screens::lost::Lost;
use crate::screens::report::Report;
use crate::screens::reports::{Reports, Ticket};
use crate::screens::result::Result;
use crate::screens::scan::Scan;
use crate::screens::settings::Settings;
use crate::screens::type_code::TypeCode;
use crate::state::{use_app, use_text};
use crate::ui::card::Note;
use crate::ui::head::HEADING;
use crate::ui::nav::Nav;
use crate::ui::verdict::Tone;
use assets::Icon;
use core::fmt;
use dioxus::prelude::*;

/// A screen. Unknown addresses lead to a screen that says so; the server answers them all with the app.
#[derive(Clone, Debug, PartialEq, Routable)]
#[rustfmt::skip]
pub(crate) enum Route {
    #[layout(Frame)]
        #[route("/")]
        Home {},
        #[route("/type")]
        TypeCode {},
        #[route("/check?:..landing")]
        Check { landing: Landing },
        #[route("/result/:id")]
        Result { id: u64 },
        #[route("/report?:about")]
        Report { about: Option<u64> },
        #[route("/reports")]
        Reports {},
        #[route("/reports/:ticket")]
        Ticket { ticket: String },
        #[route("/history")]
        History {},
        #[route("/settings")]
        Settings {},
        #[route("/about")]
        About {},
        #[route("/:..path")]
        Lost { path: Vec<String> },
    #[end_layout]
    #[route("/scan")]
    Scan {},
}

/// What a link to `/check` brings: `link=` a Digital Link, or `code=` an element string. One argument only, because a
/// Digital Link has a query of its own, whose parts would be taken for ours.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Landing(pub(crate) String);

impl From<&str> for Landing {
    fn from(query: &str) -> Self {
        let value = query.strip_prefix("link=").or_else(|| query.strip_prefix("code="));
        Self(value.unwrap_or_default().to_owned())
    }
}

impl fmt::Display for Landing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "code={}", self.0)
    }
}

/// What is around every screen but the camera.
#[component]
fn Frame() -> Element {
    let text = use_text();
    let app = use_app();
    let route: Route = use_route();
    // The heading of each new screen takes the focus, so that a screen reader says where one is; the first screen of all
    // is announced by the page's title.
    use_effect(use_reactive!(|(route,)| {
        let _ = route;
        if app.was_shown() {
            page::focus(HEADING);
        }
    }));
    rsx! {
        div { class: "frame",
            a { class: "skip", href: "#{HEADING}", {text.of("app-skip")} }
            main { class: "page",
                if !*app.online.read() {
                    div { role: "status",
                        Note { tone: Tone::Info, icon: Icon::Offline, {text.of("app-offline")} }
                    }
                }
                Outlet::<Route> {}
            }
            Nav {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_lead_to_their_screens_and_back() {
        for (address, route) in [
            ("/", Route::Home {}),
            ("/scan", Route::Scan {}),
            ("/result/17", Route::Result { id: 17 }),
            ("/report?about=17", Route::Report { about: Some(17) }),
            ("/reports/TB-0000-0000-0000-0000", Route::Ticket { ticket: "TB-0000-0000-0000-0000".into() }),
            ("/nowhere/at/all", Route::Lost { path: vec!["nowhere".into(), "at".into(), "all".into()] }),
        ] {
            assert_eq!(address.parse::<Route>().ok(), Some(route.clone()), "{address}");
            assert_eq!(route.to_string(), address);
        }
    }

    #[test]
    fn a_digital_link_lands_whole() {
        let address =
            "/check?link=https%3A%2F%2Ftanba.kz%2F01%2F04870001234565%2F21%2F3ABC%3F91%3DKZ01%2692%3Dab%252Bc";
        let link = "https://tanba.kz/01/04870001234565/21/3ABC?91=KZ01&92=ab%2Bc";
        assert_eq!(address.parse::<Route>().ok(), Some(Route::Check { landing: Landing(link.into()) }));
        let code = "/check?code=010487000123456521h%2BHTz%3D%1D91KZ01";
        let text = "010487000123456521h+HTz=\u{1d}91KZ01";
        assert_eq!(code.parse::<Route>().ok(), Some(Route::Check { landing: Landing(text.into()) }));
    }
}
