//! North American coupons: AIs 8110 and 8112 (GS1 US, *North American Coupon Application Guideline*).

use super::{Check, CouponFault as Why, CouponPart as Part, Fault, Prefix, date, digits, key};

/// What is left to read of a coupon.
struct Reader<'a> {
    data: &'a str,
    at: usize,
}

impl<'a> Reader<'a> {
    /// The next digit, which must be one of those given. What is missing at the end is missing as a whole.
    fn digit(&mut self, part: Part, allowed: &str, missing: Why, wrong: Why) -> Result<u8, (usize, Fault)> {
        let Some(&byte) = self.data.as_bytes().get(self.at) else {
            return Err((0, Fault::Coupon(part, missing)));
        };
        if !allowed.as_bytes().contains(&byte) {
            return Err((self.at, Fault::Coupon(part, wrong)));
        }
        self.at += 1;
        Ok(byte - b'0')
    }

    fn code(&mut self, part: Part, allowed: &str) -> Result<u8, (usize, Fault)> {
        self.digit(part, allowed, Why::Missing, Why::Invalid)
    }

    /// As many digits as said.
    fn take(&mut self, part: Part, length: u8) -> Result<&'a str, (usize, Fault)> {
        let rest = &self.data[self.at..];
        let Some(taken) = rest.get(..usize::from(length)) else {
            let at = if rest.is_empty() { 0 } else { self.at };
            return Err((at, Fault::Coupon(part, Why::Truncated)));
        };
        self.at += taken.len();
        Ok(taken)
    }

    /// A digit that tells the length beyond a least one, then as many digits.
    fn sized(&mut self, part: Part, allowed: &str, least: u8) -> Result<&'a str, (usize, Fault)> {
        let more = self.digit(part, allowed, Why::MissingLength, Why::WrongLength)?;
        self.take(part, more + least)
    }

    /// The company of a further purchase: 9 says that it is the first one's.
    fn further_company(&mut self, part: Part) -> Result<&'a str, (usize, Fault)> {
        if self.field(b'9') {
            return Ok("");
        }
        self.sized(part, COMPANY, 6)
    }

    /// Whether an optional field of this number follows; its number is passed over.
    fn field(&mut self, number: u8) -> bool {
        let follows = self.data.as_bytes().get(self.at) == Some(&number);
        self.at += usize::from(follows);
        follows
    }

    fn date(&mut self, part: Part) -> Result<&'a str, (usize, Fault)> {
        let start = self.at;
        let day = self.take(part, 6)?;
        match date::date(day, 2, false) {
            Ok(()) => Ok(day),
            Err(_) => Err((start, Fault::Coupon(part, Why::Invalid))),
        }
    }

    fn end(&self) -> Check {
        if self.at == self.data.len() { Ok(()) } else { Err((self.at, Fault::CouponExcessData)) }
    }
}

const COMPANY: &str = "0123456";
const AMOUNT: &str = "12345";
const REQUIREMENT: &str = "012349";
const ANY: &str = "0123456789";

/// `couponcode`: AI 8110.
pub(super) fn code(data: &str, register: &mut dyn FnMut(&str) -> Prefix) -> Check {
    digits(data)?;
    let mut coupon = Reader { data, at: 0 };
    let mut known = |company: &str, end: usize| {
        if company.is_empty() {
            return Ok(());
        }
        key::prefix(company, 0, register).map_err(|(_, fault)| (end - company.len(), fault))
    };
    let company = coupon.sized(Part::Gcp, COMPANY, 6)?;
    known(company, coupon.at)?;
    coupon.take(Part::OfferCode, 6)?;
    coupon.sized(Part::SaveValue, AMOUNT, 0)?;
    coupon.sized(Part::FirstPurchaseRequirement, AMOUNT, 0)?;
    coupon.code(Part::FirstPurchaseRequirementCode, REQUIREMENT)?;
    coupon.take(Part::FirstPurchaseFamilyCode, 3)?;
    if coupon.field(b'1') {
        coupon.code(Part::AdditionalPurchaseRulesCode, "0123")?;
        coupon.sized(Part::SecondPurchaseRequirement, AMOUNT, 0)?;
        coupon.code(Part::SecondPurchaseRequirementCode, REQUIREMENT)?;
        coupon.take(Part::SecondPurchaseFamilyCode, 3)?;
        let company = coupon.further_company(Part::SecondPurchaseGcp)?;
        known(company, coupon.at)?;
    }
    if coupon.field(b'2') {
        coupon.sized(Part::ThirdPurchaseRequirement, AMOUNT, 0)?;
        coupon.code(Part::ThirdPurchaseRequirementCode, REQUIREMENT)?;
        coupon.take(Part::ThirdPurchaseFamilyCode, 3)?;
        let company = coupon.further_company(Part::ThirdPurchaseGcp)?;
        known(company, coupon.at)?;
    }
    let before = coupon.at;
    let expiry = if coupon.field(b'3') { Some(coupon.date(Part::ExpirationDate)?) } else { None };
    if coupon.field(b'4') {
        let start = coupon.date(Part::StartDate)?;
        if expiry.is_some_and(|expiry| expiry < start) {
            return Err((before, Fault::CouponExpirationBeforeStart));
        }
    }
    if coupon.field(b'5') {
        coupon.sized(Part::SerialNumber, ANY, 6)?;
    }
    if coupon.field(b'6') {
        let company = coupon.sized(Part::RetailerGcpOrGln, "1234567", 6)?;
        known(company, coupon.at)?;
    }
    if coupon.field(b'9') {
        coupon.code(Part::SaveValueCode, "01256")?;
        coupon.code(Part::SaveValueAppliesToItem, "012")?;
        coupon.code(Part::StoreCouponFlag, ANY)?;
        coupon.code(Part::DontMultiplyFlag, "01")?;
    }
    coupon.end()
}

/// `couponposoffer`: AI 8112.
pub(super) fn offer(data: &str) -> Check {
    digits(data)?;
    let mut coupon = Reader { data, at: 0 };
    coupon.code(Part::FormatCode, "01")?;
    coupon.sized(Part::Funder, COMPANY, 6)?;
    coupon.take(Part::OfferCode, 6)?;
    coupon.sized(Part::SerialNumber, ANY, 6)?;
    coupon.end()
}
