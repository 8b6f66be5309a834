//! The page of labels: static HTML that needs no script to be read, in three languages, light and dark, on screen and on
//! paper.

use std::fmt::Write as _;

use locales::Locale;
use shared::verdict::Verdict;

use super::specimens::{Specimen, Texts};

/// Remembers the language and tells it to assistive technology; the page works without.
pub(super) const SCRIPT: &str = include_str!("page.js");

/// The product's design tokens.
const TOKENS: &str = include_str!("../../../../assets/styles/tokens.css");

const TITLE: Texts = ["Сынақ жапсырмалары", "Пробные этикетки", "Trial labels"];
const LEAD: Texts = [
    "Қолданбаны ашып, телефон камерасын жапсырмаға бағыттаңыз. Әр жапсырманың үстінде қолданба не айтуы керек екені жазылған.",
    "Откройте приложение и наведите камеру телефона на этикетку. Над каждой написано, что должно ответить приложение.",
    "Open the app and point the phone’s camera at a label. Above each one stands what the app should answer.",
];
const INVENTED: Texts = [
    "Тауарлар мен өндірушілер ойдан алынған.",
    "Товары и изготовители вымышлены.",
    "Products and manufacturers are invented.",
];
const OPEN_APP: Texts = ["Қолданбаны ашу", "Открыть приложение", "Open the app"];
const EACH: Texts = ["Әр жауапқа бір жапсырма", "По одной этикетке на каждый ответ", "One label for each answer"];
const MORE: Texts = ["Тағы жапсырмалар", "Ещё этикетки", "More labels"];
const CUT_NETWORK: Texts = ["Желіні өшіріңіз", "Отключите сеть", "Cut the network"];

/// The style: the tokens, dark ones by the system's wish, and the page's own.
pub(super) fn style() -> String {
    format!("{}\n{}", by_system(TOKENS), include_str!("page.css"))
}

/// The app chooses its theme by an attribute; this page follows the system.
fn by_system(tokens: &str) -> String {
    const DARK: &str = ":root[data-theme=\"dark\"] {";
    let Some((light, rest)) = tokens.split_once(DARK) else {
        return tokens.to_owned();
    };
    let Some((dark, more)) = rest.split_once('}') else {
        return tokens.to_owned();
    };
    format!("{light}@media screen and (prefers-color-scheme: dark) {{\n:root {{{dark}}}\n}}{more}")
}

/// The page. Each label comes with its symbol.
pub(super) fn html(labels: &[(&Specimen, String)]) -> String {
    let mut first = String::new();
    let mut more = String::new();
    for (specimen, svg) in labels {
        article(if specimen.first { &mut first } else { &mut more }, specimen, svg);
    }
    let mut languages = String::new();
    for locale in Locale::ALL {
        let (tag, name) = (locale.tag(), locale.autonym());
        let checked = if locale == Locale::ALL[0] { " checked" } else { "" };
        let _ = write!(
            languages,
            "<input type=\"radio\" name=\"language\" id=\"{tag}\" value=\"{tag}\" autocomplete=\"off\"{checked}>\
             <label for=\"{tag}\" lang=\"{tag}\">{name}</label>"
        );
    }
    format!(
        "<!doctype html>\n<html lang=\"kk\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<title>Tanba: {title}</title>\n\
         <link rel=\"stylesheet\" href=\"style.css\">\n<script src=\"page.js\" defer></script>\n</head>\n<body>\n\
         <header>\n<p class=\"brand\">{mark} Tanba</p>\n\
         <fieldset><legend class=\"hidden\">Тіл · Язык · Language</legend>{languages}</fieldset>\n</header>\n\
         <main>\n<h1>{heading}</h1>\n<p class=\"lead\">{lead}</p>\n<p class=\"note\">{invented}</p>\n\
         <p class=\"open\"><a href=\"../\">{open}</a></p>\n\
         <section>\n<h2>{each}</h2>\n<div class=\"labels\">\n{first}</div>\n</section>\n\
         <section>\n<h2>{more_heading}</h2>\n<div class=\"labels\">\n{more}</div>\n</section>\n</main>\n</body>\n</html>\n",
        title = TITLE[0],
        mark = icon(include_str!("../../../../assets/icons/mark.svg")),
        heading = texts(&TITLE),
        lead = texts(&LEAD),
        invented = texts(&INVENTED),
        open = texts(&OPEN_APP),
        each = texts(&EACH),
        more_heading = texts(&MORE),
    )
}

fn article(page: &mut String, specimen: &Specimen, svg: &str) {
    let look = look(specimen.verdict);
    let id = format!("verdict-{}", specimen.verdict.as_str().replace('_', "-"));
    let verdict = Locale::ALL.map(|locale| locale.text(&id));
    let chip = if specimen.offline() {
        let offline = icon(include_str!("../../../../assets/icons/offline.svg"));
        format!("<p class=\"chip\">{offline}{}</p>\n", texts(&CUT_NETWORK))
    } else {
        String::new()
    };
    let lines: Vec<String> = specimen.lines().iter().map(|line| escape(line)).collect();
    // Writing to a String cannot fail.
    let _ = write!(
        page,
        "<article class=\"label {tone}\" data-verdict=\"{name}\">\n<h3>{icon}<span>{verdict}</span></h3>\n\
         <div class=\"symbol\">{svg}</div>\n<p class=\"name\">{product}</p>\n<p class=\"code\">{lines}</p>\n{chip}\
         <p class=\"story\">{story}</p>\n</article>\n",
        tone = look.tone,
        name = specimen.verdict,
        icon = icon(look.icon),
        verdict = texts(&verdict),
        product = texts(&specimen.name),
        lines = lines.join("<br>"),
        story = texts(&specimen.story),
    );
}

/// How a verdict looks: its colour and its picture, which says the same without colour.
struct Look {
    tone: &'static str,
    icon: &'static str,
}

fn look(verdict: Verdict) -> Look {
    macro_rules! look {
        ($tone:literal, $icon:literal) => {
            Look { tone: $tone, icon: include_str!(concat!("../../../../assets/icons/", $icon, ".svg")) }
        };
    }
    match verdict {
        Verdict::Genuine => look!("good", "genuine"),
        Verdict::GenuineNotIntroduced => look!("caution", "not-introduced"),
        Verdict::GenuineSold => look!("caution", "sold"),
        Verdict::GenuineWithdrawn => look!("caution", "withdrawn"),
        Verdict::GenuineBlocked => look!("stop", "blocked"),
        Verdict::GenuineOffline => look!("good", "genuine-offline"),
        Verdict::NotIssued => look!("stop", "not-issued"),
        Verdict::Foreign => look!("info", "foreign"),
        Verdict::Incomplete => look!("neutral", "incomplete"),
        Verdict::NotAMark => look!("neutral", "not-a-mark"),
    }
}

fn icon(svg: &str) -> String {
    svg.trim().replacen("<svg ", "<svg class=\"icon\" aria-hidden=\"true\" ", 1)
}

/// The text in each language; the style shows the chosen one.
fn texts(texts: &[impl AsRef<str>; 3]) -> String {
    let spans = Locale::ALL.iter().zip(texts);
    spans.map(|(locale, text)| format!("<span lang=\"{}\">{}</span>", locale.tag(), escape(text.as_ref()))).collect()
}

/// Text as HTML. The separator of element strings, which has no picture, is left out.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dark_tokens_follow_the_system() {
        let style = style();
        assert!(
            style.contains("@media screen and (prefers-color-scheme: dark) {\n:root {"),
            "the tokens have another form"
        );
        assert!(!style.contains("data-theme"));
        assert_eq!(style.matches('{').count(), style.matches('}').count());
    }

    #[test]
    fn every_verdict_has_a_name_in_every_language() {
        for verdict in Verdict::ALL {
            let id = format!("verdict-{}", verdict.as_str().replace('_', "-"));
            for locale in Locale::ALL {
                assert_ne!(locale.text(&id), id, "{}", locale.tag());
            }
            assert!(icon(look(*verdict).icon).contains("aria-hidden"));
        }
    }

    #[test]
    fn texts_cannot_become_markup() {
        assert_eq!(escape("<a href=\"x\">&\u{1d}"), "&lt;a href=&quot;x&quot;&gt;&amp;");
    }
}
