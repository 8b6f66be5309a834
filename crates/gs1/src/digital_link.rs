//! GS1 Digital Link URIs, uncompressed (GS1 Digital Link Standard: URI Syntax, release 1.4).
//!
//! The path holds the primary key with its qualifiers, the query the other values; everything but the unreserved
//! characters of RFC 3986 is percent-encoded.

use crate::{Ai, Element, ElementString, ParseError};

/// A primary key with the qualifiers that may follow it in the path, in one of these orders.
type Key = (&'static str, &'static [&'static [&'static str]]);

/// Primary keys (Syntax Dictionary, `dlpkey`). Where a code has several, the first is its key.
const KEYS: [Key; 16] = [
    ("01", &[&["22", "10", "21"], &["235"]]),
    ("00", &[]),
    ("253", &[]),
    ("255", &[]),
    ("401", &[]),
    ("402", &[]),
    ("414", &[&["254"], &["7040"]]),
    ("415", &[&["8020"]]),
    ("417", &[&["7040"]]),
    ("8003", &[]),
    ("8004", &[&["7040"]]),
    ("8006", &[&["22", "10", "21"]]),
    ("8010", &[&["8011"]]),
    ("8013", &[]),
    ("8017", &[&["8019"]]),
    ("8018", &[&["8019"]]),
];

fn qualifies(key: Key, ai: &str) -> bool {
    key.1.iter().any(|order| order.contains(&ai))
}

/// Why a text is not a Digital Link URI, or why a code cannot be one.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum LinkError {
    /// Not an absolute `http` or `https` URI with a host.
    #[error("not a web address")]
    NotAnAddress,
    /// No primary key, such as a GTIN or SSCC.
    #[error("no primary key")]
    NoKey,
    /// A percent sign without two hexadecimal digits, or bytes that are not UTF-8.
    #[error("wrong percent-encoding")]
    Encoding,
    /// The path goes on with something that does not qualify the key, or in the wrong order.
    #[error("AI {0} may not stand here in the path")]
    Path(String),
    /// The query carries an identifier that belongs in the path, or is unknown.
    #[error("AI {0} may not stand in the query")]
    Query(String),
    /// A value is wrong.
    #[error("wrong value")]
    Value(#[from] ParseError),
}

/// Reads a Digital Link URI: the key and its qualifiers as the last segments of the path, then the values of the query
/// whose names are identifiers. Other parameters and the fragment are passed over.
pub fn parse(uri: &str) -> Result<ElementString, LinkError> {
    let uri = uri.split('#').next().unwrap_or_default();
    let (address, query) = uri.split_once('?').unwrap_or((uri, ""));
    let (scheme, rest) = address.split_once("://").ok_or(LinkError::NotAnAddress)?;
    if !scheme.eq_ignore_ascii_case("https") && !scheme.eq_ignore_ascii_case("http") {
        return Err(LinkError::NotAnAddress);
    }
    let (host, path) = rest.split_once('/').ok_or(LinkError::NoKey)?;
    if host.is_empty() {
        return Err(LinkError::NotAnAddress);
    }
    let (mut parts, key) = read_path(path)?;
    for pair in query.split('&') {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        if name.is_empty() || !name.bytes().all(|byte| byte.is_ascii_digit()) {
            continue;
        }
        let refused = || LinkError::Query(name.to_owned());
        let ai = name.parse::<Ai>().map_err(|_| refused())?;
        if ai.as_str() == key.0 || qualifies(key, ai.as_str()) || !ai.spec().link_attribute {
            return Err(refused());
        }
        let value = decode(value)?;
        parts.push(Element { ai, value });
    }
    Ok(ElementString::new(parts)?)
}

/// The elements of the path. The pairs are walked from the end, because any stem may stand before the key.
fn read_path(path: &str) -> Result<(Vec<Element>, Key), LinkError> {
    let segments: Vec<&str> = path.split('/').collect();
    let mut start = segments.len();
    let key = loop {
        if start < 2 {
            return Err(LinkError::NoKey);
        }
        start -= 2;
        let key = KEYS.iter().find(|key| key.0 == segments[start]);
        if let Some(key) = key {
            break *key;
        }
        if segments[start].parse::<Ai>().is_err() {
            return Err(LinkError::NoKey);
        }
    };
    let mut parts = Vec::new();
    let mut names: Vec<&str> = Vec::new();
    for pair in segments[start..].chunks_exact(2) {
        let ai: Ai = pair[0].parse().map_err(|_| LinkError::NoKey)?;
        if !parts.is_empty() {
            names.push(ai.as_str());
            if !key.1.iter().any(|order| in_order(&names, order)) {
                return Err(LinkError::Path(ai.to_string()));
            }
        }
        let value = decode(pair[1])?;
        parts.push(Element { ai, value });
    }
    Ok((parts, key))
}

/// Whether all the names stand in the list, in its order.
fn in_order(names: &[&str], list: &[&str]) -> bool {
    let mut list = list.iter();
    names.iter().all(|name| list.any(|other| other == name))
}

/// Prints a Digital Link URI under a base such as `https://example.org` or `https://example.org/goods`.
///
/// ```
/// use gs1::{ElementString, digital_link};
/// let code = ElementString::parse_bracketed("(01)04870001234560(21)3A/7(17)270200")?;
/// let uri = digital_link::print(&code, "https://id.example.org/")?;
/// assert_eq!(uri, "https://id.example.org/01/04870001234560/21/3A%2F7?17=270200");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn print(code: &ElementString, base: &str) -> Result<String, LinkError> {
    let key = KEYS.iter().find(|key| code.get(key.0).is_some());
    let (key, orders) = *key.ok_or(LinkError::NoKey)?;
    let order = orders.iter().find(|order| order.iter().any(|ai| code.get(ai).is_some()));
    let qualifiers = order.copied().unwrap_or_default();
    let mut uri = base.trim_end_matches('/').to_owned();
    for ai in std::iter::once(&key).chain(qualifiers) {
        if let Some(value) = code.get(ai) {
            uri.extend(["/", ai, "/"]);
            encode(value, &mut uri);
        }
    }
    let mut mark = '?';
    for Element { ai, value } in code.elements() {
        let name = ai.as_str();
        if name == key || qualifiers.contains(&name) {
            continue;
        }
        if qualifies((key, orders), name) || !ai.spec().link_attribute {
            return Err(LinkError::Query(name.to_owned()));
        }
        uri.push(mark);
        uri.extend([name, "="]);
        encode(value, &mut uri);
        mark = '&';
    }
    Ok(uri)
}

/// Percent-encodes everything but the unreserved characters (RFC 3986 section 2.3).
fn encode(value: &str, uri: &mut String) {
    const HEX: [u8; 16] = *b"0123456789ABCDEF";
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            let digits = [HEX[usize::from(byte >> 4)], HEX[usize::from(byte & 15)]];
            uri.push('%');
            uri.extend(digits.map(char::from));
        }
    }
}

/// Undoes percent-encoding. A plus sign is itself, as RFC 3986 has it; forms that mean a space by it are not URIs.
fn decode(text: &str) -> Result<String, LinkError> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let mut digit = || rest.next().and_then(|b| char::from(b).to_digit(16));
        let (Some(high), Some(low)) = (digit(), digit()) else {
            return Err(LinkError::Encoding);
        };
        bytes.push((high * 16 + low) as u8);
    }
    String::from_utf8(bytes).map_err(|_| LinkError::Encoding)
}
