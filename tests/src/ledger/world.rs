//! A store with participants, and the model that it must equal.

use super::compare;
use super::model::Model;
use super::variant::{Folding, Home, Variant};
use backend_ledger::{Asked, Party, Place, Plan};
use backend_store::{ApiKeyHash, Applied, Idempotency, Receipt, Response, Store, Submission, SubmitError};
use shared::date::Timestamp;
use shared::document::Document;
use shared::party::Role;
use shared::refusal::{Refusal, RefusalCode};

/// When the first document comes: 22 November 2026, 06:00 UTC.
pub const NOW: Timestamp = Timestamp(1_795_327_200_000);

/// The participants of every world.
#[derive(Clone, Copy, Debug)]
pub struct Parties {
    /// Makes goods.
    pub producer: Party,
    /// Brings goods in.
    pub importer: Party,
    /// Sells to consumers.
    pub seller: Party,
    /// Makes goods as well.
    pub rival: Party,
    /// A state body.
    pub inspector: Party,
}

impl Parties {
    /// Registers them; those that are there stay.
    pub fn of(store: &Store) -> Self {
        let party = |name, role| store.put_party(name, role, ApiKeyHash::of(name)).expect("a party can be put").party;
        Self {
            producer: party("producer", Role::Producer),
            importer: party("importer", Role::Importer),
            seller: party("seller", Role::Seller),
            rival: party("rival", Role::Producer),
            inspector: party("inspector", Role::Inspector),
        }
    }

    /// All of them.
    pub fn all(&self) -> [Party; 5] {
        [self.producer, self.importer, self.seller, self.rival, self.inspector]
    }
}

/// What a document comes to.
pub type Outcome = Result<Applied, Vec<Refusal>>;

/// A document on its way.
#[derive(Clone, Debug)]
pub struct Letter {
    /// Who sends it.
    pub by: Party,
    /// What.
    pub document: Document,
    /// Whether what can be done shall be done.
    pub partial: bool,
    /// Under which key; each has its own if nothing is said.
    pub idempotency: Option<Idempotency>,
}

/// A store and its model.
pub struct World {
    /// How it is kept.
    pub variant: Variant,
    /// Its participants.
    pub parties: Parties,
    /// What it must equal.
    pub model: Model,
    /// Every answer so far.
    pub answers: Vec<String>,
    // Closed before its home goes.
    store: Option<Store>,
    home: Home,
    sent: u64,
}

impl World {
    /// An empty ledger with participants.
    pub fn new(variant: Variant) -> Self {
        let home = Home::new(variant.base);
        let store = home.open(variant.settings()).unwrap_or_else(|error| panic!("{variant}: {error:?}"));
        let parties = Parties::of(&store);
        let mut model = Model::default();
        model.parties = parties.all().into_iter().map(|party| (party.id, party)).collect();
        Self { variant, parties, model, answers: Vec::new(), store: Some(store), home, sent: 0 }
    }

    /// The store.
    pub fn store(&self) -> &Store {
        self.store.as_ref().expect("the store is open")
    }

    /// Where it is kept.
    pub fn home(&self) -> &Home {
        &self.home
    }

    /// Closes the store and opens it again.
    pub fn reopen(&mut self) {
        drop(self.store.take());
        let store = self.home.open(self.variant.settings());
        self.store = Some(store.unwrap_or_else(|error| panic!("{}: {error:?}", self.variant)));
    }

    /// Sends a document to the store and to the model, which must answer alike.
    pub fn send(&mut self, by: Party, document: Document) -> Outcome {
        self.deliver(Letter { by, document, partial: false, idempotency: None })
    }

    /// Sends a document that must be taken.
    pub fn ok(&mut self, by: Party, document: Document) -> Applied {
        let what = format!("{document:?}");
        self.send(by, document).unwrap_or_else(|refusals| panic!("{}: {what}: {refusals:?}", self.variant))
    }

    /// Sends a document that must be refused for this reason first.
    pub fn refused(&mut self, by: Party, document: Document, code: RefusalCode) {
        let what = format!("{document:?}");
        match self.send(by, document) {
            Ok(applied) => panic!("{}: {what}: taken as {applied:?}, and should be {code:?}", self.variant),
            Err(refusals) => assert_eq!(refusals[0].code, code, "{}: {what}", self.variant),
        }
    }

    /// Sends a document of which what can be done is done.
    pub fn partly(&mut self, by: Party, document: Document) -> Outcome {
        self.deliver(Letter { by, document, partial: true, idempotency: None })
    }

    /// Sends a document as it stands.
    pub fn deliver(&mut self, letter: Letter) -> Outcome {
        self.sent += 1;
        let what = format!("{}: document {} sent, {:?}", self.variant, self.sent, letter.document);
        let idempotency = letter.idempotency.clone();
        let named = || Idempotency::of(format!("key-{}", self.sent), "/route", b"{}");
        let idempotency = idempotency.unwrap_or_else(named);
        let at = Timestamp(NOW.0 + self.sent as i64 * 60_000);
        let body = format!("{{\"sent\":{}}}", self.sent);
        let (told, expected) = match plan(&letter, at) {
            Ok(plan) => {
                let told = submit(self.store(), plan.clone(), idempotency, &body);
                (told, self.model.submit(&plan, &body))
            }
            // Refused before anybody is asked.
            Err(refusal) => (Err(SubmitError::Refused(vec![refusal.clone()])), Err(vec![refusal])),
        };
        let text = match (&told, &expected) {
            (Ok(receipt), Ok(applied)) => {
                assert!(!receipt.replayed, "{what}");
                assert_eq!(receipt.response.body, answer(applied, &letter), "{what}");
                receipt.response.body.clone()
            }
            (Err(SubmitError::Refused(told)), Err(expected)) => {
                assert_eq!(told, expected, "{what}");
                format!("{told:?}")
            }
            _ => panic!("{what}: the store says {told:?}, the model {expected:?}"),
        };
        self.answers.push(text);
        self.rest();
        expected
    }

    /// What the variant does after each step.
    fn rest(&mut self) {
        if self.variant.folding == Folding::EachStep {
            self.store().fold().unwrap_or_else(|error| panic!("{}: {error:?}", self.variant));
        }
        if self.variant.reopened {
            self.reopen();
        }
    }

    /// Asks the store everything that the model knows.
    pub fn check(&self) {
        compare::all(self.store(), &self.model, &self.variant.to_string());
    }
}

/// The plan of a letter.
///
/// # Errors
/// What a document says wrongly by itself.
pub fn plan(letter: &Letter, at: Timestamp) -> Result<Plan, Refusal> {
    let places = (0..64).map(|index| Place::Listed { list: "/listed", outer: 0, index }).collect();
    Plan::new(Asked { document: letter.document.clone(), places, by: letter.by, at, partial: letter.partial })
}

/// Hands a document to a store; the answer tells everything that was applied.
///
/// # Errors
/// What the store says.
pub fn submit(store: &Store, plan: Plan, idempotency: Idempotency, body: &str) -> Result<Receipt, SubmitError> {
    let key = Some("F0S1".parse().expect("four characters"));
    let counted = matches!(idempotency, Idempotency::Counted { .. });
    store.submit(Submission { plan, idempotency, body: body.to_owned(), key }, move |applied| {
        Ok(Response { status: 201, body: text(applied, counted) })
    })
}

fn answer(applied: &Applied, letter: &Letter) -> String {
    text(applied, matches!(letter.idempotency, Some(Idempotency::Counted { .. })))
}

/// A register is told the number of its document, first and again.
fn text(applied: &Applied, counted: bool) -> String {
    if counted { format!("{{\"document\":{}}}", applied.document.0) } else { format!("{applied:?}") }
}
