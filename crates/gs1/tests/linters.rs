//! The pass and fail vectors of the GS1 Barcode Syntax Dictionary's linters: what each finds, and where.

#![allow(clippy::unwrap_used, reason = "a helper of a test fails by panicking")]

use gs1::Charset;
use gs1::lint::{CouponFault, Fault, Linter, Prefix};

/// Undoes the vectors' escapes, those of C. A byte above 127 is no character of any set here, so its code point stands
/// for it.
fn unescape(data: &str) -> String {
    let mut out = String::new();
    let mut rest = data;
    while let Some(at) = rest.find('\\') {
        out.push_str(&rest[..at]);
        let escape = &rest[at + 1..];
        let (c, length) = match escape.strip_prefix('x') {
            Some(hex) => (char::from(u8::from_str_radix(&hex[..2], 16).unwrap()), 3),
            None => (escape.chars().next().unwrap(), 1),
        };
        out.push(c);
        rest = &escape[length..];
    }
    out + rest
}

const LINTERS: [Linter; 35] = [
    Linter::CouponCode,
    Linter::CouponPosOffer,
    Linter::Csum,
    Linter::CsumAlpha,
    Linter::GcpPos1,
    Linter::GcpPos2,
    Linter::HasNonDigit,
    Linter::Hh,
    Linter::Hhmi,
    Linter::Hyphen,
    Linter::Iban,
    Linter::ImporterIdx,
    Linter::Iso3166,
    Linter::Iso3166999,
    Linter::Iso3166Alpha2,
    Linter::Iso4217,
    Linter::Iso5218,
    Linter::Latitude,
    Linter::Longitude,
    Linter::MediaType,
    Linter::Mi,
    Linter::NonZero,
    Linter::NoZeroPrefix,
    Linter::PackageType,
    Linter::PcEnc,
    Linter::PieceOfTotal,
    Linter::PosInSeqSlash,
    Linter::Ss,
    Linter::Winding,
    Linter::YesNo,
    Linter::Yymmd0,
    Linter::Yymmdd,
    Linter::Yyyymmd0,
    Linter::Yyyymmdd,
    Linter::Zero,
];

fn charset(name: &str) -> Option<Charset> {
    Some(match name {
        "csetnumeric" => Charset::Numeric,
        "cset82" => Charset::Set82,
        "cset39" => Charset::Set39,
        "cset64" => Charset::Set64,
        _ => return None,
    })
}

/// The dictionary's name of a fault without its underscores: `IllegalHour` is `ILLEGALHOUR`.
fn name(fault: Fault) -> String {
    let Fault::Coupon(part, why) = fault else {
        return format!("{fault:?}").to_uppercase();
    };
    let part =
        format!("{part:?}").to_uppercase().replace("FIRST", "1ST").replace("SECOND", "2ND").replace("THIRD", "3RD");
    let date = part.ends_with("DATE");
    match why {
        CouponFault::Truncated | CouponFault::Missing if date => format!("COUPONTOOSHORTFOR{part}"),
        CouponFault::Missing => format!("COUPONMISSING{part}"),
        CouponFault::MissingLength => format!("COUPONMISSING{part}VLI"),
        CouponFault::WrongLength => format!("COUPONINVALID{part}LENGTH"),
        CouponFault::Truncated => format!("COUPONTRUNCATED{part}"),
        CouponFault::Invalid => format!("COUPONINVALID{part}"),
    }
}

/// What is found in the data: the name of the fault and its place. The register of company prefixes answers as the
/// vector wants it for the prefix that is marked.
fn found(linter: &str, data: &str, error: &str, marked: Option<usize>) -> Option<(usize, String)> {
    if let Some(set) = charset(linter) {
        let names = match set {
            Charset::Numeric => "NONDIGITCHARACTER",
            Charset::Set82 => "INVALIDCSET82CHARACTER",
            Charset::Set39 => "INVALIDCSET39CHARACTER",
            Charset::Set64 => "INVALIDCSET64CHARACTER",
        };
        return set.offender(data).map(|(at, c)| match (set, c) {
            (Charset::Set64, '=') if data[at..].bytes().all(|byte| byte == b'=') => {
                (at, "INVALIDCSET64PADDING".to_owned())
            }
            _ => (at, names.to_owned()),
        });
    }
    let linter = LINTERS.iter().find(|known| format!("{known:?}").to_lowercase() == linter).expect("a linter");
    let answer = match error {
        "INVALID_GCP_PREFIX" => Prefix::Unknown,
        "GCP_DATASOURCE_OFFLINE" => Prefix::Unreachable,
        _ => Prefix::Known,
    };
    let mut register = |prefix: &str| {
        let at = prefix.as_ptr() as usize - data.as_ptr() as usize;
        if marked == Some(at) { answer } else { Prefix::Known }
    };
    linter.check_with(data, &mut register).err().map(|(at, fault)| (at, name(fault)))
}

#[test]
fn linters_agree() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/fixtures/gs1/linter-vectors.tsv");
    let Ok(vectors) = std::fs::read_to_string(path) else {
        eprintln!("skipped: no public GS1 vectors at {path}");
        return;
    };
    let mut compared = 0;
    let mut wrong = Vec::new();
    for line in vectors.lines().skip(1) {
        let columns: Vec<&str> = line.split('\t').collect();
        let &[linter, expect, data, error, marked] = columns.as_slice() else {
            panic!("unexpected row {line:?}");
        };
        let (data, marked) = (unescape(data), unescape(marked));
        // The vectors mark where the fault begins.
        let at = (0..marked.len())
            .find(|&at| marked.get(..at) == data.get(..at) && marked.get(at..).is_some_and(|m| m.starts_with('*')));
        // An asterisk in the data itself marks nothing; a name that the dictionary misspells is read as it is meant.
        let error_name = error.replace('_', "").replace("EXIPIRATION", "EXPIRATION");
        let expected = (expect == "fail").then_some((at.unwrap_or_default(), error_name));
        let found = found(linter, &data, error, at);
        let alike = match (&found, &expected) {
            (Some((_, found)), Some((_, expected))) if data.contains('*') => found == expected,
            _ => found == expected,
        };
        if !alike {
            wrong.push(format!("{line}: {found:?}"));
        }
        compared += 1;
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(compared, vectors.lines().count() - 1);
}
