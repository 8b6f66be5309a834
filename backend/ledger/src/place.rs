//! Where in its body a document names a range or a package.

use shared::refusal::{Refusal, RefusalCode};

/// Where a range or package stands in the body. One a range and package, in the order of [`crate::named`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// `/units/orders/<index>`.
    Order {
        /// Its index.
        index: usize,
        /// The number in the series at which its order begins.
        base: u64,
    },
    /// `/units/codes/<index>`.
    Code {
        /// Its index.
        index: usize,
    },
    /// An index in another list.
    Listed {
        /// JSON pointer of the list; `*` in it stands for `outer`, such as `/packages/*/contents/codes`.
        list: &'static str,
        /// Index in the list around it.
        outer: u32,
        /// Its index.
        index: u32,
    },
    /// A field.
    Field(&'static str),
}

impl Place {
    /// A refusal of `count` units from this number of their series.
    pub(crate) fn refusal(self, code: RefusalCode, number: u64, count: u64) -> Refusal {
        let refusal = Refusal::new(code).at(self.pointer());
        match self {
            Self::Order { base, .. } => refusal.with("number", number.saturating_sub(base)).with("count", count),
            Self::Code { .. } | Self::Listed { .. } | Self::Field(_) => refusal,
        }
    }

    /// The JSON pointer (RFC 6901).
    pub fn pointer(self) -> String {
        match self {
            Self::Order { index, .. } => format!("/units/orders/{index}"),
            Self::Code { index } => format!("/units/codes/{index}"),
            Self::Listed { list, outer, index } => format!("{}/{index}", list.replacen('*', &outer.to_string(), 1)),
            Self::Field(pointer) => pointer.to_owned(),
        }
    }
}
