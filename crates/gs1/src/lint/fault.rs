//! What a linter finds, as the dictionary names it.

/// What is wrong with a part of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
#[expect(missing_docs, reason = "the dictionary's names of errors, which say it")]
pub enum Fault {
    NonDigitCharacter,
    InvalidCset82Character,
    IncorrectCheckDigit,
    TooShortForCheckDigit,
    IncorrectCheckPair,
    TooShortForCheckPair,
    InvalidGcpPrefix,
    GcpDatasourceOffline,
    RequiresNonDigitCharacter,
    HourTooShort,
    HourTooLong,
    IllegalHour,
    HourWithMinuteTooShort,
    HourWithMinuteTooLong,
    MinuteTooShort,
    MinuteTooLong,
    IllegalMinute,
    SecondTooShort,
    SecondTooLong,
    IllegalSecond,
    DateTooShort,
    DateTooLong,
    IllegalMonth,
    IllegalDay,
    NotHyphen,
    IbanTooShort,
    IbanTooLong,
    IllegalIbanCountryCode,
    InvalidIbanCharacter,
    IncorrectIbanChecksum,
    ImporterIdxMustBeOneCharacter,
    InvalidImportIdxCharacter,
    NotIso3166,
    NotIso3166Or999,
    NotIso3166Alpha2,
    NotIso4217,
    InvalidBiologicalSexCode,
    LatitudeInvalidLength,
    InvalidLatitude,
    LongitudeInvalidLength,
    InvalidLongitude,
    InvalidMediaType,
    IllegalZeroValue,
    IllegalZeroPrefix,
    InvalidPackageType,
    InvalidPercentSequence,
    InvalidLengthForPieceOfTotal,
    ZeroPieceNumber,
    ZeroTotalPieces,
    PieceNumberExceedsTotal,
    PositionInSequenceMalformed,
    PositionExceedsEnd,
    InvalidWindingDirection,
    NotZeroOrOne,
    NotZero,
    /// A part of a coupon.
    Coupon(CouponPart, CouponFault),
    CouponExpirationBeforeStart,
    CouponExcessData,
}

/// What is wrong with a part of a coupon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CouponFault {
    /// It is not there.
    Missing,
    /// The digit that tells its length is not there.
    MissingLength,
    /// The digit that tells its length is wrong.
    WrongLength,
    /// It is shorter than it should be.
    Truncated,
    /// It is not one of the values it may have.
    Invalid,
}

/// The parts of a coupon (GS1 US, *North American Coupon Application Guideline*).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the guideline's names")]
pub enum CouponPart {
    FormatCode,
    Funder,
    Gcp,
    OfferCode,
    SaveValue,
    FirstPurchaseRequirement,
    FirstPurchaseRequirementCode,
    FirstPurchaseFamilyCode,
    AdditionalPurchaseRulesCode,
    SecondPurchaseRequirement,
    SecondPurchaseRequirementCode,
    SecondPurchaseFamilyCode,
    SecondPurchaseGcp,
    ThirdPurchaseRequirement,
    ThirdPurchaseRequirementCode,
    ThirdPurchaseFamilyCode,
    ThirdPurchaseGcp,
    ExpirationDate,
    StartDate,
    SerialNumber,
    RetailerGcpOrGln,
    SaveValueCode,
    SaveValueAppliesToItem,
    StoreCouponFlag,
    DontMultiplyFlag,
}
