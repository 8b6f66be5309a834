//! Numbers with a meaning of their own: counts, places, flags.

use super::{Check, Fault, digits, whole};

/// `zero`: nothing but zeros.
pub(super) fn zero(data: &str) -> Check {
    whole(!data.is_empty() && data.bytes().all(|byte| byte == b'0'), Fault::NotZero)
}

/// `nonzero`: a number other than zero.
pub(super) fn non_zero(data: &str) -> Check {
    digits(data)?;
    whole(data.bytes().any(|byte| byte != b'0'), Fault::IllegalZeroValue)
}

/// `nozeroprefix`: a number without leading zeros.
pub(super) fn no_zero_prefix(data: &str) -> Check {
    digits(data)?;
    whole(!data.starts_with('0'), Fault::IllegalZeroPrefix)
}

/// `hyphen`: a minus sign.
pub(super) fn hyphen(data: &str) -> Check {
    whole(!data.is_empty() && data.bytes().all(|byte| byte == b'-'), Fault::NotHyphen)
}

/// `yesno`: 1 for yes, 0 for no.
pub(super) fn yes_no(data: &str) -> Check {
    whole(matches!(data, "0" | "1"), Fault::NotZeroOrOne)
}

/// `winding`: the direction of a roll: face out, face in, or 9 for not said.
pub(super) fn winding(data: &str) -> Check {
    whole(matches!(data, "0" | "1" | "9"), Fault::InvalidWindingDirection)
}

/// `pieceoftotal`: the number of a piece, then the number of all pieces, of as many digits.
pub(super) fn piece_of_total(data: &str) -> Check {
    whole(!data.is_empty() && data.len().is_multiple_of(2), Fault::InvalidLengthForPieceOfTotal)?;
    digits(data)?;
    let half = data.len() / 2;
    let (piece, total) = data.split_at(half);
    whole(non_zero(piece).is_ok(), Fault::ZeroPieceNumber)?;
    non_zero(total).map_err(|_| (half, Fault::ZeroTotalPieces))?;
    whole(piece <= total, Fault::PieceNumberExceedsTotal)
}

/// `posinseqslash`: a position, a slash, and the last position, such as `1/3`.
pub(super) fn position_in_sequence(data: &str) -> Check {
    let malformed = (0, Fault::PositionInSequenceMalformed);
    let (position, end) = data.split_once('/').ok_or(malformed)?;
    let number = |text: &str| !text.is_empty() && digits(text).is_ok();
    whole(number(position) && number(end), malformed.1)?;
    no_zero_prefix(position)?;
    no_zero_prefix(end).map_err(|(_, fault)| (position.len() + 1, fault))?;
    whole((position.len(), position) <= (end.len(), end), Fault::PositionExceedsEnd)
}

/// `latitude`: ten-millionths of a degree, counted from the south pole.
pub(super) fn latitude(data: &str) -> Check {
    whole(data.len() == 10, Fault::LatitudeInvalidLength)?;
    digits(data)?;
    whole(data <= "1800000000", Fault::InvalidLatitude)
}

/// `longitude`: ten-millionths of a degree, counted eastwards.
pub(super) fn longitude(data: &str) -> Check {
    whole(data.len() == 10, Fault::LongitudeInvalidLength)?;
    digits(data)?;
    whole(data <= "3600000000", Fault::InvalidLongitude)
}
