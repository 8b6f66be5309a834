//! Texts that passed through something which writes characters in another way.

/// The text with percent-encoding, HTML references and backslash escapes undone, as often as they were done.
pub(super) fn undo(text: &str) -> Option<String> {
    if !text.contains(['%', '&', '\\']) {
        return None;
    }
    let mut plain = text.to_owned();
    for _ in 0..3 {
        let Some(next) = once(&plain) else {
            break;
        };
        plain = next;
    }
    (plain != text).then_some(plain)
}

fn once(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text;
    let mut found = false;
    while let Some(c) = rest.chars().next() {
        let escape = match c {
            '%' => byte(&rest[1..], 2).map(|byte| (vec![byte], 3)),
            '&' => reference(rest),
            '\\' => backslash(rest),
            _ => None,
        };
        found |= escape.is_some();
        let length = match escape {
            Some((meant, length)) => {
                bytes.extend(meant);
                length
            }
            None => {
                bytes.extend_from_slice(&rest.as_bytes()[..c.len_utf8()]);
                c.len_utf8()
            }
        };
        rest = &rest[length..];
    }
    if found { String::from_utf8(bytes).ok() } else { None }
}

fn code(text: &str, radix: u32) -> Option<u32> {
    // The standard function takes a sign too.
    text.bytes().all(|byte| byte.is_ascii_alphanumeric()).then(|| u32::from_str_radix(text, radix).ok())?
}

fn byte(text: &str, digits: usize) -> Option<u8> {
    code(text.get(..digits)?, 16).and_then(|code| u8::try_from(code).ok())
}

fn character(code: u32) -> Option<Vec<u8>> {
    char::from_u32(code).map(|c| c.to_string().into_bytes())
}

/// `&amp;`, `&#43;`, `&#x2b;` and the few names that are in use.
fn reference(text: &str) -> Option<(Vec<u8>, usize)> {
    let end = text.bytes().take(10).position(|byte| byte == b';')?;
    let name = &text[1..end];
    let meant = match name {
        "amp" => b"&".to_vec(),
        "lt" => b"<".to_vec(),
        "gt" => b">".to_vec(),
        "quot" => b"\"".to_vec(),
        "apos" => b"'".to_vec(),
        "nbsp" => b" ".to_vec(),
        _ => {
            let number = name.strip_prefix('#')?;
            let hexadecimal = number.strip_prefix(['x', 'X']).map(|digits| code(digits, 16));
            character(hexadecimal.unwrap_or_else(|| code(number, 10))?)?
        }
    };
    Some((meant, end + 1))
}

/// The escapes of JSON, C and JavaScript.
fn backslash(text: &str) -> Option<(Vec<u8>, usize)> {
    let kind = text[1..].chars().next()?;
    match kind {
        'u' | 'U' => Some((character(code(text.get(2..6)?, 16)?)?, 6)),
        'x' | 'X' => Some((character(u32::from(byte(text.get(2..)?, 2)?))?, 4)),
        '0'..='3' => Some((character(code(text.get(1..4)?, 8)?)?, 4)),
        '/' | '\\' | '"' | '\'' => Some((character(kind.into())?, 2)),
        _ => None,
    }
}

/// The text a run of base64 (RFC 4648, either alphabet, padding or not) or of hexadecimal digits stands for, if that is a
/// code's.
pub(super) fn unpack(text: &str) -> Option<String> {
    if text.contains(crate::GS) {
        return None;
    }
    let dense: String = text.split_whitespace().collect();
    [hexadecimal(&dense), base64(&dense)].into_iter().flatten().find_map(|bytes| {
        let plain = String::from_utf8(bytes).ok()?;
        ["01", "(01)", "]", "\u{1d}"].iter().any(|head| plain.starts_with(head)).then_some(plain)
    })
}

fn hexadecimal(text: &str) -> Option<Vec<u8>> {
    if !text.len().is_multiple_of(2) || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    (0..text.len()).step_by(2).map(|at| byte(&text[at..], 2)).collect()
}

fn base64(text: &str) -> Option<Vec<u8>> {
    let text = text.trim_end_matches('=');
    let mut bytes = Vec::with_capacity(text.len());
    let (mut bits, mut held) = (0u32, 0);
    for byte in text.bytes() {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            _ => return None,
        };
        (bits, held) = (bits << 6 | u32::from(value), held + 6);
        if held >= 8 {
            held -= 8;
            bytes.push((bits >> held) as u8);
        }
    }
    Some(bytes)
}
