//! The ledger under measurement, spoken to as the backend does.

use crate::measure::progress;
use crate::world::{World, mix};
use anyhow::{Context as _, Result, bail};
use backend_ledger::{Asked, Party, Plan};
use backend_store::{Idempotency, Response, Settings, Store, StoreError, Submission, SubmitError};
use shared::act::Act;
use shared::date::Timestamp;
use shared::document::Document;
use shared::party::{PartyId, Role};
use shared::series::{Range, SeriesId};
use shared::state::DocumentNo;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// An open ledger and the world that it holds.
pub(crate) struct Ledger<'a> {
    pub(crate) store: Store,
    pub(crate) world: &'a World,
    path: PathBuf,
    begin: Instant,
    /// Documents acknowledged.
    pub(crate) acknowledged: AtomicU64,
    /// Bytes of bodies and of answers kept with them, which the cost model does not speak of.
    pub(crate) bodies: AtomicU64,
}

impl<'a> Ledger<'a> {
    pub(crate) fn open(path: &Path, world: &'a World, settings: Settings) -> Result<Self> {
        Ok(Self {
            store: Store::open_with(path, settings)?,
            world,
            path: path.to_owned(),
            begin: Instant::now(),
            acknowledged: AtomicU64::new(0),
            bodies: AtomicU64::new(0),
        })
    }

    /// Now: the day after the last of the world.
    pub(crate) fn now(&self) -> Timestamp {
        Timestamp(World::midnight(self.world.size().days).0 + self.begin.elapsed().as_millis() as i64)
    }

    /// Bytes of its files, the write-ahead log not among them.
    pub(crate) fn bytes(&self) -> Result<u64> {
        Ok(std::fs::metadata(&self.path)?.len())
    }

    /// Has the system forget what it keeps of the file in memory, as if the machine had been started anew.
    pub(crate) fn leave_memory(&self) -> Result<()> {
        let file = std::fs::File::open(&self.path)?;
        // What is not written yet cannot be forgotten.
        file.sync_all()?;
        Ok(rustix::fs::fadvise(&file, 0, None, rustix::fs::Advice::DontNeed)?)
    }

    /// Reads every block of units once.
    pub(crate) fn read_all(&self) -> Result<()> {
        let blocks = (0..self.world.unit_series()).flat_map(|series| {
            let series = SeriesId(series as u32);
            (0..self.world.blocks_of(series)).map(move |block| (series, block * shared::block::BLOCK_LEN))
        });
        let blocks: Vec<_> = blocks.collect();
        for page in blocks.chunks(10_000) {
            self.store.units(page)?;
        }
        progress("every block has been read");
        Ok(())
    }

    /// Sends a document of a participant, under a key as clients make them.
    pub(crate) fn send(&self, by: Party, document: Document) -> Result<DocumentNo> {
        static NEXT: AtomicU64 = AtomicU64::new(1);
        // A key of another process would be a retry.
        let number = u64::from(std::process::id()) << 32 | NEXT.fetch_add(1, Ordering::Relaxed);
        let key = format!("{:016x}-{:016x}", mix(number), mix(number ^ 1 << 60));
        let mut request = [0; 32];
        request[..8].copy_from_slice(&mix(number).to_be_bytes());
        self.submit(by, document, Idempotency::Named { key, request }, "{}".to_owned())
    }

    /// Sends a receipt.
    pub(crate) fn send_receipt(&self, by: Party, document: Document, sender: u64, number: u64) -> Result<DocumentNo> {
        // What the law has a register say, in its shortest form.
        let body = format!("{{\"kkm\":{sender},\"number\":{number},\"sign\":\"{:016x}\"}}", mix(sender ^ number << 32));
        self.submit(by, document, Idempotency::Counted { sender, number }, body)
    }

    fn submit(&self, by: Party, document: Document, idempotency: Idempotency, body: String) -> Result<DocumentNo> {
        let asked = Asked { document, places: Vec::new(), by, at: self.now(), partial: false };
        let bytes = body.len() as u64;
        let plan = Plan::new(asked).map_err(|refusal| anyhow::anyhow!("{refusal:?}"))?;
        let mut submission = Submission { plan, idempotency, body, key: None };
        loop {
            let again = submission.clone();
            let sent = self.store.submit(submission, |applied| {
                Ok(Response { status: 201, body: format!("{{\"document\":{}}}", applied.document.0) })
            });
            match sent {
                // The queue is full: as a client would, wait.
                Err(SubmitError::Store(StoreError::Full)) => std::thread::sleep(Duration::from_millis(5)),
                Err(SubmitError::Refused(refusals)) => bail!("refused: {:?}", refusals.first()),
                Err(SubmitError::Store(error)) => return Err(error.into()),
                Ok(receipt) => {
                    self.acknowledged.fetch_add(1, Ordering::Relaxed);
                    self.bodies.fetch_add(bytes, Ordering::Relaxed);
                    let digits: String = receipt.response.body.chars().filter(char::is_ascii_digit).collect();
                    return digits.parse().map(DocumentNo).context("an answer has a document");
                }
            }
            submission = again;
        }
    }

    /// A participant with the role that it was registered with.
    pub(crate) fn party(&self, id: PartyId) -> Party {
        let size = self.world.size();
        let sells = id.0 > size.producers && id.0 <= size.producers + size.chains;
        Party { id, role: if sells { Role::Seller } else { Role::Producer } }
    }

    /// A code issued, whichever this seed draws.
    pub(crate) fn any(&self, seed: u64) -> (SeriesId, u64) {
        use crate::world::pick;
        let series = pick(seed, self.world.unit_series());
        (SeriesId(series as u32), pick(seed ^ 0x5bd1_e995, self.world.issued(series)))
    }

    /// Fails unless the last act of each of these units is this one.
    pub(crate) fn check(&self, units: &[Range], act: Act) -> Result<()> {
        for range in units {
            let history = self.store.history(range.series, range.first)?.context("the unit exists")?;
            let last = history.entries.last().map(|entry| entry.event.act);
            if last != Some(act) {
                bail!("{range:?} has {last:?} and should have {act:?}");
            }
        }
        Ok(())
    }
}
