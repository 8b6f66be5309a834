//! Documents: the only way to change the ledger (DESIGN §1). Typed, applied whole or not at all, kept for ever.

pub use crate::series::Range;

use crate::party::PartyId;
use crate::product::{Facts, Paper, Product};
use crate::region::Region;
use crate::series::{PackageId, PackageLevel};
use crate::state::{BlockReason, DocumentNo, WithdrawalReason};
use crate::string_enum::string_enum;
use gs1::Gtin;
use seal::Profile;

/// Most codes in one order.
pub const ORDER_LIMIT: u64 = 10_000_000;

/// Most single codes listed in one document over HTTP; ranges of an order are not limited.
pub const LISTED_CODES_LIMIT: usize = 30_000;

/// Units and packages that a document speaks of. A package stands for all that is in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Items {
    /// Units.
    pub units: Vec<Range>,
    /// Packages.
    pub packages: Vec<PackageId>,
}

/// A package to be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Packing {
    /// Its SSCC.
    pub package: PackageId,
    /// Its level.
    pub level: PackageLevel,
    /// What goes into it.
    pub contents: Items,
}

string_enum! {
    /// How what arrived differs from what was announced.
    Discrepancy {
        /// Arrived, not announced.
        Overage = "overage",
        /// Announced, not arrived.
        Shortage = "shortage",
        /// Goods arrived without data in the document.
        ProductWithoutData = "product_without_data",
        /// The document has data without goods.
        DataWithoutProduct = "data_without_product",
        /// Arrived damaged.
        Damaged = "damaged",
    }
}

string_enum! {
    /// How a shipment stands.
    ShipmentState {
        /// Shipped, not answered.
        Open = "open",
        /// Accepted as announced.
        Accepted = "accepted",
        /// Accepted but for what differed.
        AcceptedWithDiscrepancy = "accepted_with_discrepancy",
        /// Refused by the receiver.
        Refused = "refused",
        /// Taken back by the sender.
        Cancelled = "cancelled",
    }
}

/// Goods of a shipment that are not accepted as announced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Differing {
    /// Which.
    pub items: Items,
    /// How they differ.
    pub how: Discrepancy,
}

/// A document, read and resolved: codes are already numbers of their series.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Document {
    /// Registers a product card.
    RegisterProduct(Product),
    /// Orders codes: the next `quantity` numbers of the series.
    OrderCodes {
        /// The product.
        gtin: Gtin,
        /// How many.
        quantity: u64,
        /// Tail of the codes.
        profile: Profile,
    },
    /// Registers a participant's own serials of a product, before they are used.
    RegisterSerials {
        /// The product.
        gtin: Gtin,
        /// The serials, each once.
        serials: Vec<String>,
    },
    /// Recognises codes of another state of the Union: they are in circulation there and now here.
    RecogniseSerials {
        /// The product.
        gtin: Gtin,
        /// The state, ISO 3166-1 alpha-2.
        state: String,
        /// The serials, each once.
        serials: Vec<String>,
    },
    /// Reports codes as applied to products.
    Apply {
        /// The units.
        units: Vec<Range>,
    },
    /// Introduces units into circulation, with the facts of their batch.
    Introduce {
        /// The units, all of one product.
        units: Vec<Range>,
        /// The facts of R5.
        facts: Facts,
    },
    /// Withdraws goods from circulation.
    Withdraw {
        /// The goods.
        items: Items,
        /// Why.
        reason: WithdrawalReason,
        /// Where it was sold, if that may be published.
        region: Option<Region>,
    },
    /// Brings goods back into circulation.
    Return {
        /// The units.
        units: Vec<Range>,
    },
    /// Gives up codes that were not applied.
    Annul {
        /// The units.
        units: Vec<Range>,
    },
    /// Gives up codes that never were in circulation.
    WriteOff {
        /// The units.
        units: Vec<Range>,
        /// Why.
        reason: WithdrawalReason,
    },
    /// A state body blocks goods, whoever owns them.
    Block {
        /// The goods.
        items: Items,
        /// Why.
        reason: BlockReason,
    },
    /// Lifts a block.
    Unblock {
        /// The goods.
        items: Items,
    },
    /// Recalls goods from the market: the one who introduced them, or a state body.
    Recall {
        /// The units.
        units: Vec<Range>,
    },
    /// Lifts a recall.
    LiftRecall {
        /// The units.
        units: Vec<Range>,
    },
    /// Imported goods wait for release by customs.
    AwaitCustoms {
        /// The units.
        units: Vec<Range>,
    },
    /// Customs released the goods.
    ClearCustoms {
        /// The units.
        units: Vec<Range>,
        /// The declaration.
        declaration: Paper,
    },
    /// Inner units of a unit are sold one by one.
    SellInner {
        /// The unit.
        unit: Range,
        /// How many are sold now.
        count: u32,
        /// Where, if that may be published.
        region: Option<Region>,
    },
    /// Damaged labels are replaced by new codes.
    Remark {
        /// Old unit and new unit, each a range of one.
        pairs: Vec<(Range, Range)>,
    },
    /// Makes packages.
    Aggregate {
        /// The packages; one may hold another that stands before it.
        packages: Vec<Packing>,
    },
    /// Takes packages apart, one level.
    Disaggregate {
        /// The packages.
        packages: Vec<PackageId>,
    },
    /// Takes goods out of a package, which stays.
    TakeOut {
        /// The package.
        package: PackageId,
        /// What is taken out: directly in it.
        items: Items,
    },
    /// Puts more into a package.
    Add {
        /// The package.
        package: PackageId,
        /// What is put in.
        items: Items,
    },
    /// Exchanges contents of a package.
    Replace {
        /// The package.
        package: PackageId,
        /// What is taken out.
        out: Items,
        /// What is put in.
        into: Items,
    },
    /// Goods become part of new goods: a set, a repacking.
    Transform {
        /// What is used up.
        from: Items,
        /// What comes of it: applied units.
        to: Vec<Range>,
        /// The facts of the new goods.
        facts: Facts,
    },
    /// Ships goods to another participant.
    Ship {
        /// The goods.
        items: Items,
        /// The receiver.
        to: PartyId,
    },
    /// The receiver accepts a shipment, all but what differs.
    Accept {
        /// The shipment.
        shipment: DocumentNo,
        /// What differs; the rest is accepted.
        differing: Vec<Differing>,
    },
    /// The receiver refuses a shipment.
    RefuseShipment {
        /// The shipment.
        shipment: DocumentNo,
    },
    /// The sender takes a shipment back before it is answered.
    CancelShipment {
        /// The shipment.
        shipment: DocumentNo,
    },
    /// Takes back what an earlier document did to these units, where nothing has followed since.
    Correct {
        /// The earlier document.
        document: DocumentNo,
        /// The units.
        units: Vec<Range>,
    },
    /// Takes back what an earlier document did to these packages, with what it moved into and out of them or withdrew in
    /// them, where nothing has followed since.
    CorrectPackages {
        /// The earlier document.
        document: DocumentNo,
        /// The packages.
        packages: Vec<PackageId>,
    },
}

string_enum! {
    /// Type of a document, as it is published and kept.
    DocumentKind {
        /// [`Document::RegisterProduct`].
        RegisterProduct = "register_product",
        /// [`Document::OrderCodes`].
        OrderCodes = "order_codes",
        /// [`Document::Apply`].
        Apply = "apply",
        /// [`Document::Introduce`].
        Introduce = "introduce",
        /// [`Document::Withdraw`].
        Withdraw = "withdraw",
        /// [`Document::Block`].
        Block = "block",
        /// [`Document::Unblock`].
        Unblock = "unblock",
        /// [`Document::RegisterSerials`].
        RegisterSerials = "register_serials",
        /// [`Document::RecogniseSerials`].
        RecogniseSerials = "recognise_serials",
        /// [`Document::Return`].
        Return = "return",
        /// [`Document::Annul`].
        Annul = "annul",
        /// [`Document::WriteOff`].
        WriteOff = "write_off",
        /// [`Document::Recall`].
        Recall = "recall",
        /// [`Document::LiftRecall`].
        LiftRecall = "lift_recall",
        /// [`Document::AwaitCustoms`].
        AwaitCustoms = "await_customs",
        /// [`Document::ClearCustoms`].
        ClearCustoms = "clear_customs",
        /// [`Document::SellInner`].
        SellInner = "sell_inner",
        /// [`Document::Remark`].
        Remark = "remark",
        /// [`Document::Aggregate`].
        Aggregate = "aggregate",
        /// [`Document::Disaggregate`].
        Disaggregate = "disaggregate",
        /// [`Document::TakeOut`].
        TakeOut = "take_out",
        /// [`Document::Add`].
        Add = "add",
        /// [`Document::Replace`].
        Replace = "replace",
        /// [`Document::Transform`].
        Transform = "transform",
        /// [`Document::Ship`].
        Ship = "ship",
        /// [`Document::Accept`].
        Accept = "accept",
        /// [`Document::RefuseShipment`].
        RefuseShipment = "refuse_shipment",
        /// [`Document::CancelShipment`].
        CancelShipment = "cancel_shipment",
        /// [`Document::Correct`] and [`Document::CorrectPackages`].
        Correct = "correct",
    }
}

impl DocumentKind {
    /// Its published number: the place in the list, from 1.
    pub fn code(self) -> u8 {
        Self::ALL.iter().position(|kind| *kind == self).unwrap_or_default() as u8 + 1
    }

    /// The kind with this number.
    pub fn from_code(code: u8) -> Option<Self> {
        usize::from(code).checked_sub(1).and_then(|at| Self::ALL.get(at)).copied()
    }
}

impl Document {
    /// Its type.
    pub const fn kind(&self) -> DocumentKind {
        match self {
            Self::RegisterProduct(_) => DocumentKind::RegisterProduct,
            Self::OrderCodes { .. } => DocumentKind::OrderCodes,
            Self::RegisterSerials { .. } => DocumentKind::RegisterSerials,
            Self::RecogniseSerials { .. } => DocumentKind::RecogniseSerials,
            Self::Apply { .. } => DocumentKind::Apply,
            Self::Introduce { .. } => DocumentKind::Introduce,
            Self::Withdraw { .. } => DocumentKind::Withdraw,
            Self::Return { .. } => DocumentKind::Return,
            Self::Annul { .. } => DocumentKind::Annul,
            Self::WriteOff { .. } => DocumentKind::WriteOff,
            Self::Block { .. } => DocumentKind::Block,
            Self::Unblock { .. } => DocumentKind::Unblock,
            Self::Recall { .. } => DocumentKind::Recall,
            Self::LiftRecall { .. } => DocumentKind::LiftRecall,
            Self::AwaitCustoms { .. } => DocumentKind::AwaitCustoms,
            Self::ClearCustoms { .. } => DocumentKind::ClearCustoms,
            Self::SellInner { .. } => DocumentKind::SellInner,
            Self::Remark { .. } => DocumentKind::Remark,
            Self::Aggregate { .. } => DocumentKind::Aggregate,
            Self::Disaggregate { .. } => DocumentKind::Disaggregate,
            Self::TakeOut { .. } => DocumentKind::TakeOut,
            Self::Add { .. } => DocumentKind::Add,
            Self::Replace { .. } => DocumentKind::Replace,
            Self::Transform { .. } => DocumentKind::Transform,
            Self::Ship { .. } => DocumentKind::Ship,
            Self::Accept { .. } => DocumentKind::Accept,
            Self::RefuseShipment { .. } => DocumentKind::RefuseShipment,
            Self::CancelShipment { .. } => DocumentKind::CancelShipment,
            Self::Correct { .. } | Self::CorrectPackages { .. } => DocumentKind::Correct,
        }
    }
}
