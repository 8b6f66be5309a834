//! The linters of the Barcode Syntax Dictionary: rules for what the parts of a value say, beyond their characters.

mod code_lists;
mod coupon;
mod date;
mod fault;
mod key;
mod number;
mod person;

pub use date::is_date;
pub use fault::{CouponFault, CouponPart, Fault};
pub use key::{check_digit, has_check_digit};

/// What went wrong, after the byte at which it begins.
type Check = Result<(), (usize, Fault)>;

/// What a register of GS1 Company Prefixes says of the digits a key begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Prefix {
    /// They begin with a prefix that was given out, or nobody was asked.
    Known,
    /// No such prefix was given out.
    Unknown,
    /// The register does not answer.
    Unreachable,
}

/// A rule, under its name in the dictionary.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the dictionary's names, explained where each is checked")]
pub enum Linter {
    CouponCode,
    CouponPosOffer,
    Csum,
    CsumAlpha,
    GcpPos1,
    GcpPos2,
    HasNonDigit,
    Hh,
    Hhmi,
    Hyphen,
    Iban,
    ImporterIdx,
    Iso3166,
    Iso3166999,
    Iso3166Alpha2,
    Iso4217,
    Iso5218,
    Latitude,
    Longitude,
    MediaType,
    Mi,
    NonZero,
    NoZeroPrefix,
    PackageType,
    PcEnc,
    PieceOfTotal,
    PosInSeqSlash,
    Ss,
    Winding,
    YesNo,
    Yymmd0,
    Yymmdd,
    Yyyymmd0,
    Yyyymmdd,
    Zero,
}

impl Linter {
    /// Checks a component without asking for company prefixes: every one passes.
    pub fn check(self, data: &str) -> Result<(), (usize, Fault)> {
        self.check_with(data, &mut |_| Prefix::Known)
    }

    /// As [`check`](Self::check), asking a register about the digits a key begins with.
    pub fn check_with(self, data: &str, register: &mut dyn FnMut(&str) -> Prefix) -> Result<(), (usize, Fault)> {
        match self {
            Self::CouponCode => coupon::code(data, register),
            Self::CouponPosOffer => coupon::offer(data),
            Self::Csum => key::check_sum(data),
            Self::CsumAlpha => key::check_pair(data),
            Self::GcpPos1 => key::prefix(data, 0, register),
            Self::GcpPos2 => key::prefix(data, 1, register),
            Self::HasNonDigit => key::has_non_digit(data),
            Self::Hh => date::hour(data),
            Self::Hhmi => date::hour_and_minute(data),
            Self::Hyphen => number::hyphen(data),
            Self::Iban => key::iban(data),
            Self::ImporterIdx => person::importer_index(data),
            Self::Iso3166 => code_lists::country(data),
            Self::Iso3166999 => code_lists::country_or_999(data),
            Self::Iso3166Alpha2 => code_lists::country_letters(data),
            Self::Iso4217 => code_lists::currency(data),
            Self::Iso5218 => person::sex(data),
            Self::Latitude => number::latitude(data),
            Self::Longitude => number::longitude(data),
            Self::MediaType => person::media_type(data),
            Self::Mi => date::minute(data),
            Self::NonZero => number::non_zero(data),
            Self::NoZeroPrefix => number::no_zero_prefix(data),
            Self::PackageType => code_lists::package_type(data),
            Self::PcEnc => person::percent_encoding(data),
            Self::PieceOfTotal => number::piece_of_total(data),
            Self::PosInSeqSlash => number::position_in_sequence(data),
            Self::Ss => date::second(data),
            Self::Winding => number::winding(data),
            Self::YesNo => number::yes_no(data),
            Self::Yymmd0 => date::date(data, 2, true),
            Self::Yymmdd => date::date(data, 2, false),
            Self::Yyyymmd0 => date::date(data, 4, true),
            Self::Yyyymmdd => date::date(data, 4, false),
            Self::Zero => number::zero(data),
        }
    }
}

/// Fails where the first character that is no digit stands.
fn digits(data: &str) -> Check {
    match data.bytes().position(|byte| !byte.is_ascii_digit()) {
        Some(at) => Err((at, Fault::NonDigitCharacter)),
        None => Ok(()),
    }
}

/// Fails as a whole unless the condition holds.
fn whole(holds: bool, fault: Fault) -> Check {
    if holds { Ok(()) } else { Err((0, fault)) }
}
