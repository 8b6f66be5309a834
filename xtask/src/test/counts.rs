//! How many tests have passed and failed, read from what the test runners say.

/// The sum over all runners.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Counts {
    pub(super) passed: u64,
    pub(super) failed: u64,
}

impl Counts {
    /// Reads a line of cargo's test runner: `test result: ok. 12 passed; 0 failed; …`.
    pub(super) fn read_cargo(&mut self, line: &str) {
        let Some(rest) = line.trim().strip_prefix("test result: ") else {
            return;
        };
        self.passed += before(rest, "passed");
        self.failed += before(rest, "failed");
    }

    /// Reads a line of node's test runner: `# pass 12` or `ℹ pass 12`.
    pub(super) fn read_node(&mut self, line: &str) {
        let mut words = line.split_whitespace();
        if !matches!(words.next(), Some("#" | "ℹ")) {
            return;
        }
        let (word, number) = (words.next(), words.next().and_then(|word| word.parse::<u64>().ok()));
        match (word, number) {
            (Some("pass"), Some(number)) => self.passed += number,
            (Some("fail"), Some(number)) => self.failed += number,
            _ => {}
        }
    }

    /// The line that closes everything.
    pub(super) fn line(&self) -> String {
        format!("{} passed, {} failed", self.passed, self.failed)
    }
}

/// The number before a word.
fn before(text: &str, word: &str) -> u64 {
    let words: Vec<&str> = text.split([' ', ';']).filter(|part| !part.is_empty()).collect();
    words.windows(2).find(|pair| pair[1] == word).and_then(|pair| pair[0].parse().ok()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_runners_are_counted() {
        let mut counts = Counts::default();
        counts.read_cargo("test result: ok. 12 passed; 0 failed; 0 ignored; 0 measured; 3 filtered out");
        counts.read_cargo("test result: FAILED. 1 passed; 2 failed; 0 ignored");
        counts.read_cargo("test a ... ok");
        counts.read_node("# pass 4");
        counts.read_node("ℹ fail 1");
        counts.read_node("# duration_ms 12");
        assert_eq!(counts.line(), "17 passed, 3 failed");
    }
}
