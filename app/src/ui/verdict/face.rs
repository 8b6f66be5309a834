//! The face of each verdict, from one exhaustive match: a new verdict does not compile until it has everything.

use crate::state::{Answer, Entry};
use assets::{Icon, Tune};
use shared::report::ViolationKind;
use shared::state::Status;
use shared::verdict::{Stop, Verdict};
use shared::wire::v1::check::CheckResponse;

/// Meaning of a colour. Never alone: icon and words say the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tone {
    /// All is well.
    Good,
    /// Good as far as known.
    Info,
    /// Look closer.
    Caution,
    /// Do not buy.
    Stop,
    /// Says nothing of the goods.
    Neutral,
}

impl Tone {
    /// Class that sets the colours for everything inside.
    pub(crate) const fn class(self) -> &'static str {
        match self {
            Self::Good => "tone-good",
            Self::Info => "tone-info",
            Self::Caution => "tone-caution",
            Self::Stop => "tone-stop",
            Self::Neutral => "tone-neutral",
        }
    }
}

/// What a person does next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// Scan the next product, or this one again.
    Scan,
    /// Report a violation.
    Report,
    /// Ask again with a network.
    Recheck,
}

/// How an outcome looks, sounds and feels, what it says and what to do next.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Face {
    /// Icon.
    pub(crate) icon: Icon,
    /// Colour.
    pub(crate) tone: Tone,
    /// Sound and vibration.
    pub(crate) tune: Tune,
    /// Text: the verdict in a few words.
    pub(crate) title: &'static str,
    /// Text: what it means.
    pub(crate) lead: &'static str,
    /// Text: what to do.
    pub(crate) next: &'static str,
    /// The first thing to do; the others are below it.
    pub(crate) step: Step,
    /// What a report of it would most likely say.
    pub(crate) violation: Option<ViolationKind>,
}

/// The face of a check.
pub(crate) fn face_of(entry: &Entry) -> Face {
    match &entry.answer {
        Answer::Judged(response) => face_of_response(response),
        Answer::NeedsNetwork { .. } => face_of_verdict(None),
    }
}

/// The face of an answer: that of its verdict, in words that fit the state better where there are any.
fn face_of_response(response: &CheckResponse) -> Face {
    let face = face_of_verdict(Some(response.verdict));
    let Some(state) = &response.state else { return face };
    match (response.verdict, state.status, response.evidence.stop) {
        (Verdict::GenuineWithdrawn, Status::Annulled, _) => Face {
            title: "verdict-annulled",
            lead: "result-annulled-lead",
            next: "result-annulled-next",
            violation: Some(ViolationKind::Other),
            ..face
        },
        (Verdict::GenuineWithdrawn, Status::WrittenOff, _) => Face {
            title: "verdict-written-off",
            lead: "result-written-off-lead",
            violation: Some(ViolationKind::Other),
            ..face
        },
        (Verdict::GenuineBlocked, _, Some(Stop::Recalled)) => {
            Face { title: "verdict-recalled", lead: "result-recalled-lead", next: "result-recalled-next", ..face }
        }
        (Verdict::Genuine, _, _) if state.inner_sold > 0 => Face {
            tone: Tone::Info,
            title: "verdict-partly-sold",
            lead: "result-partly-sold-lead",
            next: "result-partly-sold-next",
            violation: Some(ViolationKind::SoldAgain),
            ..face
        },
        _ => face,
    }
}

/// The face of a verdict; of "needs the network" if there is none.
const fn face_of_verdict(verdict: Option<Verdict>) -> Face {
    let Some(verdict) = verdict else {
        return Face {
            icon: Icon::NeedsNetwork,
            tone: Tone::Info,
            tune: Tune::Look,
            title: "result-needs-network",
            lead: "result-needs-network-lead",
            next: "result-needs-network-next",
            step: Step::Recheck,
            violation: None,
        };
    };
    match verdict {
        Verdict::Genuine => Face {
            icon: Icon::Genuine,
            tone: Tone::Good,
            tune: Tune::Good,
            title: "verdict-genuine",
            lead: "result-genuine-lead",
            next: "result-genuine-next",
            step: Step::Scan,
            violation: Some(ViolationKind::Mismatch),
        },
        Verdict::GenuineNotIntroduced => Face {
            icon: Icon::NotIntroduced,
            tone: Tone::Caution,
            tune: Tune::Look,
            title: "verdict-genuine-not-introduced",
            lead: "result-genuine-not-introduced-lead",
            next: "result-genuine-not-introduced-next",
            step: Step::Report,
            violation: Some(ViolationKind::Other),
        },
        Verdict::GenuineSold => Face {
            icon: Icon::Sold,
            tone: Tone::Caution,
            tune: Tune::Look,
            title: "verdict-genuine-sold",
            lead: "result-genuine-sold-lead",
            next: "result-genuine-sold-next",
            step: Step::Report,
            violation: Some(ViolationKind::SoldAgain),
        },
        Verdict::GenuineWithdrawn => Face {
            icon: Icon::Withdrawn,
            tone: Tone::Caution,
            tune: Tune::Stop,
            title: "verdict-genuine-withdrawn",
            lead: "result-genuine-withdrawn-lead",
            next: "result-genuine-withdrawn-next",
            step: Step::Report,
            violation: Some(ViolationKind::SoldAgain),
        },
        Verdict::GenuineBlocked => Face {
            icon: Icon::Blocked,
            tone: Tone::Stop,
            tune: Tune::Stop,
            title: "verdict-genuine-blocked",
            lead: "result-genuine-blocked-lead",
            next: "result-genuine-blocked-next",
            step: Step::Report,
            violation: Some(ViolationKind::Expired),
        },
        Verdict::GenuineOffline => Face {
            icon: Icon::GenuineOffline,
            tone: Tone::Info,
            tune: Tune::Good,
            title: "verdict-genuine-offline",
            lead: "result-genuine-offline-lead",
            next: "result-genuine-offline-next",
            step: Step::Recheck,
            violation: Some(ViolationKind::Mismatch),
        },
        Verdict::NotIssued => Face {
            icon: Icon::NotIssued,
            tone: Tone::Stop,
            tune: Tune::Stop,
            title: "verdict-not-issued",
            lead: "result-not-issued-lead",
            next: "result-not-issued-next",
            step: Step::Report,
            violation: Some(ViolationKind::Forged),
        },
        Verdict::Foreign => Face {
            icon: Icon::Foreign,
            tone: Tone::Neutral,
            tune: Tune::Look,
            title: "verdict-foreign",
            lead: "result-foreign-lead",
            next: "result-foreign-next",
            step: Step::Scan,
            violation: None,
        },
        Verdict::Incomplete => Face {
            icon: Icon::Incomplete,
            tone: Tone::Neutral,
            tune: Tune::Look,
            title: "verdict-incomplete",
            lead: "result-incomplete-lead",
            next: "result-incomplete-next",
            step: Step::Scan,
            violation: Some(ViolationKind::Other),
        },
        Verdict::NotAMark => Face {
            icon: Icon::NotAMark,
            tone: Tone::Neutral,
            tune: Tune::Look,
            title: "verdict-not-a-mark",
            lead: "result-not-a-mark-lead",
            next: "result-not-a-mark-next",
            step: Step::Scan,
            violation: Some(ViolationKind::NoMark),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use locales::Locale;
    use shared::verdict::PublicState;
    use shared::wire::v1::check::{CodeBody, EvidenceBody, StateBody};

    fn all() -> impl Iterator<Item = Face> {
        Verdict::ALL.iter().copied().map(Some).chain([None]).map(face_of_verdict)
    }

    /// The answer with this verdict and state.
    fn response(verdict: Verdict, state: PublicState, stop: Option<Stop>) -> CheckResponse {
        CheckResponse {
            verdict,
            code: CodeBody::default(),
            card: None,
            state: Some(StateBody::from(&state)),
            as_of: None,
            evidence: EvidenceBody { tail: None, ledger: true, repaired: false, stop },
        }
    }

    #[test]
    fn states_that_a_verdict_does_not_name_have_words_of_their_own() {
        let of = PublicState::of;
        let recalled = PublicState { recalled: Some("2026-11-21".parse().unwrap()), ..of(Status::InCirculation) };
        let opened = PublicState { inner_sold: 2, ..of(Status::InCirculation) };
        for (response, title) in [
            (response(Verdict::GenuineWithdrawn, of(Status::Annulled), None), "verdict-annulled"),
            (response(Verdict::GenuineWithdrawn, of(Status::WrittenOff), None), "verdict-written-off"),
            (response(Verdict::GenuineWithdrawn, of(Status::Withdrawn), None), "verdict-genuine-withdrawn"),
            (response(Verdict::GenuineBlocked, recalled.clone(), Some(Stop::Recalled)), "verdict-recalled"),
            (response(Verdict::GenuineBlocked, recalled, Some(Stop::Unsafe)), "verdict-genuine-blocked"),
            (response(Verdict::Genuine, opened, None), "verdict-partly-sold"),
            (response(Verdict::Genuine, of(Status::InCirculation), None), "verdict-genuine"),
        ] {
            let face = face_of_response(&response);
            assert_eq!(face.title, title);
            for id in [face.title, face.lead, face.next] {
                assert!(Locale::ALL.iter().all(|locale| locale.has(id)), "{id}");
            }
        }
    }

    #[test]
    fn every_face_has_its_words_in_every_language() {
        for face in all() {
            for id in [face.title, face.lead, face.next] {
                assert!(Locale::ALL.iter().all(|locale| locale.has(id)), "{id}");
            }
        }
    }

    #[test]
    fn no_two_faces_look_or_read_alike_without_their_colour() {
        let faces: Vec<_> = all().collect();
        for (at, face) in faces.iter().enumerate() {
            for other in &faces[at + 1..] {
                assert_ne!(face.icon, other.icon);
                assert_ne!(face.title, other.title);
            }
        }
    }
}
