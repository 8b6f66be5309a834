//! Series: consecutive numbers that units and packages are kept by, in the ledger's own order.

use crate::string_enum::string_enum;

/// Number of a series in the ledger: dense, from 0, never reused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SeriesId(pub u32);

string_enum! {
    /// How the numbers of a series lead to the text on the goods.
    SeriesKind {
        /// Codes issued by us: the serial is a keyed permutation of the number (DESIGN §3).
        Issued = "issued",
        /// Serials made by a participant, registered before use; an index leads from the serial to the number.
        Own = "own",
        /// Serials of another state of the Union, recognised; the same index.
        Foreign = "foreign",
        /// Packages: SSCCs that share their first ten digits; the next seven are the number.
        Packages = "packages",
    }
}

/// Consecutive numbers of one series.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Range {
    /// The series.
    pub series: SeriesId,
    /// First number.
    pub first: u64,
    /// How many; never 0.
    pub count: u64,
}

impl Range {
    /// One unit.
    pub const fn one(series: SeriesId, number: u64) -> Self {
        Self { series, first: number, count: 1 }
    }

    /// The number after the last.
    pub const fn end(&self) -> u64 {
        self.first.saturating_add(self.count)
    }
}

/// A package: its SSCC without the check digit, a number below 10¹⁷ (GS1 General Specifications, section 2.2.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PackageId(u64);

/// SSCCs without check digit are below this.
const PACKAGES: u64 = 100_000_000_000_000_000;

/// Packages of one series: the seven digits before the check digit.
pub const PACKAGES_PER_SERIES: u64 = 10_000_000;

impl PackageId {
    /// The package with this SSCC without check digit; nothing beyond seventeen digits.
    pub const fn new(digits: u64) -> Option<Self> {
        if digits < PACKAGES { Some(Self(digits)) } else { None }
    }

    /// The package with this SSCC.
    pub fn of(sscc: gs1::Sscc) -> Self {
        let digits = sscc.as_str().as_bytes().iter().take(17);
        Self(digits.fold(0, |number, digit| number * 10 + u64::from(digit - b'0')))
    }

    /// The seventeen digits as a number.
    pub const fn digits(self) -> u64 {
        self.0
    }

    /// The first ten digits, which name its series.
    pub const fn prefix(self) -> u64 {
        self.0 / PACKAGES_PER_SERIES
    }

    /// Its number in that series.
    pub const fn number(self) -> u64 {
        self.0 % PACKAGES_PER_SERIES
    }

    /// The package of a series by its number.
    pub const fn at(prefix: u64, number: u64) -> Option<Self> {
        if number < PACKAGES_PER_SERIES { Self::new(prefix.saturating_mul(PACKAGES_PER_SERIES) + number) } else { None }
    }

    /// Its SSCC.
    ///
    /// # Errors
    /// None for a package that [`Self::new`] made: seventeen digits always have a check digit.
    pub fn sscc(self) -> Result<gs1::Sscc, gs1::KeyError> {
        let digits = format!("{:017}", self.0);
        // Digits alone always have a check digit.
        let check = gs1::check_digit(&digits).unwrap_or_default();
        format!("{digits}{check}").parse()
    }
}

string_enum! {
    /// Level of a package (R4): a package holds units or packages of lower levels, up to eight deep.
    PackageLevel {
        /// Several consumer units sold as one.
        Set = "set",
        /// Group packaging: a block, a shrink wrap.
        Group = "group",
        /// Transport packaging: a box.
        Transport = "transport",
        /// A pallet.
        Pallet = "pallet",
        /// A container.
        Container = "container",
    }
}

/// Deepest nesting of packages.
pub const PACKAGE_DEPTH: usize = 8;
