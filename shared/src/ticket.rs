//! The ticket of a report: what its author keeps to ask what became of it.

use core::fmt;
use core::str::FromStr;

/// `TB-XXXX-XXXX-XXXX-XXXX`: 80 bits derived from the report's id, in Crockford base 32. The phone knows it before
/// anything is sent; nobody can guess another's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ticket([u8; 16]);

/// The text is not a ticket.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a ticket of the form TB-XXXX-XXXX-XXXX-XXXX")]
pub struct BadTicket;

const CROCKFORD: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Id of a report: 16 random bytes chosen by the phone; 32 lowercase hex digits on the wire. A second delivery has the
/// same id and makes no second report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ReportId(pub [u8; 16]);

/// The text is not a report id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a report id: 32 lowercase hexadecimal digits")]
pub struct BadReportId;

impl ReportId {
    /// The ticket of the report with this id. One-way, so that a ticket read over a shoulder does not give the id.
    pub fn ticket(self) -> Ticket {
        let hash = seal::hmac_sha256(b"tanba report ticket v1", &self.0);
        let mut text = [0_u8; 16];
        let mut bits = 0_u32;
        let mut have = 0;
        let mut bytes = hash.iter();
        for slot in &mut text {
            while have < 5 {
                bits = (bits << 8) | u32::from(bytes.next().copied().unwrap_or(0));
                have += 8;
            }
            have -= 5;
            *slot = CROCKFORD[(bits >> have) as usize & 31];
        }
        Ticket(text)
    }
}

impl fmt::Display for ReportId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl FromStr for ReportId {
    type Err = BadReportId;
    fn from_str(text: &str) -> Result<Self, BadReportId> {
        let digits = text.as_bytes();
        if digits.len() != 32 || !digits.iter().all(|digit| matches!(digit, b'0'..=b'9' | b'a'..=b'f')) {
            return Err(BadReportId);
        }
        let mut id = [0; 16];
        for (byte, pair) in id.iter_mut().zip(text.as_bytes().chunks(2)) {
            let pair = core::str::from_utf8(pair).map_err(|_| BadReportId)?;
            *byte = u8::from_str_radix(pair, 16).map_err(|_| BadReportId)?;
        }
        Ok(Self(id))
    }
}

impl fmt::Display for Ticket {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TB")?;
        self.0.chunks(4).try_for_each(|part| write!(f, "-{}", String::from_utf8_lossy(part)))
    }
}

impl FromStr for Ticket {
    type Err = BadTicket;
    /// Reads a ticket as people type it: any case, with or without hyphens, O for 0 and I or L for 1.
    fn from_str(text: &str) -> Result<Self, BadTicket> {
        let mut digits = text.chars().filter(|c| !matches!(c, '-' | ' ')).map(|c| match c.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            c => c,
        });
        if digits.next() != Some('T') || digits.next() != Some('B') {
            return Err(BadTicket);
        }
        let mut ticket = [0; 16];
        for slot in &mut ticket {
            let digit = digits.next().and_then(|c| u8::try_from(c).ok()).ok_or(BadTicket)?;
            *slot = CROCKFORD.contains(&digit).then_some(digit).ok_or(BadTicket)?;
        }
        digits.next().is_none().then_some(Self(ticket)).ok_or(BadTicket)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn tickets_come_back_as_people_type_them(id: [u8; 16]) {
            let id = ReportId(id);
            let text = id.ticket().to_string();
            prop_assert_eq!(text.parse::<Ticket>().unwrap(), id.ticket());
            let typed = text.replace('-', " ").to_lowercase().replace('0', "o").replace('1', "l");
            prop_assert_eq!(typed.parse::<Ticket>().unwrap(), id.ticket());
            prop_assert_eq!(id.to_string().parse::<ReportId>().unwrap(), id);
        }

        #[test]
        fn any_text_is_read_or_refused(text in ".{0,40}") {
            let _ = text.parse::<Ticket>();
            let _ = text.parse::<ReportId>();
        }
    }
}
