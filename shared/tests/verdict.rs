//! The verdict, row by row: what is read, what is known, what is said.

#![allow(clippy::unwrap_used)]

use shared::code::{MarkingCode, MissingPart, Other, Reading, Secrets, Tail, TailCheck, read};
use shared::date::{Date, Timestamp};
use shared::gs1::{GS, Gtin};
use shared::seal::{KeyId, KeyInfo, KeySet, KeyState, MacKey, Profile, SerialFormat, SerialMaster, SigningKey};
use shared::state::{BlockReason, Status, WithdrawalReason};
use shared::verdict::{Block, Judgement, Known, Outcome, PublicState, Stop, Verdict, Withdrawal, examine};

const NOW: Timestamp = Timestamp(1_795_000_000_000);

struct Bench {
    keys: KeySet,
    secrets: Secrets,
    gtin: Gtin,
    signed: String,
    mac: String,
    short: String,
}

fn id(text: &str) -> KeyId {
    text.parse().unwrap()
}

fn bench() -> Bench {
    let signing = SigningKey::from_seed(&[7; 32]);
    let gtin: Gtin = "4870001234569".parse().unwrap_or_else(|_| {
        let body = "487000123456";
        format!("{body}{}", shared::gs1::check_digit(body).unwrap()).parse().unwrap()
    });
    let serial = SerialMaster::from_bytes(&[9; 32]).series(gtin.as_str(), &SerialFormat::LEN_13).serial(5).unwrap();
    let code = |profile, key: Option<&str>, value: &dyn Fn(&str) -> String| {
        let mut code = MarkingCode {
            gtin,
            serial: serial.clone(),
            tail: Some(Tail { profile, key: key.map(id), value: String::new() }),
        };
        let tail = value(&code.prefix());
        code.tail.as_mut().unwrap().value = tail;
        code.element_string()
    };
    let mac_key = MacKey::from_bytes(&[3; 32]);
    let short_key = MacKey::from_bytes(&[4; 32]);
    let signed = code(Profile::Signed, Some("FS01"), &|prefix| signing.sign_tail(prefix));
    let mac = code(Profile::Mac, Some("FM01"), &|prefix| mac_key.tail(prefix));
    let short = code(Profile::Short, None, &|prefix| short_key.short_tail(prefix));
    let info = |key: &str, profile, public| KeyInfo {
        id: id(key),
        group: "footwear".into(),
        profile,
        state: KeyState::Active,
        public,
    };
    let keys = KeySet {
        version: 1,
        issued_at: 0,
        keys: vec![
            info("FS01", Profile::Signed, Some(signing.public())),
            info("FM01", Profile::Mac, None),
            info("FH01", Profile::Short, None),
        ],
        report_key: [0; 32],
    };
    let secrets = Secrets { mac: vec![(id("FM01"), mac_key)], short: vec![(id("FH01"), short_key)] };
    Bench { keys, secrets, gtin, signed, mac, short }
}

fn state(status: Status) -> PublicState {
    PublicState::of(status)
}

fn date(text: &str) -> Date {
    text.parse().unwrap()
}

fn ledger(state: Option<PublicState>) -> Known {
    Known::Ledger { at: NOW, state }
}

fn judged(bench: &Bench, raw: &str, known: Known) -> Judgement {
    match examine(raw, &bench.keys, &bench.secrets).judge(known, NOW) {
        Outcome::Judged(judgement) => *judgement,
        Outcome::NeedsNetwork(read) => panic!("no verdict for {raw:?}: {read:?}"),
    }
}

#[test]
fn each_state_has_its_verdict() {
    let bench = bench();
    let left = |reason| PublicState {
        withdrawal: Some(Withdrawal { reason, date: date("2026-01-02"), region: None }),
        ..state(Status::Withdrawn)
    };
    let blocked = |reason| PublicState {
        block: Some(Block { reason, date: date("2026-01-02") }),
        ..state(Status::InCirculation)
    };
    let today = NOW.date();
    let expiring = |expires: &str| PublicState { expires: Some(date(expires)), ..state(Status::InCirculation) };
    let sold_and_recalled =
        PublicState { block: blocked(BlockReason::Recalled).block, ..left(WithdrawalReason::RetailSale) };
    let recalled = |state| PublicState { recalled: Some(date("2026-01-03")), ..state };
    let rows = [
        (Some(state(Status::InCirculation)), Verdict::Genuine, None),
        (Some(state(Status::Emitted)), Verdict::GenuineNotIntroduced, None),
        (Some(state(Status::Applied)), Verdict::GenuineNotIntroduced, None),
        (Some(left(WithdrawalReason::RetailSale)), Verdict::GenuineSold, None),
        (Some(left(WithdrawalReason::OwnUse)), Verdict::GenuineWithdrawn, None),
        (Some(left(WithdrawalReason::Export)), Verdict::GenuineWithdrawn, None),
        (Some(left(WithdrawalReason::Loss)), Verdict::GenuineWithdrawn, None),
        (Some(left(WithdrawalReason::Damage)), Verdict::GenuineWithdrawn, None),
        (Some(left(WithdrawalReason::Destruction)), Verdict::GenuineWithdrawn, None),
        (Some(blocked(BlockReason::Recalled)), Verdict::GenuineBlocked, Some(Stop::Recalled)),
        (Some(blocked(BlockReason::Unsafe)), Verdict::GenuineBlocked, Some(Stop::Unsafe)),
        (Some(blocked(BlockReason::Investigation)), Verdict::GenuineBlocked, Some(Stop::Investigation)),
        (Some(sold_and_recalled), Verdict::GenuineBlocked, Some(Stop::Recalled)),
        (Some(recalled(state(Status::InCirculation))), Verdict::GenuineBlocked, Some(Stop::Recalled)),
        (Some(recalled(left(WithdrawalReason::RetailSale))), Verdict::GenuineBlocked, Some(Stop::Recalled)),
        (Some(recalled(blocked(BlockReason::Unsafe))), Verdict::GenuineBlocked, Some(Stop::Unsafe)),
        (Some(recalled(blocked(BlockReason::Investigation))), Verdict::GenuineBlocked, Some(Stop::Recalled)),
        (Some(state(Status::WrittenOff)), Verdict::GenuineWithdrawn, None),
        (Some(state(Status::Annulled)), Verdict::GenuineWithdrawn, None),
        (Some(PublicState { inner_sold: 3, ..state(Status::InCirculation) }), Verdict::Genuine, None),
        (Some(left(WithdrawalReason::SoldOut)), Verdict::GenuineSold, None),
        (Some(left(WithdrawalReason::DistanceSale)), Verdict::GenuineSold, None),
        (Some(left(WithdrawalReason::Vending)), Verdict::GenuineSold, None),
        (Some(expiring(&today.to_string())), Verdict::Genuine, None),
        (Some(expiring("2026-01-01")), Verdict::GenuineBlocked, Some(Stop::Expired)),
        (None, Verdict::NotIssued, None),
    ];
    for code in [&bench.signed, &bench.mac, &bench.short] {
        for (state, verdict, stop) in rows.clone() {
            let judgement = judged(&bench, code, ledger(state.clone()));
            assert_eq!((judgement.verdict, judgement.stop), (verdict, stop), "{state:?}");
        }
    }
}

#[test]
fn without_a_network_only_a_signature_speaks() {
    let bench = bench();
    let phone = Secrets::default();
    let offline = |raw: &str, known| examine(raw, &bench.keys, &phone).judge(known, NOW);
    let verdict = |outcome| match outcome {
        Outcome::Judged(judgement) => Some(judgement.verdict),
        Outcome::NeedsNetwork(_) => None,
    };
    assert_eq!(verdict(offline(&bench.signed, Known::Nothing)), Some(Verdict::GenuineOffline));
    let remembered = Known::Remembered { at: NOW, state: state(Status::InCirculation) };
    assert_eq!(verdict(offline(&bench.signed, remembered)), Some(Verdict::GenuineOffline));
    assert_eq!(verdict(offline(&bench.mac, Known::Nothing)), None);
    assert_eq!(verdict(offline(&bench.short, Known::Nothing)), None);
    let cut = &bench.signed[..bench.signed.len() - 4];
    assert_eq!(verdict(offline(cut, Known::Nothing)), Some(Verdict::Incomplete));
    let mut altered = bench.signed.clone();
    let last = if altered.pop() == Some('A') { 'B' } else { 'A' };
    altered.push(last);
    assert_eq!(verdict(offline(&altered, Known::Nothing)), Some(Verdict::NotIssued));
}

#[test]
fn the_state_of_the_key_decides_what_a_valid_tail_is_worth() {
    let mut bench = bench();
    let rows = [
        (KeyState::Active, TailCheck::Valid),
        (KeyState::VerifyOnly, TailCheck::Valid),
        (KeyState::Retired, TailCheck::Valid),
        (KeyState::PreActive, TailCheck::UnknownKey),
        (KeyState::Compromised, TailCheck::CompromisedKey),
    ];
    for (key_state, expected) in rows {
        bench.keys.keys[0].state = key_state;
        assert_eq!(read(&bench.signed, &bench.keys, &bench.secrets).tail, Some(expected), "{key_state:?}");
    }
    let compromised = examine(&bench.signed, &bench.keys, &bench.secrets);
    assert!(matches!(compromised.clone().judge(Known::Nothing, NOW), Outcome::NeedsNetwork(_)));
    let judgement = compromised.judge(ledger(Some(state(Status::InCirculation))), NOW);
    assert!(matches!(judgement, Outcome::Judged(judgement) if judgement.verdict == Verdict::Genuine));
}

#[test]
fn every_cut_of_a_code_is_incomplete_and_names_the_part() {
    let bench = bench();
    for (code, profile) in [(&bench.signed, "signed"), (&bench.mac, "mac"), (&bench.short, "short")] {
        for end in 8..code.len() {
            let cut = &code[..end];
            let judgement = judged(&bench, cut, Known::Nothing);
            let reading = &judgement.read.reading;
            // Ten to fourteen digits can by chance be an article number; a short tail that is whole is a code.
            assert!(
                matches!(reading, Reading::Incomplete { .. } | Reading::NotAMark(Other::ArticleNumber)),
                "{profile} cut at {end}: {reading:?}"
            );
            if let Reading::Incomplete { missing, .. } = reading {
                let expected: &[MissingPart] = match end {
                    ..16 => &[MissingPart::Gtin],
                    16..=18 => &[MissingPart::Serial],
                    19..31 => &[MissingPart::Serial, MissingPart::Key, MissingPart::Tail],
                    _ => &[MissingPart::Key, MissingPart::Tail],
                };
                assert!(expected.contains(missing), "{profile} cut at {end}: {missing}");
            }
        }
    }
}

#[test]
fn other_texts_are_named() {
    let bench = bench();
    let gtin = bench.gtin;
    let tail44 = "A".repeat(43) + "=";
    let tail88 = "B".repeat(86) + "==";
    let rows: Vec<(String, Verdict, &str)> = vec![
        (format!("01{gtin}215ABCDEFGHIJKL{GS}91EE06{GS}92{tail44}"), Verdict::Foreign, "RU"),
        (format!("01{gtin}212ABCDEFGHIJKL{GS}91ee06{GS}92{tail88}"), Verdict::Foreign, "BY"),
        (format!("01{gtin}215abcdef{GS}93Abcd"), Verdict::Foreign, "unknown"),
        (format!("01{gtin}215abcdef{GS}93Abcd{GS}3103001250"), Verdict::Foreign, "unknown"),
        (gtin.to_string(), Verdict::NotAMark, "article_number"),
        (gtin.as_str()[1..].to_string(), Verdict::NotAMark, "article_number"),
        ("https://example.kz/help".into(), Verdict::NotAMark, "url"),
        ("Hello, world".into(), Verdict::NotAMark, "text"),
        (String::new(), Verdict::NotAMark, "text"),
        ("x".repeat(100_000), Verdict::NotAMark, "text"),
    ];
    for (raw, verdict, detail) in rows {
        let judgement = judged(&bench, &raw, Known::Nothing);
        assert_eq!(judgement.verdict, verdict, "{raw}");
        match judgement.read.reading {
            Reading::Foreign(code) => assert_eq!(code.issuer.as_str(), detail, "{raw}"),
            Reading::NotAMark(other) => assert_eq!(other.as_str(), detail, "{raw}"),
            reading => panic!("{raw}: {reading:?}"),
        }
    }
}

#[test]
fn every_notation_of_a_code_reads_alike() {
    let bench = bench();
    let gs = GS.to_string();
    for code in [&bench.signed, &bench.mac, &bench.short] {
        let exact = read(code, &bench.keys, &bench.secrets);
        assert_eq!(exact.tail, Some(TailCheck::Valid));
        for form in [
            format!("]d2{code}"),
            format!("{gs}{code}"),
            code.replace(GS, "<GS>"),
            code.replace(GS, "{FNC1}"),
            code.replace(GS, "\\u001d"),
            code.replace(GS, "è"),
            format!("{code}\r\n"),
        ] {
            let found = read(&form, &bench.keys, &bench.secrets);
            assert_eq!((found.reading, found.tail), (exact.reading.clone(), exact.tail), "{form}");
        }
    }
}

#[test]
fn a_digital_link_without_a_tail_rests_on_the_ledger_alone() {
    let bench = bench();
    let Reading::Mark(code) = read(&bench.signed, &bench.keys, &bench.secrets).reading else { panic!() };
    let link = format!("https://id.example.kz/01/{}/21/{}", code.gtin, code.serial);
    let examined = examine(&link, &bench.keys, &bench.secrets);
    assert_eq!(examined.read().tail, Some(TailCheck::Absent));
    assert!(examined.needs_state_of().is_some());
    assert!(matches!(examined.clone().judge(Known::Nothing, NOW), Outcome::NeedsNetwork(_)));
    let judged = examined.judge(ledger(Some(state(Status::Applied))), NOW);
    assert!(matches!(judged, Outcome::Judged(judgement) if judgement.verdict == Verdict::GenuineNotIntroduced));
}

proptest::proptest! {
    /// Whatever is scanned, there is an answer, and no repair makes a mark of a text whose tail does not verify.
    #[test]
    fn any_text_has_an_answer(raw in "\\PC{0,80}|(01|21|91|92|93|[0-9]{0,14}|\u{1d}|[A-Za-z0-9]{0,13}){0,8}") {
        let bench = bench();
        let found = read(&raw, &bench.keys, &bench.secrets);
        proptest::prop_assert!(found.tail != Some(TailCheck::Valid));
        proptest::prop_assert!(!found.repaired);
    }
}
