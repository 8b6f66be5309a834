//! Writing a world into a store: series, log, blocks, each in the order of its keys, by the store's own writer.

mod beside;
mod cards;
#[cfg(test)]
mod tests;

use crate::measure::{clock, progress};
use crate::world::{Paper, World};
use anyhow::{Result, anyhow};
use backend_store::coding::block::{Block, BlockKey};
use backend_store::coding::log::{Head, Key};
use backend_store::{Bulk, Settings};
use serde::{Deserialize, Serialize};
use shared::act::{Act, Effect};
use shared::series::SeriesId;
use shared::state::{DocumentNo, WithdrawalReason};
use std::path::Path;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

pub(crate) use cards::facts;

/// Documents of a page: the most that a group commit holds.
const PAGE: usize = 1024;

/// Blocks handed over at once.
const BATCH: u64 = 256;

/// What was written.
#[derive(Default, Serialize, Deserialize)]
pub(crate) struct Filled {
    pub(crate) codes: u64,
    /// Entries in the histories of units and packages.
    pub(crate) events: u64,
    pub(crate) receipts: u64,
    /// Sold one by one, in receipts.
    pub(crate) sold: u64,
    pub(crate) packages: u64,
    /// Bytes of the file: of the log, of the blocks, of all else but bodies, of bodies.
    pub(crate) log: u64,
    pub(crate) blocks: u64,
    pub(crate) others: u64,
    pub(crate) bodies: u64,
    pub(crate) blocks_written: u64,
    pub(crate) seconds: f64,
}

impl Filled {
    pub(crate) fn bytes(&self) -> u64 {
        self.log + self.blocks + self.others
    }
}

/// A page: heads, and what each document did.
type Page = (Vec<Head>, Vec<(DocumentNo, Vec<Effect>)>, Counted);

/// What a page adds to the counts.
#[derive(Default)]
struct Counted {
    events: u64,
    receipts: u64,
    sold: u64,
    packages: u64,
}

/// Writes the world into a new database.
pub(crate) fn fill(path: &Path, world: &World) -> Result<Filled> {
    fill_with(path, world, true)
}

/// The same; without blocks the store folds them when it is asked to.
fn fill_with(path: &Path, world: &World, with_blocks: bool) -> Result<Filled> {
    let (seconds, mut filled) = clock(|| {
        let mut filled = Filled { codes: world.size().codes(), ..Filled::default() };
        let mut bulk = Bulk::open(path, Settings::default())?;
        let mut before = 0;
        let mut grown = || {
            let now = std::fs::metadata(path).map(|file| file.len()).unwrap_or(0);
            now - std::mem::replace(&mut before, now)
        };
        cards::series(&mut bulk, world)?;
        filled.others = grown();
        log(&mut bulk, world, &mut filled)?;
        filled.log = grown();
        if with_blocks {
            blocks(&mut bulk, world, &mut filled)?;
        }
        filled.blocks = grown();
        cards::bodies(&mut bulk, world)?;
        filled.bodies = grown();
        bulk.finish(if with_blocks { world.last() } else { DocumentNo(0) })?;
        beside::rows(path, world)?;
        filled.others += grown();
        Ok(filled)
    })?;
    filled.seconds = seconds;
    progress(&format!("written in {seconds:.0} s: {:.2} GB", filled.bytes() as f64 / 1e9));
    Ok(filled)
}

fn log(bulk: &mut Bulk, world: &World, filled: &mut Filled) -> Result<()> {
    std::thread::scope(|scope| {
        let (pages, made) = sync_channel::<Page>(64);
        let maker = scope.spawn(move || {
            let mut page: Page = Default::default();
            // The other side has failed if it does not listen any more.
            let mut each = |paper: &Paper, effects: &[Effect]| add(&mut page, &pages, paper, effects);
            world.first_documents(&mut each);
            for day in 0..world.size().days {
                world.documents(day, &mut each);
            }
            let _ = pages.send(page);
        });
        let every = world.last().0 / 10;
        for (mut heads, effects, counted) in made {
            let last = heads.last().map_or(0, |head| head.document.0);
            if last / every > (last - heads.len() as u64) / every {
                progress(&format!("log: {} % of {} documents", last * 100 / world.last().0, world.last().0));
            }
            bulk.page(&mut heads, effects)?;
            filled.events += counted.events;
            filled.receipts += counted.receipts;
            filled.sold += counted.sold;
            filled.packages += counted.packages;
        }
        maker.join().map_err(|_| anyhow!("the log cannot be made"))
    })
}

/// Adds a document to the page, and hands the page over when it is full.
fn add(page: &mut Page, pages: &SyncSender<Page>, paper: &Paper, effects: &[Effect]) {
    let (heads, of, counted) = page;
    heads.push(head(paper));
    if !effects.is_empty() {
        of.push((paper.document, effects.to_vec()));
    }
    counted.receipts += u64::from(paper.register.is_some());
    for effect in effects {
        counted.events += effect.range.count;
        match effect.act {
            Act::Withdraw(WithdrawalReason::RetailSale) => counted.sold += effect.range.count,
            Act::Form(..) => counted.packages += effect.range.count,
            _ => {}
        }
    }
    if heads.len() == PAGE {
        let _ = pages.send(std::mem::take(page));
    }
}

fn head(paper: &Paper) -> Head {
    let key = match paper.register {
        Some((sender, number)) => Key::Counted { sender, number },
        None => Key::None,
    };
    Head {
        document: paper.document,
        kind: paper.kind,
        party: paper.party,
        at: paper.at,
        units: paper.units,
        region: paper.region,
        key,
        parts: 0,
    }
}

/// Threads that make blocks; the one that writes them has time left.
const MAKERS: u64 = 2;

type Blocks = Vec<(BlockKey, Vec<u8>)>;

fn blocks(bulk: &mut Bulk, world: &World, filled: &mut Filled) -> Result<()> {
    let behind = world.package_series_id(world.package_series()).0;
    // Runs of blocks in the order of keys.
    let runs: Vec<(SeriesId, u64, u64)> = (0..behind)
        .map(SeriesId)
        .flat_map(|series| {
            let blocks = world.blocks_of(series);
            (0..blocks).step_by(BATCH as usize).map(move |first| (series, first, blocks.min(first + BATCH)))
        })
        .collect();
    std::thread::scope(|scope| {
        let made: Vec<Receiver<Blocks>> = (0..MAKERS as usize)
            .map(|maker| {
                let (give, take) = sync_channel(16);
                let runs = &runs;
                scope.spawn(move || {
                    for &(series, first, end) in runs.iter().skip(maker).step_by(MAKERS as usize) {
                        let blocks = (first..end).filter_map(|block| encoded(world, series, block)).collect();
                        // The other side has failed if it does not listen any more.
                        if give.send(blocks).is_err() {
                            return;
                        }
                    }
                });
                take
            })
            .collect();
        let every = runs.len().div_ceil(5);
        let mut waiting: Blocks = Vec::new();
        for (at, take) in (0..runs.len()).zip(made.iter().cycle()) {
            waiting.extend(take.recv()?);
            if waiting.len() as u64 >= BATCH || at + 1 == runs.len() {
                filled.blocks_written += waiting.len() as u64;
                bulk.blocks(std::mem::take(&mut waiting))?;
            }
            if (at + 1) % every == 0 {
                progress(&format!("blocks: {} %", (at + 1) * 100 / runs.len()));
            }
        }
        Ok(())
    })
}

/// The bytes of a block; nothing if nothing has happened in it.
fn encoded(world: &World, series: SeriesId, at: u64) -> Option<(BlockKey, Vec<u8>)> {
    let mut block = Block::new();
    let mut is_empty = true;
    world.block(series, at, &mut |first, len, event| {
        is_empty = false;
        block.push(first, len, event);
    });
    let key = BlockKey { series, block: at as u32 };
    block.set_as_of(world.last());
    (!is_empty).then(|| (key, block.encode(key)))
}
