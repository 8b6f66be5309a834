//! The formats of values: components one after another (Barcode Syntax Dictionary, "Specification").

use crate::Charset;
use crate::lint::Linter::{self, *};

/// A part of a value that is checked by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Component {
    /// The characters it may hold.
    pub charset: Charset,
    /// The fewest characters.
    pub min: u8,
    /// The most characters. Only the last component of a value varies in length.
    pub max: u8,
    /// Whether the value may end before it.
    pub optional: bool,
    /// The rules for what it says, in the order in which they are applied.
    pub linters: &'static [Linter],
}

pub(super) type Format = &'static [Component];

const fn fixed(charset: Charset, length: u8, linters: &'static [Linter]) -> Component {
    Component { charset, min: length, max: length, optional: false, linters }
}

const fn up_to(charset: Charset, max: u8, linters: &'static [Linter]) -> Component {
    Component { min: 1, ..fixed(charset, max, linters) }
}

const fn n(length: u8, linters: &'static [Linter]) -> Component {
    fixed(Charset::Numeric, length, linters)
}

const fn x(length: u8, linters: &'static [Linter]) -> Component {
    fixed(Charset::Set82, length, linters)
}

const fn up_n(max: u8, linters: &'static [Linter]) -> Component {
    up_to(Charset::Numeric, max, linters)
}

const fn up_x(max: u8, linters: &'static [Linter]) -> Component {
    up_to(Charset::Set82, max, linters)
}

const fn opt(component: Component) -> Component {
    Component { optional: true, ..component }
}

pub(super) const N18_KEY2: Format = &[n(18, &[Csum, GcpPos2])];
pub(super) const N14_KEY2: Format = &[n(14, &[Csum, GcpPos2])];
pub(super) const X_20: Format = &[up_x(20, &[])];
pub(super) const DATE0: Format = &[n(6, &[Yymmd0])];
pub(super) const N2: Format = &[n(2, &[])];
pub(super) const X_28: Format = &[up_x(28, &[])];
pub(super) const X_30: Format = &[up_x(30, &[])];
pub(super) const N_6: Format = &[up_n(6, &[])];
pub(super) const N13_KEY_X_17: Format = &[n(13, &[Csum, GcpPos1]), opt(up_x(17, &[]))];
pub(super) const N13_KEY_N_12: Format = &[n(13, &[Csum, GcpPos1]), opt(up_n(12, &[]))];
pub(super) const N_8: Format = &[up_n(8, &[])];
pub(super) const N6: Format = &[n(6, &[])];
pub(super) const N_15: Format = &[up_n(15, &[])];
pub(super) const CURRENCY_N_15: Format = &[n(3, &[Iso4217]), up_n(15, &[])];
pub(super) const N4: Format = &[n(4, &[])];
pub(super) const X_30_KEY: Format = &[up_x(30, &[GcpPos1])];
pub(super) const N17_KEY: Format = &[n(17, &[Csum, GcpPos1])];
pub(super) const N13_KEY: Format = &[n(13, &[Csum, GcpPos1])];
pub(super) const COUNTRY_X_9: Format = &[n(3, &[Iso3166]), up_x(9, &[])];
pub(super) const COUNTRY: Format = &[n(3, &[Iso3166])];
pub(super) const COUNTRIES: Format =
    &[n(3, &[Iso3166]), opt(n(3, &[Iso3166])), opt(n(3, &[Iso3166])), opt(n(3, &[Iso3166])), opt(n(3, &[Iso3166]))];
pub(super) const X_3: Format = &[up_x(3, &[])];
pub(super) const X_35_PCENC: Format = &[up_x(35, &[PcEnc])];
pub(super) const X_70_PCENC: Format = &[up_x(70, &[PcEnc])];
pub(super) const COUNTRY_ALPHA2: Format = &[x(2, &[Iso3166Alpha2])];
pub(super) const PLACE: Format = &[n(10, &[Latitude]), n(10, &[Longitude])];
pub(super) const YES_NO: Format = &[n(1, &[YesNo])];
pub(super) const DATE0_TIME: Format = &[n(6, &[Yymmd0]), n(4, &[Hhmi])];
pub(super) const DATE: Format = &[n(6, &[Yymmdd])];
pub(super) const TEMPERATURE: Format = &[n(6, &[]), opt(x(1, &[Hyphen]))];
pub(super) const N13: Format = &[n(13, &[])];
pub(super) const DATE_TIME: Format = &[n(6, &[Yymmdd]), n(4, &[Hhmi])];
pub(super) const N_4: Format = &[up_n(4, &[])];
pub(super) const X_12: Format = &[up_x(12, &[])];
pub(super) const DATES: Format = &[n(6, &[Yymmdd]), opt(n(6, &[Yymmdd]))];
pub(super) const X_10: Format = &[up_x(10, &[])];
pub(super) const X_2: Format = &[up_x(2, &[])];
pub(super) const DATE_MAYBE_TIME: Format = &[n(6, &[Yymmdd]), opt(n(4, &[Hhmi]))];
pub(super) const COUNTRY_999_X_27: Format = &[n(3, &[Iso3166999]), up_x(27, &[])];
pub(super) const UIC: Format = &[n(1, &[]), x(1, &[]), x(1, &[]), x(1, &[ImporterIdx])];
pub(super) const PACKAGE: Format = &[up_x(4, &[PackageType])];
pub(super) const X2_X_28: Format = &[x(2, &[]), up_x(28, &[])];
pub(super) const MEDIA: Format = &[n(2, &[MediaType])];
pub(super) const X_25: Format = &[up_x(25, &[])];
pub(super) const DAY: Format = &[n(8, &[Yyyymmdd])];
pub(super) const DAY_TIME: Format = &[n(8, &[Yyyymmdd]), n(4, &[Hhmi])];
pub(super) const SEX: Format = &[n(1, &[Iso5218])];
pub(super) const X_40_PCENC: Format = &[up_x(40, &[PcEnc])];
pub(super) const X_90_PCENC: Format = &[up_x(90, &[PcEnc])];
pub(super) const POSITION: Format = &[x(3, &[PosInSeqSlash])];
pub(super) const ROLL: Format = &[n(4, &[NonZero]), n(5, &[NonZero]), n(3, &[NonZero]), n(1, &[Winding]), n(1, &[])];
pub(super) const GRAI: Format = &[n(1, &[Zero]), n(13, &[Csum, GcpPos1]), opt(up_x(16, &[]))];
pub(super) const PIECE: Format = &[n(14, &[Csum, GcpPos2]), n(4, &[PieceOfTotal])];
pub(super) const IBAN: Format = &[up_x(34, &[Iban])];
pub(super) const DATE_HH_MI_SS: Format = &[n(6, &[Yymmdd]), n(2, &[Hh]), opt(n(2, &[Mi])), opt(n(2, &[Ss]))];
pub(super) const X_50: Format = &[up_x(50, &[])];
pub(super) const Y_30_KEY: Format = &[up_to(Charset::Set39, 30, &[GcpPos1])];
pub(super) const N_12_NO_ZERO: Format = &[up_n(12, &[NoZeroPrefix])];
pub(super) const X_25_GMN: Format = &[up_x(25, &[CsumAlpha, GcpPos1])];
pub(super) const X_25_MUDI: Format = &[up_x(25, &[CsumAlpha, GcpPos1, HasNonDigit])];
pub(super) const N18_KEY: Format = &[n(18, &[Csum, GcpPos1])];
pub(super) const N_10: Format = &[up_n(10, &[])];
pub(super) const Z_90: Format = &[up_to(Charset::Set64, 90, &[])];
pub(super) const N15: Format = &[n(15, &[])];
pub(super) const N32: Format = &[n(32, &[])];
pub(super) const N18_ON_2: Format = &[n(18, &[]), opt(up_n(2, &[]))];
pub(super) const COUPON: Format = &[up_x(70, &[CouponCode])];
pub(super) const COUPON_OFFER: Format = &[up_x(70, &[CouponPosOffer])];
pub(super) const X_70: Format = &[up_x(70, &[])];
pub(super) const X_90: Format = &[up_x(90, &[])];
