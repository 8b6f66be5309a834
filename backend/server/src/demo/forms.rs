//! Texts that are not codes of ours: altered, cut, foreign.

use anyhow::{Context, Result};
use shared::gs1::GS;
use shared::seal::base72;

/// A code as the Russian system prints it for shoes: key, then 44 characters.
pub(super) fn foreign_44() -> String {
    format!("0104604060000015215Rq7mWz!c4KdH{GS}91EE06{GS}92k3VhT8sN1bQyXf0uLw9ZpRj5AeGmC2oDi7tHrUaJsEY=")
}

/// The same for other groups: 88 characters.
pub(super) fn foreign_88() -> String {
    let tail = "Zp4nWq1LrT7vBhYx0sKe8GdUoJm3cAfViNb6tRlQy2HwDzSuPkXg5jMaCeFo9TvIhE7LqWn1rB8xYsKdZmUpGw==";
    format!("0104607080000027215kT!v2Qb8nLwX{GS}91FFD0{GS}92{tail}")
}

/// The code with one character of its tail changed into another that may stand there.
pub(super) fn altered(code: &str) -> Result<String> {
    let at = code.len().checked_sub(20).context("the code has no tail")?;
    let (before, rest) = code.split_at_checked(at).context("the code is not ASCII")?;
    let old = rest.bytes().next().context("the code has no tail")?;
    let place = base72::ALPHABET.iter().position(|c| *c == old).context("the tail is not in base 72")?;
    let new = char::from(base72::ALPHABET[(place + 1) % base72::ALPHABET.len()]);
    Ok(format!("{before}{new}{}", &rest[1..]))
}

/// The code without the last 40 characters of its tail, as when a label is torn.
pub(super) fn cut(code: &str) -> Result<&str> {
    code.len().checked_sub(40).and_then(|end| code.get(..end)).context("the code has no tail")
}

/// The GTIN and the serial alone.
pub(super) fn without_tail(code: &str) -> Result<&str> {
    code.split(GS).next().context("the code is empty")
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::gs1::ElementString;
    use shared::seal::{PublicKey, SigningKey, verify_signed};

    fn signed() -> (PublicKey, String, String) {
        let key = SigningKey::from_seed(&[7; 32]);
        let prefix = format!("0104870402000016213ABCDEFGH0123{GS}91FS01");
        let tail = key.sign_tail(&prefix);
        (key.public(), prefix, tail)
    }

    #[test]
    fn an_altered_code_is_well_formed_and_does_not_verify() {
        let (public, prefix, tail) = signed();
        assert!(verify_signed(&public, &prefix, &tail));
        let altered = altered(&format!("{prefix}{GS}92{tail}")).unwrap();
        let elements = ElementString::parse(&altered).unwrap();
        let other = elements.get("92").unwrap();
        assert_eq!(other.len(), tail.len());
        assert!(!verify_signed(&public, &prefix, other));
    }

    #[test]
    fn cut_and_foreign_codes_can_be_drawn() {
        let (_, prefix, tail) = signed();
        let code = format!("{prefix}{GS}92{tail}");
        let cut = ElementString::parse(cut(&code).unwrap()).unwrap();
        assert_eq!(cut.get("92").map(str::len), Some(43));
        assert_eq!(without_tail(&code).unwrap(), "0104870402000016213ABCDEFGH0123");
        for (text, len) in [(foreign_44(), 44), (foreign_88(), 88)] {
            assert_eq!(ElementString::parse(&text).unwrap().get("92").map(str::len), Some(len), "{text}");
        }
    }
}
