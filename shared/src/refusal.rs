//! Every refusal the system can give: closed, numbered, documented, never renumbered (ARCHITECTURE, invariant 4).
//!
//! Texts are in `locales/<tag>/refusals.ftl`: `refusal-<name>` is what is wrong, its attribute `.mend` how to mend it.
//! A number once published is never reused, also when its refusal is no longer given.

use std::collections::BTreeMap;

/// A text is not one of the published spellings of the named enumeration.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a published value of {0}")]
pub struct Unspelled(pub &'static str);

macro_rules! refusals {
    ($($(#[$meta:meta])* $variant:ident = $number:literal, $name:literal, $status:literal;)+) => {
        /// The closed list of refusals.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u16)]
        pub enum RefusalCode { $($(#[$meta])* $variant = $number,)+ }

        impl RefusalCode {
            /// Every refusal, by number.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// Its stable number.
            pub const fn number(self) -> u16 {
                self as u16
            }

            /// Its stable name.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)+ }
            }

            /// The HTTP status it is answered with (RFC 9110).
            pub const fn status(self) -> u16 {
                match self { $(Self::$variant => $status,)+ }
            }
        }
    };
}

refusals! {
    /// The body is not JSON of the form the route asks for; `reason` tells where.
    MalformedBody = 1001, "malformed_body", 400;
    /// The body is larger than `limit` bytes.
    BodyTooLarge = 1002, "body_too_large", 413;
    /// The body's media type is not application/json.
    UnsupportedMediaType = 1003, "unsupported_media_type", 415;
    /// No API key, or one that is not known.
    Unauthorized = 1004, "unauthorized", 401;
    /// The participant's role does not include the route.
    Forbidden = 1005, "forbidden", 403;
    /// No such route or resource.
    NotFound = 1006, "not_found", 404;
    /// The route exists with other methods.
    MethodNotAllowed = 1007, "method_not_allowed", 405;
    /// A write without an Idempotency-Key header.
    IdempotencyKeyMissing = 1008, "idempotency_key_missing", 400;
    /// The same Idempotency-Key was used for another request.
    IdempotencyKeyReused = 1009, "idempotency_key_reused", 422;
    /// Idempotency-Key is not 1 to 64 visible ASCII characters.
    IdempotencyKeyMalformed = 1010, "idempotency_key_malformed", 400;
    /// A field has a value it may not have; `field` and `reason` name it.
    FieldInvalid = 1011, "field_invalid", 422;
    /// More requests at once than are served; try later.
    Busy = 1012, "busy", 429;
    /// The store cannot take the request now; nothing was changed.
    StoreUnavailable = 1013, "store_unavailable", 503;
    /// A request between edge and backend without a valid signature.
    SignatureInvalid = 1015, "signature_invalid", 401;
    /// A query parameter is missing or has a value it may not have.
    QueryInvalid = 1016, "query_invalid", 400;

    /// A card with this GTIN is registered already.
    ProductExists = 2001, "product_exists", 409;
    /// No card with this GTIN.
    ProductUnknown = 2002, "product_unknown", 404;
    /// The GTIN is malformed or its check digit is wrong.
    GtinInvalid = 2003, "gtin_invalid", 422;
    /// The card belongs to another participant.
    ProductNotYours = 2004, "product_not_yours", 403;
    /// Imported goods without an importer, or domestic goods with one.
    ImporterMismatch = 2005, "importer_mismatch", 422;

    /// The quantity is not between 1 and `limit`.
    QuantityOutOfRange = 3001, "quantity_out_of_range", 422;
    /// The series of this GTIN has no room for the quantity; `left` codes can still be ordered.
    SeriesExhausted = 3002, "series_exhausted", 409;
    /// No such order of yours.
    OrderUnknown = 3003, "order_unknown", 404;
    /// The text is not a marking code.
    CodeUnreadable = 3004, "code_unreadable", 422;
    /// The code was never issued, or its tail does not verify.
    CodeNotIssued = 3005, "code_not_issued", 422;
    /// The code stands in the document twice.
    CodeRepeated = 3006, "code_repeated", 422;
    /// More codes than `limit` in one document.
    TooManyCodes = 3007, "too_many_codes", 422;
    /// No active key for the group and profile.
    NoActiveKey = 3008, "no_active_key", 409;
    /// The units are not within the order.
    UnitsOutOfOrder = 3009, "units_out_of_order", 422;
    /// The document names no units.
    NoUnits = 3010, "no_units", 422;
    /// The label sheet would have more than `limit` labels.
    TooManyLabels = 3011, "too_many_labels", 422;

    /// The code is reported as applied already.
    AlreadyApplied = 4001, "already_applied", 409;
    /// The code is not applied yet.
    NotApplied = 4002, "not_applied", 409;
    /// The code is in circulation already: no second serialisation (R1).
    AlreadyIntroduced = 4003, "already_introduced", 409;
    /// The code is not in circulation.
    NotInCirculation = 4004, "not_in_circulation", 409;
    /// The code was withdrawn and does not come back (R1).
    AlreadyWithdrawn = 4005, "already_withdrawn", 409;
    /// The unit is blocked by a state body.
    Blocked = 4006, "blocked", 409;
    /// The unit is not blocked.
    NotBlocked = 4007, "not_blocked", 409;
    /// A fact that the law asks for is missing; `field` names it.
    FactMissing = 4008, "fact_missing", 422;
    /// Imported goods need the number and date of the customs declaration.
    CustomsDeclarationMissing = 4009, "customs_declaration_missing", 422;
    /// A date lies in the future; `field` names it.
    DateInFuture = 4010, "date_in_future", 422;
    /// The goods are past their date.
    Expired = 4011, "expired", 409;
    /// The unit belongs to another participant.
    UnitNotYours = 4012, "unit_not_yours", 403;
    /// The code was written off: it never was in circulation and never will be.
    AlreadyWrittenOff = 4013, "already_written_off", 409;
    /// The code was annulled.
    Annulled = 4014, "annulled", 409;
    /// The code was withdrawn for good: goods withdrawn for that reason do not come back (R1).
    WithdrawnForGood = 4015, "withdrawn_for_good", 409;
    /// The unit is not withdrawn.
    NotWithdrawn = 4016, "not_withdrawn", 409;
    /// The unit is recalled from the market.
    Recalled = 4017, "recalled", 409;
    /// The unit is not recalled.
    NotRecalled = 4018, "not_recalled", 409;
    /// The unit is under way to another participant, who has not answered yet.
    AwaitingTransfer = 4019, "awaiting_transfer", 409;
    /// The unit waits for release by customs.
    AwaitingCustoms = 4020, "awaiting_customs", 409;
    /// The unit does not wait for customs.
    NotAwaitingCustoms = 4021, "not_awaiting_customs", 409;
    /// Inner units of the unit were sold: it is no longer whole.
    PartiallySold = 4022, "partially_sold", 409;
    /// No inner unit of the unit was sold.
    NotPartiallySold = 4023, "not_partially_sold", 409;
    /// The document may not give this reason.
    ReasonNotAllowed = 4024, "reason_not_allowed", 422;
    /// Goods made in the country do not pass customs.
    NotImported = 4025, "not_imported", 422;
    /// The new code goes on for another code already.
    AlreadyReplacement = 4026, "already_replacement", 409;
    /// The new code is of another product than the one it goes on for.
    ReplacementMismatch = 4027, "replacement_mismatch", 422;
    /// Documents of this type are applied whole or not at all.
    PartialNotAllowed = 4028, "partial_not_allowed", 422;
    /// The term in which the code may be applied has not passed: the operator does not annul it yet.
    TermNotPassed = 4029, "term_not_passed", 409;

    /// The sealed report cannot be opened with the key it names.
    ReportUnreadable = 5001, "report_unreadable", 422;
    /// No report with this ticket.
    ReportUnknown = 5002, "report_unknown", 404;
    /// The ticket is not one of ours.
    TicketInvalid = 5003, "ticket_invalid", 400;

    /// No code was given.
    CodeEmpty = 6001, "code_empty", 422;
    /// The code is longer than `limit` characters.
    CodeTooLong = 6002, "code_too_long", 422;
    /// Neither the cache nor the backend can tell the state or the keys now; try later.
    AnswerUnavailable = 6003, "answer_unavailable", 503;

    /// The package was never formed.
    PackageUnknown = 7001, "package_unknown", 422;
    /// A package with this SSCC was formed before: an SSCC is used once.
    PackageExists = 7002, "package_exists", 409;
    /// The unit or package is in a package already.
    AlreadyPacked = 7003, "already_packed", 409;
    /// The unit or package is not directly in that package.
    NotInPackage = 7004, "not_in_package", 409;
    /// The package was taken apart.
    PackageDissolved = 7005, "package_dissolved", 409;
    /// A package of this level does not hold a package of that level.
    PackageLevelMismatch = 7006, "package_level_mismatch", 422;
    /// Packages would be nested more than `limit` deep.
    PackageTooDeep = 7007, "package_too_deep", 422;
    /// The package would hold more than `limit` units and packages directly.
    PackageFull = 7008, "package_full", 422;
    /// A package without contents.
    PackageEmpty = 7009, "package_empty", 422;
    /// This cannot be done to a package.
    NotForPackages = 7010, "not_for_packages", 422;
    /// This can be done to a package alone.
    NotForUnits = 7011, "not_for_units", 422;
    /// The package would be in itself.
    PackageInItself = 7012, "package_in_itself", 422;

    /// No such shipment from you or to you.
    ShipmentUnknown = 7101, "shipment_unknown", 404;
    /// The shipment is answered already.
    ShipmentClosed = 7102, "shipment_closed", 409;
    /// The term in which the shipment could be accepted ended on `due`.
    ShipmentOverdue = 7103, "shipment_overdue", 409;
    /// No such receiver, or one to whom nothing can be shipped.
    ReceiverInvalid = 7104, "receiver_invalid", 422;
    /// The unit is not under way.
    NotUnderWay = 7105, "not_under_way", 409;
    /// The unit is not in the shipment.
    NotInShipment = 7106, "not_in_shipment", 422;
    /// The unit is in the shipment, though it is said not to be.
    InShipment = 7107, "in_shipment", 422;

    /// The serial is registered already (R1).
    SerialExists = 7201, "serial_exists", 409;
    /// The serial is not 1 to 20 characters that GS1 allows in a serial.
    SerialInvalid = 7202, "serial_invalid", 422;
    /// The serial has the form of those that we issue ourselves.
    SerialReserved = 7203, "serial_reserved", 422;
    /// Not another state of the Union.
    StateInvalid = 7204, "state_invalid", 422;

    /// No such document of yours.
    DocumentUnknown = 7301, "document_unknown", 404;
    /// What this document did is not taken back by a correction.
    NotCorrectable = 7302, "not_correctable", 409;
    /// Something else has happened to the unit since.
    ChangedSince = 7303, "changed_since", 409;
}

impl RefusalCode {
    /// Whether the same request may succeed later as it is.
    pub const fn is_transient(self) -> bool {
        matches!(self, Self::Busy | Self::StoreUnavailable | Self::AnswerUnavailable)
    }

    /// Id of its message in the locales: `refusal-` and the name with hyphens.
    pub fn message_id(self) -> String {
        format!("refusal-{}", self.name().replace('_', "-"))
    }
}

/// One refusal: which, where, and what its text needs.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("refused: {} {}", code.number(), code.name())]
pub struct Refusal {
    /// Which.
    pub code: RefusalCode,
    /// Where: a JSON Pointer (RFC 6901) into the body, such as `/codes/17`.
    pub at: Option<String>,
    /// Arguments of its message.
    pub args: BTreeMap<&'static str, String>,
}

impl Refusal {
    /// A refusal without place or arguments.
    pub fn new(code: RefusalCode) -> Self {
        Self { code, at: None, args: BTreeMap::new() }
    }

    /// Says where.
    #[must_use]
    pub fn at(mut self, pointer: impl Into<String>) -> Self {
        self.at = Some(pointer.into());
        self
    }

    /// Gives an argument of the message.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.args.insert(name, value.to_string());
        self
    }

    /// [`RefusalCode::FieldInvalid`] at a field.
    pub fn field(pointer: &str, reason: impl ToString) -> Self {
        Self::new(RefusalCode::FieldInvalid).at(pointer).with("field", pointer).with("reason", reason)
    }
}

impl From<RefusalCode> for Refusal {
    fn from(code: RefusalCode) -> Self {
        Self::new(code)
    }
}

impl From<crate::block::OutOfBlock> for Refusal {
    fn from(_: crate::block::OutOfBlock) -> Self {
        Self::new(RefusalCode::CodeNotIssued)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_names_are_used_once_and_in_order() {
        assert!(RefusalCode::ALL.windows(2).all(|pair| pair[0].number() < pair[1].number()));
        let mut names: Vec<_> = RefusalCode::ALL.iter().map(|code| code.name()).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), RefusalCode::ALL.len());
    }
}
