//! The labels are what they say they are, by the one verdict function.

use std::collections::BTreeSet;

use backend_api::{KeyParts, Keyring, KeyringParts};
use shared::code::{Reading, Secrets};
use shared::date::Timestamp;
use shared::gs1::{GS, Gtin};
use shared::seal::{KeyState, MacKey};
use shared::state::{BlockReason, Status, WithdrawalReason};
use shared::verdict::{Block, Known, Outcome, PublicState, Verdict, Withdrawal, examine};
use zeroize::Zeroizing;

use super::catalogue::{BEER, BLOUSE, BOOTS, CIGARETTES, Item, LINEN, OIL, TABLETS};
use super::seed::{Batch, Seeded};
use super::specimens::{self, Specimen};
use super::{image, page, write_list, write_page};

const NOW: Timestamp = Timestamp(1_800_000_000_000);

/// Keys of the demo's products, and a secret for each.
fn keyring() -> (Keyring, Secrets) {
    let mut secrets = Secrets::default();
    let mut keys = Vec::new();
    for (number, item) in [BOOTS, LINEN, BEER, CIGARETTES, TABLETS, OIL, BLOUSE].iter().enumerate() {
        let secret = [number as u8 + 1; 32];
        let id = format!("K{number:03}").parse().unwrap();
        match item.profile {
            shared::seal::Profile::Signed => {}
            shared::seal::Profile::Mac => secrets.mac.push((id, MacKey::from_bytes(&secret))),
            shared::seal::Profile::Short => secrets.short.push((id, MacKey::from_bytes(&secret))),
        }
        let (group, profile) = (item.group, item.profile);
        let secret = Zeroizing::new(secret);
        keys.push(KeyParts { id, group, profile, state: KeyState::Active, secret });
    }
    let bytes = || Zeroizing::new([9; 32]);
    let parts = KeyringParts {
        serial_master: bytes(),
        anchor: bytes(),
        report: bytes(),
        edge: bytes(),
        keys,
        version: 1,
        issued_at: 0,
    };
    (Keyring::new(parts).unwrap(), secrets)
}

fn batch(keyring: &Keyring, item: Item) -> Batch {
    let gtin: Gtin = item.gtin.parse().unwrap();
    let id = keyring.active(item.group, item.profile).unwrap();
    let tails = keyring.tail_maker(&id).unwrap();
    let tail = |prefix: String| tails.tails(&[prefix]).remove(0);
    let series = keyring.series(gtin, item.group);
    let code = |number| {
        let unit = format!("01{gtin}21{}", series.serial(number).unwrap());
        if item.profile == shared::seal::Profile::Short {
            return format!("{unit}{GS}93{}", tail(unit.clone()));
        }
        let keyed = format!("{unit}{GS}91{id}");
        format!("{keyed}{GS}92{}", tail(keyed.clone()))
    };
    let codes = (0..24).map(code).collect();
    Batch::of(item, codes)
}

fn specimens(keyring: &Keyring) -> Vec<Specimen> {
    let batch = |item| batch(keyring, item);
    let seeded = Seeded {
        boots: batch(BOOTS),
        linen: batch(LINEN),
        beer: batch(BEER),
        cigarettes: batch(CIGARETTES),
        tablets: batch(TABLETS),
        oil: batch(OIL),
        blouse: batch(BLOUSE),
    };
    specimens::of(&seeded, "http://127.0.0.1:8787").unwrap()
}

/// What the ledger would say of a label, as its verdict tells the story.
fn known(verdict: Verdict) -> Known {
    let state = PublicState::of;
    let withdrawn = |reason| PublicState {
        withdrawal: Some(Withdrawal { reason, date: NOW.date(), region: None }),
        ..state(Status::Withdrawn)
    };
    let state = match verdict {
        Verdict::GenuineOffline => return Known::Nothing,
        Verdict::Genuine => Some(state(Status::InCirculation)),
        Verdict::GenuineNotIntroduced => Some(state(Status::Applied)),
        Verdict::GenuineSold => Some(withdrawn(WithdrawalReason::RetailSale)),
        Verdict::GenuineWithdrawn => Some(withdrawn(WithdrawalReason::Damage)),
        Verdict::GenuineBlocked => Some(PublicState {
            block: Some(Block { reason: BlockReason::Recalled, date: NOW.date() }),
            ..state(Status::InCirculation)
        }),
        Verdict::NotIssued | Verdict::Foreign | Verdict::Incomplete | Verdict::NotAMark => None,
    };
    Known::Ledger { at: NOW, state }
}

#[test]
fn each_label_gets_its_verdict() {
    let (keyring, secrets) = keyring();
    for specimen in specimens(&keyring) {
        let examined = examine(specimen.code(), keyring.set(), &secrets);
        let outcome = examined.judge(known(specimen.verdict), NOW);
        let Outcome::Judged(judgement) = outcome else { panic!("{}: {outcome:?}", specimen.label()) };
        assert_eq!(judgement.verdict, specimen.verdict, "{}", specimen.label());
        assert!(!judgement.read.repaired, "{}", specimen.label());
        if let Reading::Foreign(foreign) = judgement.read.reading {
            assert_eq!(foreign.issuer.as_str(), "RU");
        }
    }
}

#[test]
fn every_verdict_has_a_label_and_only_one_is_first() {
    let (keyring, _) = keyring();
    let specimens = specimens(&keyring);
    let first: Vec<Verdict> =
        specimens.iter().filter(|specimen| specimen.first).map(|specimen| specimen.verdict).collect();
    assert_eq!(first, Verdict::ALL);
    let codes: BTreeSet<&str> = specimens.iter().map(Specimen::code).collect();
    assert_eq!(codes.len(), specimens.len(), "a code stands on two labels");
}

#[test]
fn page_list_and_pictures_agree() {
    let (keyring, _) = keyring();
    let specimens = specimens(&keyring);
    let folder = std::env::temp_dir().join(format!("tanba-demo-{}", std::process::id()));
    write_page(&folder, &specimens).unwrap();
    write_list(&folder.join("demo.json"), &specimens).unwrap();
    let read = |name: &str| std::fs::read_to_string(folder.join(name)).unwrap();
    let html = read("index.html");
    let list: Vec<serde_json::Value> = serde_json::from_str(&read("demo.json")).unwrap();
    assert_eq!(list.len(), specimens.len());
    assert_eq!(html.matches("<article").count(), specimens.len());
    for (index, (entry, specimen)) in list.iter().zip(&specimens).enumerate() {
        assert_eq!(entry["code"], specimen.code());
        assert_eq!(entry["verdict"], specimen.verdict.as_str());
        assert_eq!(entry["offline"] == true, specimen.verdict == Verdict::GenuineOffline);
        assert_eq!(entry["image"], image(index));
        let svg = read(&image(index));
        assert!(svg.starts_with("<svg ") && html.contains(&svg));
    }
    assert_eq!(read("style.css"), page::style());
    assert!(!html.contains(GS) && !html.contains("style="));
    std::fs::remove_dir_all(&folder).unwrap();
}
