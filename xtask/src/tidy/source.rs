//! Rust code taken apart far enough for the rules: what is code, what is text, what is comment.
//!
//! Each of the three has the bytes and lines of the file, blank where the others are, so that a rule which looks
//! for `std::fs` is not misled by a sentence about it, and a finding has a line number.

/// The three faces of a file.
pub(super) struct Source {
    /// Code without what stands in strings and comments, and without test modules.
    pub(super) code: String,
    /// The same with test modules.
    pub(super) code_with_tests: String,
    /// What stands in strings, outside of test modules.
    pub(super) strings: String,
    /// What stands in comments.
    pub(super) comments: String,
}

/// Takes a file apart.
pub(super) fn take_apart(text: &str) -> Source {
    let kinds = kinds(text);
    let face = |wanted: Kind| -> String {
        let mut face = String::with_capacity(text.len());
        for (c, kind) in text.chars().zip(&kinds) {
            if *kind == wanted || c == '\n' {
                face.push(c);
            } else {
                face.extend(std::iter::repeat_n(' ', c.len_utf8()));
            }
        }
        face
    };
    let code_with_tests = face(Kind::Code);
    let tests = test_items(&code_with_tests);
    Source {
        code: without(&code_with_tests, &tests),
        strings: without(&face(Kind::Text), &tests),
        comments: face(Kind::Comment),
        code_with_tests,
    }
}

/// The line of a position.
pub(super) fn line_of(text: &str, at: usize) -> usize {
    1 + text.bytes().take(at).filter(|byte| *byte == b'\n').count()
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Code,
    Text,
    Comment,
}

/// What each character is. Quotes count as code, so that code stays readable.
fn kinds(text: &str) -> Vec<Kind> {
    let chars: Vec<char> = text.chars().collect();
    let mut kinds = vec![Kind::Code; chars.len()];
    let mut at = 0;
    while at < chars.len() {
        let (kind, start, end) = match chars[at] {
            '/' if chars.get(at + 1) == Some(&'/') => (Kind::Comment, at, line_end(&chars, at)),
            '/' if chars.get(at + 1) == Some(&'*') => (Kind::Comment, at, block_end(&chars, at)),
            '"' => (Kind::Text, at + 1, string_end(&chars, at + 1)),
            'r' if !after_name(&chars, at) => match raw_string(&chars, at) {
                Some((start, end)) => (Kind::Text, start, end),
                None => (Kind::Code, at, at + 1),
            },
            '\'' => match char_end(&chars, at) {
                Some(end) => (Kind::Text, at + 1, end),
                None => (Kind::Code, at, at + 1),
            },
            _ => (Kind::Code, at, at + 1),
        };
        let end = end.min(chars.len());
        for kind_here in &mut kinds[start.min(end)..end] {
            *kind_here = kind;
        }
        at = if kind == Kind::Text { end + 1 } else { end };
    }
    kinds
}

fn line_end(chars: &[char], from: usize) -> usize {
    (from..chars.len()).find(|at| chars[*at] == '\n').unwrap_or(chars.len())
}

fn block_end(chars: &[char], from: usize) -> usize {
    let mut depth = 0;
    let mut at = from;
    while at + 1 < chars.len() {
        match (chars[at], chars[at + 1]) {
            ('/', '*') => depth += 1,
            ('*', '/') => depth -= 1,
            _ => {
                at += 1;
                continue;
            }
        }
        at += 2;
        if depth == 0 {
            return at;
        }
    }
    chars.len()
}

fn string_end(chars: &[char], from: usize) -> usize {
    let mut at = from;
    while at < chars.len() && chars[at] != '"' {
        at += if chars[at] == '\\' { 2 } else { 1 };
    }
    at
}

/// Where the content of `r"…"` or `r#"…"#` starts and ends, if one starts here.
fn raw_string(chars: &[char], from: usize) -> Option<(usize, usize)> {
    let hashes = chars[from + 1..].iter().take_while(|c| **c == '#').count();
    let open = from + 1 + hashes;
    if chars.get(open) != Some(&'"') {
        return None;
    }
    let start = open + 1;
    let end = (start..chars.len())
        .find(|at| chars[*at] == '"' && chars[at + 1..].iter().take(hashes).filter(|c| **c == '#').count() == hashes)
        .unwrap_or(chars.len());
    Some((start, end))
}

/// Whether the character belongs to a longer name, other than the `b` or `c` of a byte or C string.
fn after_name(chars: &[char], at: usize) -> bool {
    let name = |at: usize| chars[at].is_alphanumeric() || chars[at] == '_';
    match at {
        0 => false,
        1 => name(0) && !matches!(chars[0], 'b' | 'c'),
        _ => name(at - 1) && (name(at - 2) || !matches!(chars[at - 1], 'b' | 'c')),
    }
}

/// The end of a character literal; `None` if the quote starts a lifetime.
fn char_end(chars: &[char], quote: usize) -> Option<usize> {
    if chars.get(quote + 1) == Some(&'\\') {
        return (quote + 3..chars.len()).find(|at| chars[*at] == '\'');
    }
    (chars.get(quote + 2) == Some(&'\'')).then_some(quote + 2)
}

/// The places of items that are compiled for tests only, braces included.
fn test_items(code: &str) -> Vec<(usize, usize)> {
    const ATTRIBUTE: &str = "#[cfg(test)]";
    let mut items = Vec::new();
    for (start, _) in code.match_indices(ATTRIBUTE) {
        let after = start + ATTRIBUTE.len();
        let Some(open) = code[after..].find(['{', ';']).map(|at| after + at) else {
            continue;
        };
        let end = if code.as_bytes()[open] == b';' { open } else { closing(code, open) };
        items.push((start, end));
    }
    items
}

fn closing(code: &str, open: usize) -> usize {
    let mut depth = 0_i32;
    for (at, byte) in code.bytes().enumerate().skip(open) {
        match byte {
            b'{' => depth += 1,
            b'}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return at;
        }
    }
    code.len()
}

/// The face with these places blank; lines stay.
fn without(face: &str, places: &[(usize, usize)]) -> String {
    let mut result = face.as_bytes().to_vec();
    for (start, end) in places {
        let end = (*end).min(result.len());
        for byte in &mut result[(*start).min(end)..end] {
            if *byte != b'\n' {
                *byte = b' ';
            }
        }
    }
    String::from_utf8_lossy(&result).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_text_and_comment_are_told_apart() {
        let source = take_apart("let a = \"std::fs\"; // std::net\nlet b = std::env; /* x /* y */ z */ c");
        assert!(!source.code.contains("std::fs"));
        assert!(!source.code.contains("std::net"));
        assert!(source.code.contains("std::env"));
        assert!(source.code.ends_with("c"));
        assert!(source.strings.contains("std::fs"));
        assert!(source.comments.contains("std::net"));
        assert!(source.comments.contains("z"));
    }

    #[test]
    fn quotes_in_characters_and_lifetimes_do_not_open_strings() {
        let source = take_apart("fn f<'a>(x: &'a str) { x.find('\"'); y('\\''); z('\\\\') } // end");
        assert!(source.code.contains("z("));
        assert!(source.comments.contains("end"));
    }

    #[test]
    fn raw_strings_end_at_their_own_hashes() {
        let source = take_apart("a(r#\"one \"two\" three\"#); b(br\"\\\"); number(\"x\") ; c");
        assert!(source.strings.contains("one \"two\" three"));
        assert!(source.code.contains("number("));
        assert!(source.code.ends_with("c"));
    }

    #[test]
    fn test_modules_are_blank_and_lines_stay() {
        let text = "fn a() {}\n#[cfg(test)]\nmod tests {\n    fn b() { \"SELECT\"; }\n}\nfn c() {}\n";
        let source = take_apart(text);
        assert!(!source.code.contains("fn b"));
        assert!(source.code_with_tests.contains("fn b"));
        assert!(!source.strings.contains("SELECT"));
        let at = source.code.find("fn c").unwrap();
        assert_eq!(line_of(&source.code, at), 6);
    }

    #[test]
    fn letters_of_several_bytes_do_not_shift_test_modules() {
        let text = "const A: &str = \"таңба таңба таңба\";\n#[cfg(test)]\nmod tests { const B: &str = \"gone\"; }\nfn kept() {}";
        let source = take_apart(text);
        assert!(source.code.contains("fn kept"));
        assert!(!source.code.contains("const B"));
        assert!(!source.strings.contains("gone"));
        assert!(source.strings.contains("таңба"));
    }
}
