//! Every row of the state machine: status × blocked × command.

#![cfg(test)]

use backend_ledger::{Command, transition};
use shared::state::{DocumentNo, Status, UnitState, WithdrawalReason};

/// `!` marks a blocked unit. The answer is the status after, with `!` if a block stands, or the refusal.
const TABLE: &str = "
emitted         apply                  applied
emitted         introduce              not_applied
emitted         withdraw:retail_sale   not_in_circulation
emitted         withdraw:own_use       not_in_circulation
emitted         withdraw:export        not_in_circulation
emitted         withdraw:loss          withdrawn
emitted         withdraw:damage        withdrawn
emitted         withdraw:destruction   withdrawn
emitted         block                  emitted!
emitted         unblock                not_blocked
emitted!        apply                  blocked
emitted!        introduce              not_applied
emitted!        withdraw:retail_sale   not_in_circulation
emitted!        withdraw:own_use       not_in_circulation
emitted!        withdraw:export        not_in_circulation
emitted!        withdraw:loss          withdrawn!
emitted!        withdraw:damage        withdrawn!
emitted!        withdraw:destruction   withdrawn!
emitted!        block                  emitted!
emitted!        unblock                emitted
applied         apply                  already_applied
applied         introduce              in_circulation
applied         withdraw:retail_sale   not_in_circulation
applied         withdraw:own_use       not_in_circulation
applied         withdraw:export        not_in_circulation
applied         withdraw:loss          withdrawn
applied         withdraw:damage        withdrawn
applied         withdraw:destruction   withdrawn
applied         block                  applied!
applied         unblock                not_blocked
applied!        apply                  already_applied
applied!        introduce              blocked
applied!        withdraw:retail_sale   not_in_circulation
applied!        withdraw:own_use       not_in_circulation
applied!        withdraw:export        not_in_circulation
applied!        withdraw:loss          withdrawn!
applied!        withdraw:damage        withdrawn!
applied!        withdraw:destruction   withdrawn!
applied!        block                  applied!
applied!        unblock                applied
in_circulation  apply                  already_introduced
in_circulation  introduce              already_introduced
in_circulation  withdraw:retail_sale   withdrawn
in_circulation  withdraw:own_use       withdrawn
in_circulation  withdraw:export        withdrawn
in_circulation  withdraw:loss          withdrawn
in_circulation  withdraw:damage        withdrawn
in_circulation  withdraw:destruction   withdrawn
in_circulation  block                  in_circulation!
in_circulation  unblock                not_blocked
in_circulation! apply                  already_introduced
in_circulation! introduce              already_introduced
in_circulation! withdraw:retail_sale   blocked
in_circulation! withdraw:own_use       blocked
in_circulation! withdraw:export        blocked
in_circulation! withdraw:loss          withdrawn!
in_circulation! withdraw:damage        withdrawn!
in_circulation! withdraw:destruction   withdrawn!
in_circulation! block                  in_circulation!
in_circulation! unblock                in_circulation
withdrawn       apply                  already_withdrawn
withdrawn       introduce              already_withdrawn
withdrawn       withdraw:retail_sale   already_withdrawn
withdrawn       withdraw:own_use       already_withdrawn
withdrawn       withdraw:export        already_withdrawn
withdrawn       withdraw:loss          already_withdrawn
withdrawn       withdraw:damage        already_withdrawn
withdrawn       withdraw:destruction   already_withdrawn
withdrawn       block                  withdrawn!
withdrawn       unblock                not_blocked
withdrawn!      apply                  already_withdrawn
withdrawn!      introduce              already_withdrawn
withdrawn!      withdraw:retail_sale   already_withdrawn
withdrawn!      withdraw:own_use       already_withdrawn
withdrawn!      withdraw:export        already_withdrawn
withdrawn!      withdraw:loss          already_withdrawn
withdrawn!      withdraw:damage        already_withdrawn
withdrawn!      withdraw:destruction   already_withdrawn
withdrawn!      block                  withdrawn!
withdrawn!      unblock                withdrawn
";

/// The document of the command, and those of the unit's past.
const BY: DocumentNo = DocumentNo(9);
const PAST: DocumentNo = DocumentNo(4);

fn state(text: &str) -> UnitState {
    let (status, blocked) = text.strip_suffix('!').map_or((text, None), |status| (status, Some(PAST)));
    let status = status.parse().unwrap();
    UnitState {
        status,
        introduced: matches!(status, Status::InCirculation | Status::Withdrawn).then_some(PAST),
        withdrawn: (status == Status::Withdrawn).then_some(PAST),
        blocked,
    }
}

fn command(text: &str) -> Command {
    match text.split_once(':') {
        Some(("withdraw", reason)) => Command::Withdraw(BY, reason.parse().unwrap()),
        None if text == "apply" => Command::Apply,
        None if text == "introduce" => Command::Introduce(BY),
        None if text == "block" => Command::Block(BY),
        None if text == "unblock" => Command::Unblock,
        _ => panic!("{text}"),
    }
}

fn answer(from: &UnitState, command: &Command) -> String {
    match transition(from, command) {
        Ok(next) => format!("{}{}", next.status, if next.blocked.is_some() { "!" } else { "" }),
        Err(code) => code.name().to_owned(),
    }
}

#[test]
fn every_row() {
    let rows: Vec<Vec<&str>> = TABLE.trim().lines().map(|row| row.split_whitespace().collect()).collect();
    for row in &rows {
        let [from, by, expected] = row[..] else { panic!("{row:?}") };
        assert_eq!(answer(&state(from), &command(by)), expected, "{from} {by}");
    }
    let commands = 4 + WithdrawalReason::ALL.len();
    assert_eq!(rows.len(), Status::ALL.len() * 2 * commands, "a row for each");
    let mut keys: Vec<_> = rows.iter().map(|row| (row[0], row[1])).collect();
    keys.sort_unstable();
    keys.dedup();
    assert_eq!(keys.len(), rows.len(), "no row twice");
}

#[test]
fn each_command_names_its_document_and_keeps_the_others() {
    let introduced = transition(&state("applied"), &Command::Introduce(BY)).unwrap();
    assert_eq!(introduced, UnitState { introduced: Some(BY), ..state("in_circulation") });
    let sold = transition(&introduced, &Command::Withdraw(PAST, WithdrawalReason::RetailSale)).unwrap();
    assert_eq!(sold, UnitState { status: Status::Withdrawn, withdrawn: Some(PAST), ..introduced });
    let blocked = transition(&sold, &Command::Block(PAST)).unwrap();
    assert_eq!(blocked, UnitState { blocked: Some(PAST), ..sold });
    let again = transition(&blocked, &Command::Block(BY)).unwrap();
    assert_eq!(again, UnitState { blocked: Some(BY), ..sold }, "the newer block takes the older one's place");
    assert_eq!(transition(&again, &Command::Unblock).unwrap(), sold);
}
