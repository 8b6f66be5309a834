//! Rows of the small tables beside the log: participants, orders, shipments. There is one for each lot.

use crate::world::{Paper, Section, World};
use anyhow::Result;
use rusqlite::{Connection, params};
use shared::calendar::add_working_days;
use shared::date::Timestamp;
use shared::document::ShipmentState;
use shared::party::Role;
use shared::state::DocumentNo;
use std::collections::HashMap;
use std::path::Path;

pub(super) fn rows(path: &Path, world: &World) -> Result<()> {
    let mut connection = Connection::open(path)?;
    let transaction = connection.transaction()?;
    {
        let mut insert = transaction.prepare("INSERT INTO party (id, name, role, key_hash) VALUES (?1, ?2, ?3, ?4)")?;
        for (party, role) in parties(world) {
            let id = party as i64;
            let mut hash = [0_u8; 32];
            hash[..8].copy_from_slice(&party.to_be_bytes());
            insert.execute(params![id, format!("Participant {party}"), role.as_str(), &hash[..]])?;
        }
        let mut order = transaction.prepare(
            "INSERT INTO orders (document, series, first, count, profile, key, party, at, swept)
             VALUES (?1, ?2, ?3, ?4, 'signed', 'L001', ?5, ?6, ?7)",
        )?;
        let mut shipment = transaction.prepare(
            "INSERT INTO shipment (document, sender, receiver, at, due, state, answer) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?;
        let mut failed = None;
        let mut due = (Timestamp(0).date(), String::new());
        let mut each = |paper: &Paper, answer: Option<DocumentNo>| -> Result<()> {
            if let Some(range) = paper.issued {
                let (first, count) = (range.first as i64, range.count as i64);
                let day = world.size().days - 1;
                let swept = paper.at < World::midnight(day.saturating_sub(30));
                order.execute(params![
                    paper.document.0 as i64,
                    range.series.0,
                    first,
                    count,
                    paper.party.0 as i64,
                    paper.at.0,
                    swept
                ])?;
            }
            if let Some(to) = paper.to {
                let date = paper.at.date();
                if due.0 != date {
                    due = (date, add_working_days(date, backend_ledger::TRANSFER_WORKING_DAYS).to_string());
                }
                let state = if answer.is_some() { ShipmentState::Accepted } else { ShipmentState::Open };
                let answer = answer.map(|answer| answer.0 as i64);
                let (document, sender, receiver) = (paper.document.0 as i64, paper.party.0 as i64, to.0 as i64);
                shipment.execute(params![document, sender, receiver, paper.at.0, due.1, state.as_str(), answer])?;
            }
            Ok(())
        };
        let mut hear = |paper: &Paper, answer| {
            if failed.is_none() {
                failed = each(paper, answer).err();
            }
        };
        world.first_documents(&mut |paper, _| hear(paper, None));
        for day in 0..world.size().days {
            world.of_section(Section::Order, day, &mut |paper, _| hear(paper, None));
            for (section, answered) in [(Section::Ship, Section::Accept), (Section::ShipLoose, Section::AcceptLoose)] {
                let mut index = 0;
                world.of_section(section, day, &mut |paper, _| {
                    hear(paper, world.answer(section, answered, day, index));
                    index += 1;
                });
            }
        }
        if let Some(error) = failed {
            return Err(error);
        }
        let mut sender =
            transaction.prepare("INSERT INTO sender (part, sender, number, document) VALUES (0, ?1, ?2, ?3)")?;
        for (register, (number, document)) in registers(world) {
            sender.execute(params![register as i64, number as i64, document.0 as i64])?;
        }
    }
    transaction.commit()?;
    connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
    Ok(())
}

/// Days within which nearly every register has printed a receipt.
const LATELY: u64 = 10;

/// The last receipt of each register.
fn registers(world: &World) -> HashMap<u64, (u64, DocumentNo)> {
    let mut last = HashMap::new();
    let days = world.size().days;
    for day in days.saturating_sub(LATELY)..days {
        world.registers(day, &mut |register, number, document| {
            last.insert(register, (number, document));
        });
    }
    last
}

/// Numbers and roles of all participants.
fn parties(world: &World) -> impl Iterator<Item = (u64, Role)> {
    let size = world.size();
    let (producers, chains) = (size.producers, size.chains);
    (1..=producers + chains + size.wholesalers).map(move |party| {
        let makes = party <= producers || party > producers + chains;
        (party, if makes { Role::Producer } else { Role::Seller })
    })
}
