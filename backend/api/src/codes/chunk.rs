//! Pieces of a download.

use super::CodeMaker;
use axum::body::Bytes;
use serde::Serialize;
use shared::gs1::Gtin;
use std::io::Write as _;
use std::str::FromStr;

/// How codes are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    /// A JSON object a line, each ended by a line feed. GS stands as `\u001d`.
    Ndjson,
    /// RFC 4180, with a header line. GS stands as the character U+001D, which needs no quotes.
    Csv,
}

impl FromStr for Format {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        match text {
            "ndjson" => Ok(Self::Ndjson),
            "csv" => Ok(Self::Csv),
            _ => Err(()),
        }
    }
}

impl Format {
    /// The format that an `Accept` header asks for; NDJSON unless it names CSV alone.
    pub(crate) fn of_accept(accept: &str) -> Self {
        let asks = |media_type| accept.to_ascii_lowercase().contains(media_type);
        if asks("text/csv") && !asks("application/x-ndjson") { Self::Csv } else { Self::Ndjson }
    }

    /// Media type.
    pub(crate) const fn media_type(self) -> &'static str {
        match self {
            Self::Ndjson => "application/x-ndjson",
            Self::Csv => "text/csv; charset=utf-8; header=present",
        }
    }

    /// Ending of a file's name.
    pub(crate) const fn extension(self) -> &'static str {
        match self {
            Self::Ndjson => "ndjson",
            Self::Csv => "csv",
        }
    }

    /// What stands before the first code.
    pub(crate) const fn header(self) -> &'static str {
        match self {
            Self::Ndjson => "",
            Self::Csv => "code,gtin,serial\r\n",
        }
    }
}

#[derive(Serialize)]
struct Line<'a> {
    code: &'a str,
    serial: &'a str,
}

/// Writes the codes of consecutive numbers; nothing if one is beyond the series.
pub(super) fn chunk(maker: &CodeMaker<'_>, format: Format, gtin: Gtin, numbers: std::ops::Range<u64>) -> Option<Bytes> {
    let codes = maker.codes(numbers)?;
    let mut bytes = Vec::with_capacity(codes.len() * 200);
    for code in &codes {
        match format {
            Format::Ndjson => {
                serde_json::to_writer(&mut bytes, &Line { code: &code.text, serial: &code.serial }).ok()?;
                bytes.push(b'\n');
            }
            Format::Csv => {
                let (code, serial) = (field(&code.text), field(&code.serial));
                write!(bytes, "{code},{gtin},{serial}\r\n").ok()?;
            }
        }
    }
    Some(bytes.into())
}

/// A field of RFC 4180: quoted if it has to be. No character of our codes asks for it; this holds should one ever.
fn field(text: &str) -> std::borrow::Cow<'_, str> {
    if text.contains(['"', ',', '\r', '\n']) {
        format!("\"{}\"", text.replace('"', "\"\"")).into()
    } else {
        text.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_header_chooses() {
        for (accept, format) in [
            ("", Format::Ndjson),
            ("*/*", Format::Ndjson),
            ("application/x-ndjson", Format::Ndjson),
            ("text/csv", Format::Csv),
            ("Text/CSV;q=0.9, */*;q=0.1", Format::Csv),
            ("application/x-ndjson, text/csv", Format::Ndjson),
        ] {
            assert_eq!(Format::of_accept(accept), format, "{accept}");
        }
    }

    #[test]
    fn a_field_that_needs_quotes_has_them() {
        assert_eq!(field("01\u{1d}92"), "01\u{1d}92");
        assert_eq!(field("a\"b,c"), "\"a\"\"b,c\"");
    }
}
