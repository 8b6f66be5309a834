//! File sizes: a file that a person can hold in mind, and no data that belongs elsewhere.

use super::Finding;
use super::tree::File;

const RULE: &str = "file-size";

/// Lines of a Rust file above which it should be split, and above which it must be.
const WARN_LINES: usize = 400;
const MOST_LINES: usize = 800;

/// Bytes of any file.
const MOST_BYTES: u64 = 512_000;

/// Lines of Rust, bytes of anything.
pub(super) fn check(file: &File) -> Vec<Finding> {
    let mut findings = Vec::new();
    if file.bytes > MOST_BYTES {
        findings.push(Finding::new(
            RULE,
            &file.path,
            format!("{} kB; the most is {} kB", file.bytes / 1000, MOST_BYTES / 1000),
        ));
    }
    let (Some(text), true) = (&file.text, file.rust.is_some()) else {
        return findings;
    };
    let lines = text.lines().count();
    if lines > MOST_LINES {
        findings.push(Finding::new(RULE, &file.path, format!("{lines} lines; the most is {MOST_LINES}")));
    } else if lines > WARN_LINES {
        findings.push(Finding::warning(
            RULE,
            &file.path,
            format!("{lines} lines; above {WARN_LINES} a file should be split"),
        ));
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rust(lines: usize) -> Vec<Finding> {
        check(&File::new("a.rs", "x\n".repeat(lines).into_bytes()))
    }

    #[test]
    fn long_files_warn_then_fail() {
        assert!(rust(WARN_LINES).is_empty());
        assert!(rust(WARN_LINES + 1)[0].only_warns);
        assert!(!rust(MOST_LINES + 1)[0].only_warns);
    }

    #[test]
    fn other_files_are_measured_in_bytes() {
        assert!(check(&File::new("a.json", vec![b'\n'; 512_000])).is_empty());
        assert_eq!(check(&File::new("a.json", vec![b'\n'; 512_001])).len(), 1);
    }
}
