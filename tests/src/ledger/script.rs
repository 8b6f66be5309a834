//! Every way in which a store writes, as steps that are known beforehand: what a run that is cut short anywhere has
//! written is a beginning of it, and what it goes on with is the rest.

use super::life;
use super::look;
use super::model::Model;
use super::world::{Letter, NOW, Outcome, Parties, World};
use backend_store::{NewReport, Store, SubmitError};
use shared::date::Timestamp;
use shared::report::{Report, ViolationKind};
use shared::state::DocumentNo;
use shared::ticket::ReportId;

/// One step.
#[derive(Clone, Debug)]
pub enum Step {
    /// Participants are registered.
    Parties,
    /// The letter with this number, from 1, is sent.
    Letter(u64),
    /// A report comes in.
    Report(u8),
    /// An order is noted as looked through.
    Swept(DocumentNo),
    /// What waits is folded.
    Fold,
}

/// A story with everything else that is written.
pub struct Script {
    /// The letters of the story and what comes of them.
    pub letters: Vec<(Letter, Outcome)>,
    /// The steps.
    pub steps: Vec<Step>,
    parties: Parties,
}

/// A photo has its share in the size of the log.
const PHOTO: usize = 30_000;

fn report(number: u8) -> NewReport {
    let report = Report {
        kind: ViolationKind::Forged,
        note: format!("report {number}"),
        code: None,
        verdict: None,
        at: NOW,
        place: None,
        language: "kk".into(),
    };
    let photo = [&[0xFF, 0xD8, 0xFF][..], &vec![number; PHOTO]].concat();
    NewReport { id: ReportId([number; 16]), received: Timestamp(NOW.0 + i64::from(number)), report, photo }
}

impl Script {
    /// The script of a story of [`life::ALL`].
    pub fn of(name: &str) -> Self {
        let story = life::ALL.iter().find(|(held, _)| *held == name).unwrap_or_else(|| panic!("no story `{name}`"));
        let mut world = World::on_paper();
        story.1(&mut world);
        let mut steps = vec![Step::Parties];
        let mut reports = 0;
        for (number, (_, outcome)) in (1..).zip(&world.letters) {
            steps.push(Step::Letter(number));
            if number % 6 == 0 {
                reports += 1;
                steps.push(Step::Report(reports));
            }
            if number % 9 == 0 {
                steps.push(Step::Fold);
            }
            if let Ok(applied) = outcome
                && world.model.orders.contains_key(&applied.document)
            {
                steps.push(Step::Swept(applied.document));
            }
        }
        steps.push(Step::Fold);
        Self { letters: world.letters, steps, parties: world.parties }
    }

    /// The model after so many documents.
    pub fn model(&self, last: DocumentNo) -> Model {
        let mut model = Model::with(self.parties.all());
        for (sent, (letter, _)) in (1..).zip(&self.letters) {
            if model.last() == last {
                break;
            }
            let _ = letter.model(sent, &mut model);
        }
        assert_eq!(model.last(), last, "there are not so many documents");
        model
    }

    /// The number of the last document of all.
    pub fn last(&self) -> DocumentNo {
        let numbers = self.letters.iter().filter_map(|(_, outcome)| outcome.as_ref().ok());
        numbers.map(|applied| applied.document).next_back().unwrap_or(DocumentNo(0))
    }

    /// Takes a step. What it was told, if that was as the story has it.
    ///
    /// # Errors
    /// What the store says that is no answer to the step.
    pub fn take(&self, store: &Store, step: &Step) -> Result<String, SubmitError> {
        Ok(match step {
            Step::Parties => format!("{:?}", Parties::of(store)),
            Step::Letter(number) => {
                let (letter, expected) = &self.letters[*number as usize - 1];
                match (letter.post(*number, store), expected) {
                    (Ok(receipt), Ok(applied)) => {
                        assert_eq!(receipt.response.body, letter.answer(applied), "letter {number}");
                        format!("document {}", applied.document.0)
                    }
                    (Err(SubmitError::Refused(told)), Err(expected)) => {
                        assert_eq!(told, *expected, "letter {number}");
                        "refused".into()
                    }
                    (Err(error @ SubmitError::Store(_)), _) => return Err(error),
                    (told, expected) => panic!("letter {number}: {told:?}, and should be {expected:?}"),
                }
            }
            Step::Report(number) => format!("report {}", store.put_report(report(*number))?.0),
            Step::Swept(order) => {
                store.set_swept(*order)?;
                format!("swept {}", order.0)
            }
            Step::Fold => {
                store.fold()?;
                "folded".into()
            }
        })
    }

    /// Whether a step that was taken before may be taken again: what was refused once may be allowed now.
    pub fn is_repeatable(&self, step: &Step) -> bool {
        !matches!(step, Step::Letter(number) if self.letters[*number as usize - 1].1.is_err())
    }

    /// Fails unless everything that these steps were told is there.
    pub fn is_there(&self, store: &Store, taken: &[Step], place: &str) {
        for step in taken {
            match step {
                Step::Report(number) => {
                    let held = store.report(report(*number).id.ticket()).unwrap();
                    let held = held.unwrap_or_else(|| panic!("{place}: report {number} is gone"));
                    assert_eq!(held.report, report(*number).report, "{place}");
                    assert_eq!(store.report_photo(held.ticket).unwrap(), Some(report(*number).photo), "{place}");
                }
                Step::Swept(order) => {
                    let order = store.order(*order).unwrap();
                    assert!(order.is_some_and(|order| order.swept), "{place}: an order is not noted as looked through");
                }
                Step::Parties => {
                    for party in self.parties.all() {
                        let held = store.party(party.id).unwrap();
                        assert_eq!(held.map(|held| held.party), Some(party), "{place}");
                    }
                }
                // Documents are compared with the model, all of them; what a fold has done nobody sees.
                Step::Letter(_) | Step::Fold => {}
            }
        }
    }

    /// Everything that a store can be asked at the end.
    pub fn look(&self, store: &Store) -> String {
        let mut text = look::look(store, &self.model(self.last()));
        text.push_str(&format!("{:?}", store.reports(None, 1000).unwrap()));
        text
    }
}
