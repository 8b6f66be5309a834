//! How the units sold on a day by a chain are cut into receipts: of 1 to 10 units, each length equally often, in an order
//! that differs from each ten to the next.

use super::shuffle::pick;

/// Units of ten receipts: 1 + 2 + … + 10.
const TEN: u64 = 55;

/// Orders of the ten lengths.
const ORDERS: [[u8; 10]; 8] = [
    [3, 1, 7, 10, 2, 5, 9, 4, 8, 6],
    [6, 9, 1, 4, 8, 2, 10, 7, 3, 5],
    [1, 5, 3, 8, 6, 10, 4, 2, 9, 7],
    [10, 2, 6, 1, 9, 3, 7, 5, 4, 8],
    [4, 8, 10, 5, 1, 7, 3, 6, 2, 9],
    [7, 3, 2, 9, 5, 1, 8, 10, 6, 4],
    [2, 10, 5, 6, 4, 9, 1, 8, 7, 3],
    [9, 4, 8, 3, 7, 6, 2, 1, 5, 10],
];

fn order(ten: u64) -> &'static [u8; 10] {
    // Below eight.
    &ORDERS[pick(ten, 8) as usize]
}

/// The receipt in which a position is.
pub(crate) fn of(position: u64) -> u64 {
    let (ten, within) = (position / TEN, position % TEN);
    let mut end = 0;
    for (at, len) in (0..).zip(order(ten)) {
        end += u64::from(*len);
        if within < end {
            return ten * 10 + at;
        }
    }
    // The lengths add up to 55.
    unreachable!("{within} of {TEN}")
}

/// The positions of a receipt, first and end, where there are `sold` positions in all.
pub(crate) fn positions(receipt: u64, sold: u64) -> (u64, u64) {
    let (ten, at) = (receipt / 10, (receipt % 10) as usize);
    let order = order(ten);
    let before: u64 = order[..at].iter().map(|len| u64::from(*len)).sum();
    let first = ten * TEN + before;
    (first, (first + u64::from(order[at])).min(sold))
}

/// How many receipts `sold` positions make.
pub(crate) fn count(sold: u64) -> u64 {
    if sold == 0 { 0 } else { of(sold - 1) + 1 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn receipts_cover_all_positions_once() {
        for sold in [0, 1, 54, 55, 56, 1000] {
            let mut at = 0;
            for receipt in 0..count(sold) {
                let (first, end) = positions(receipt, sold);
                assert_eq!(first, at);
                assert!((first..end).all(|position| of(position) == receipt) && end - first <= 10 && end > first);
                at = end;
            }
            assert_eq!(at, sold);
        }
    }

    #[test]
    fn each_order_has_each_length_once() {
        for order in ORDERS {
            let mut sorted = order;
            sorted.sort_unstable();
            assert_eq!(sorted, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
        }
    }
}
