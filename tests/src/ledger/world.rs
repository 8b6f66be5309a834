//! A store with participants, and the model that it must equal.

use super::compare;
use super::model::Model;
use super::variant::{Base, Folding, Home, Variant};
use backend_ledger::{Asked, Party, Place, Plan};
use backend_store::{ApiKeyHash, Applied, Idempotency, Receipt, Response, Store, Submission, SubmitError};
use shared::date::Timestamp;
use shared::document::Document;
use shared::party::{PartyId, Role};
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

    /// As the first store that registers them numbers them.
    fn numbered() -> Self {
        let party = |id, role| Party { id: PartyId(id), role };
        Self {
            producer: party(1, Role::Producer),
            importer: party(2, Role::Importer),
            seller: party(3, Role::Seller),
            rival: party(4, Role::Producer),
            inspector: party(5, Role::Inspector),
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

impl Letter {
    /// Sends it to a store as the `sent`-th of all.
    ///
    /// # Errors
    /// What the store says.
    pub fn post(&self, sent: u64, store: &Store) -> Result<Receipt, SubmitError> {
        let named = || Idempotency::of(format!("key-{sent}"), "/route", b"{}");
        let idempotency = self.idempotency.clone().unwrap_or_else(named);
        submit(store, plan(self, at(sent))?, idempotency, &body(sent))
    }

    /// What it comes to in a model, as the `sent`-th of all.
    ///
    /// # Errors
    /// The refusals of the ledger.
    pub fn model(&self, sent: u64, model: &mut Model) -> Outcome {
        match plan(self, at(sent)) {
            Ok(plan) => model.submit(&plan, &body(sent)),
            // Refused before anybody is asked.
            Err(refusal) => Err(vec![refusal]),
        }
    }

    /// The answer to it.
    pub fn answer(&self, applied: &Applied) -> String {
        text(applied, matches!(self.idempotency, Some(Idempotency::Counted { .. })))
    }
}

fn at(sent: u64) -> Timestamp {
    Timestamp(NOW.0 + sent as i64 * 60_000)
}

fn body(sent: u64) -> String {
    format!("{{\"sent\":{sent}}}")
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
    /// What was sent, and what came of it.
    pub letters: Vec<(Letter, Outcome)>,
    // Closed before its home goes. Nothing for a world on paper.
    store: Option<Store>,
    home: Option<Home>,
    sent: u64,
}

impl World {
    /// An empty ledger with participants.
    pub fn new(variant: Variant) -> Self {
        let home = Home::new(variant.base);
        let store = home.open(variant.settings()).unwrap_or_else(|error| panic!("{variant}: {error:?}"));
        let parties = Parties::of(&store);
        Self { store: Some(store), home: Some(home), ..Self::of(variant, parties) }
    }

    /// A world of a model alone, to learn what documents a story sends.
    pub fn on_paper() -> Self {
        Self::of(Variant::plain(Base::Sqlite), Parties::numbered())
    }

    fn of(variant: Variant, parties: Parties) -> Self {
        let model = Model::with(parties.all());
        Self { variant, parties, model, answers: Vec::new(), letters: Vec::new(), store: None, home: None, sent: 0 }
    }

    /// The store.
    pub fn store(&self) -> &Store {
        self.store.as_ref().expect("the store is open")
    }

    /// Where it is kept.
    pub fn home(&self) -> &Home {
        self.home.as_ref().expect("a world on paper has no home")
    }

    /// Closes the store.
    pub fn close(&mut self) {
        drop(self.store.take());
    }

    /// Closes the store and opens it again.
    pub fn reopen(&mut self) {
        drop(self.store.take());
        let store = self.home().open(self.variant.settings());
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
        let expected = letter.model(self.sent, &mut self.model);
        self.letters.push((letter.clone(), expected.clone()));
        if self.store.is_none() {
            return expected;
        }
        let told = letter.post(self.sent, self.store());
        let text = match (&told, &expected) {
            (Ok(receipt), Ok(applied)) => {
                assert!(!receipt.replayed, "{what}");
                assert_eq!(receipt.response.body, letter.answer(applied), "{what}");
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

/// A register is told the number of its document, first and again.
fn text(applied: &Applied, counted: bool) -> String {
    if counted { format!("{{\"document\":{}}}", applied.document.0) } else { format!("{applied:?}") }
}
