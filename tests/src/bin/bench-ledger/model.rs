//! The cost model of docs/internals/ledger.md, section 9, for what was written meanwhile.

/// What was written, by what it costs.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Written {
    /// Receipts, and units sold by them one by one.
    pub(crate) receipts: u64,
    pub(crate) sold: u64,
    /// Units returned or corrected, each by its own document.
    pub(crate) returned: u64,
    /// Documents that speak of ranges: lots applied, introduced, shipped, accepted.
    pub(crate) ranges: u64,
    /// Changes of units that documents list one by one at random.
    pub(crate) listed: u64,
    /// Documents with a key of their client's choice: a row each in `request` and `body`.
    pub(crate) named: u64,
    /// Blocks that were there before.
    pub(crate) blocks: u64,
}

const RECEIPT: f64 = 8.1;
const SOLD_IN_LOG: f64 = 4.35;
const SOLD_IN_BLOCK: f64 = 3.9;
const RETURNED: f64 = 4.4 + 3.7 + 8.1;
const RANGE: f64 = 45.0;
const LISTED: f64 = 1.55;
/// A unit that parts from its neighbours by a document that many others share: the gap to the next, and where it goes.
const LISTED_IN_BLOCK: f64 = 2.0;
/// Keys, hashes, answers, and rows around them.
const NAMED: f64 = 250.0;
/// What a block leaves empty in its pages once it has grown: those that are written side by side fill theirs.
const ROOM: f64 = 70.0;
/// Rows of SQLite pages that are not full of blocks of several kilobytes.
const PAGES: f64 = 1.2;

impl Written {
    /// Blocks that changes at random fall on ("Gathering" on that page).
    fn touched(&self) -> f64 {
        let (blocks, changes) = (self.blocks as f64, (self.sold + self.listed) as f64);
        if blocks > 0.0 { blocks * (1.0 - (-changes / blocks).exp()) } else { 0.0 }
    }

    /// Bytes by which the file should have grown, without the bodies of receipts.
    pub(crate) fn bytes(&self) -> f64 {
        let count = |count: u64| count as f64;
        let log = count(self.receipts) * RECEIPT
            + count(self.sold) * SOLD_IN_LOG
            + count(self.ranges) * RANGE
            + count(self.listed) * LISTED
            + count(self.returned) * RETURNED;
        let blocks = count(self.sold) * SOLD_IN_BLOCK + count(self.listed) * LISTED_IN_BLOCK;
        log + blocks * PAGES + self.touched() * ROOM + count(self.named) * NAMED
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_of_sales_costs_what_the_table_says() {
        // 50 million units in 9.1 million receipts.
        let day = Written { receipts: 9_090_909, sold: 50_000_000, ..Written::default() };
        assert!((day.bytes() - 525e6).abs() < 1e6, "{}", day.bytes());
        // On blocks that were written side by side and are all touched.
        let on_full_pages = Written { blocks: 1_000_000, ..day };
        assert!((on_full_pages.bytes() - day.bytes() - 70e6).abs() < 1e6, "{}", on_full_pages.bytes());
    }
}
