//! A hand scanner in keyboard mode: it types faster than any hand and ends with Enter.

/// Between two keys of a scanner passes at most this; a hand takes some 100 ms at its fastest.
const GAP_MS: i64 = 60;

/// Fewer keys than this are no code.
const LEAST: usize = 8;

/// The separator, as scanners type it with the control key: U+001D is Ctrl and ].
const GS_KEYS: [&str; 3] = ["]", "ъ", "Ъ"];

/// What becomes of a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Heard {
    /// It is for whatever has the focus.
    Pass,
    /// It belongs to a code that is being typed by a scanner.
    Keep,
    /// It ended a code.
    Code(String),
}

/// Listens to keys for a scanner among them.
#[derive(Default)]
pub(super) struct Wedge {
    text: String,
    last: i64,
}

impl Wedge {
    /// Hears a key: what it types or its name, whether the control key was held, and when.
    pub(super) fn hear(&mut self, key: &str, control: bool, now: i64) -> Heard {
        let is_quick = now - self.last <= GAP_MS;
        if key == "Enter" {
            let text = std::mem::take(&mut self.text);
            return if is_quick && text.chars().count() >= LEAST { Heard::Code(text) } else { Heard::Pass };
        }
        let mut typed = key.chars();
        let (Some(character), None) = (typed.next(), typed.next()) else {
            // Shift, Alt and the like stand between the letters.
            return Heard::Pass;
        };
        if !is_quick {
            self.text.clear();
        }
        self.last = now;
        self.text.push(if control && GS_KEYS.contains(&key) { shared::gs1::GS } else { character });
        if control && !GS_KEYS.contains(&key) {
            // A shortcut of the browser.
            self.text.clear();
            return Heard::Pass;
        }
        // A separator would be a shortcut too.
        if control { Heard::Keep } else { Heard::Pass }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What comes of keys pressed one after another with this gap.
    fn typed(keys: &[&str], gap: i64) -> Heard {
        let mut wedge = Wedge::default();
        let mut heard = Heard::Pass;
        for (at, key) in keys.iter().enumerate() {
            let (control, key) = key.strip_prefix("Ctrl+").map_or((false, *key), |key| (true, key));
            heard = wedge.hear(key, control, 10_000 + i64::try_from(at).unwrap_or_default() * gap);
        }
        heard
    }

    fn keys(text: &str) -> Vec<&str> {
        text.split_inclusive(|_| true).chain(["Enter"]).collect()
    }

    #[test]
    fn a_scanner_is_heard_and_a_hand_is_not() {
        let code = "0104870001234560213ABC";
        assert_eq!(typed(&keys(code), 8), Heard::Code(code.to_owned()));
        assert_eq!(typed(&keys(code), 120), Heard::Pass);
        assert_eq!(typed(&keys("0104"), 8), Heard::Pass);
        assert_eq!(typed(&["Enter"], 8), Heard::Pass);
    }

    #[test]
    fn its_separators_and_other_layouts_arrive() {
        let mut pressed = keys("0104870001ъ");
        pressed.insert(4, "Ctrl+]");
        pressed.insert(5, "Shift");
        assert_eq!(typed(&pressed, 8), Heard::Code("0104\u{1d}870001ъ".to_owned()));
        assert_eq!(typed(&["1", "2", "3", "4", "5", "6", "7", "8", "9", "Ctrl+v", "Enter"], 8), Heard::Pass);
    }
}
