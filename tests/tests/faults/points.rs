//! Killed at every sync, over every way in which the store writes.
//!
//! `fault-player` plays a [`Script`] and is killed by strace at the k-th sync of a thread, for each k: while the ledger is
//! made, and while it is written. What it had been told is there, what it had not been told is there whole or not at
//! all, and the script goes on to the same end as one that was never cut. The store is driven by itself here, since a server
//! takes longer to start than all this; `server.rs` does the same to `tanba`.

use backend_store::{Raw, Settings, Store};
use std::path::Path;
use std::process::Command;
use tests::ledger::compare;
use tests::ledger::script::{Script, Step};
use tests::ledger::variant::{clean, when_free};
use tests::place::Folder;
use tests::strace::{SYNC, calls, player, run, strace};

/// A story with how it is kept.
struct Played {
    story: &'static str,
    settings: Settings,
    script: Script,
    /// What a ledger at the end of the story says to everything.
    end: String,
}

impl Played {
    fn new(story: &'static str, settings: Settings) -> Self {
        let script = Script::of(story);
        let folder = Folder::new("whole");
        let store = open(folder.path(), settings);
        for step in &script.steps {
            script.take(&store, step).unwrap();
        }
        let end = script.look(&store);
        Self { story, settings, script, end }
    }

    fn player(&self, folder: &Path, injection: Option<&str>, log: &Path) -> Command {
        let mut command = strace(&player(), injection, log);
        let Settings { parts, fold_at } = self.settings;
        command.arg(folder).args([self.story, &parts.to_string(), &fold_at.to_string()]);
        command
    }

    /// Calls of the busiest thread in a run that is not cut.
    fn points(&self, prepared: bool) -> u32 {
        let folder = self.folder(prepared);
        let log = folder.path().join("strace.log");
        let output = run(&mut self.player(&folder.path().join("data"), None, &log));
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(output.status.success() && said.ends_with("end\n"), "{}: {output:?}", self.story);
        let calls = calls(&log);
        // The first thread makes the ledger, another writes it.
        let most = if prepared { calls.iter().max() } else { calls.first() };
        *most.unwrap_or_else(|| panic!("{}: nothing was synced", self.story))
    }

    /// A folder for a ledger, which is made already or not.
    fn folder(&self, prepared: bool) -> Folder {
        let folder = Folder::new("point");
        let data = folder.path().join("data");
        std::fs::create_dir(&data).unwrap();
        if prepared {
            drop(open(&data, self.settings));
        }
        folder
    }

    /// Kills at one point; whether that was within the run.
    fn kill(&self, prepared: bool, point: u32) -> bool {
        let place = format!("{} {:?}, prepared: {prepared}, killed at sync {point}", self.story, self.settings);
        let folder = self.folder(prepared);
        let data = folder.path().join("data");
        let injection = format!("{SYNC}:signal=KILL:when={point}");
        let output = run(&mut self.player(&data, Some(&injection), &folder.path().join("strace.log")));
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        let told = said.lines().filter(|line| *line != "end").count();
        let taken = &self.script.steps[..told];

        // First as it was left, then by those who mend it.
        if prepared || told > 0 {
            audit(&data, &place);
        }
        let store = open(&data, self.settings);
        let last = store.last_document().unwrap();
        let letters = |steps: &[Step]| {
            let taken = steps.iter().filter(|step| matches!(step, Step::Letter(_)) && self.script.is_repeatable(step));
            taken.count() as u64
        };
        let acknowledged = letters(taken);
        let begun = letters(&self.script.steps[..self.script.steps.len().min(told + 1)]);
        assert!((acknowledged..=begun).contains(&last.0), "{place}: {acknowledged} acknowledged, {} there", last.0);
        compare::all(&store, &self.script.model(last), &place);
        self.script.is_there(&store, taken, &place);

        // Each request again is told what it was told, and changes nothing.
        for step in taken.iter().filter(|step| self.script.is_repeatable(step)) {
            self.script.take(&store, step).unwrap_or_else(|error| panic!("{place}: {step:?} again: {error:?}"));
        }
        assert_eq!(store.last_document().unwrap(), last, "{place}: a retry was taken as new");
        for step in &self.script.steps[told..] {
            self.script.take(&store, step).unwrap_or_else(|error| panic!("{place}: {step:?}: {error:?}"));
        }
        compare::all(&store, &self.script.model(self.script.last()), &place);
        assert!(self.script.look(&store) == self.end, "{place}: another end");
        drop(store);
        audit(&data, &place);
        !output.status.success()
    }
}

fn audit(folder: &Path, place: &str) {
    let raw = when_free(|| Raw::open(&folder.join("ledger.sqlite")));
    clean(&mut raw.unwrap_or_else(|error| panic!("{place}: {error:?}")), place);
}

fn open(folder: &Path, settings: Settings) -> Store {
    let store = when_free(|| Store::open_with(&folder.join("ledger.sqlite"), settings));
    store.unwrap_or_else(|error| panic!("the ledger cannot be opened: {error:?}"))
}

fn play(story: &'static str, settings: Settings, prepared: bool) {
    let played = Played::new(story, settings);
    let points = played.points(prepared);
    let hit = (1..=points).filter(|point| played.kill(prepared, *point)).count();
    eprintln!("{story} {settings:?}, prepared: {prepared}: killed at {hit} of {points} syncs");
    // Folding in the background may be done with one sync less.
    assert!(hit + 3 >= points as usize, "{story}: only {hit} of {points} syncs were reached");
}

const NEVER: Settings = Settings { fold_at: usize::MAX, parts: 1 };
const SOON: Settings = Settings { fold_at: 20, parts: 4 };

#[test]
fn while_the_ledger_is_made() {
    play("serials", NEVER, false);
}

#[test]
fn while_units_live() {
    play("units", NEVER, true);
}

#[test]
fn while_blocks_are_folded() {
    play("blocks", SOON, true);
}

#[test]
fn while_packages_are_made() {
    play("packages", NEVER, true);
}

#[test]
fn while_packages_are_opened() {
    play("opened", SOON, true);
}

#[test]
fn while_goods_are_shipped() {
    play("shipments", SOON, true);
}

#[test]
fn while_serials_are_registered() {
    play("serials", SOON, true);
}

#[test]
fn while_documents_are_corrected() {
    play("corrections", NEVER, true);
}

#[test]
fn while_goods_pass_customs() {
    play("imports", NEVER, true);
}
