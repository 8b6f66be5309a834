//! Reads every picture of a folder once and says how many gave their text.
//!
//! `score <folder> [filter] [--effort frame|picture] [--looks number] [--out result.json] [--names]`
//!
//! The folder holds grey PNG files and a `manifest.json`: an array of `{"file", "cls", "sym", "text"}`, where `sym` is
//! `dm`, `qr`, a one-dimensional code or `none`. The filter keeps files whose name, class or symbology contains it. A
//! picture counts as read when one text is the truth to the last byte, separators included; the newline that ends a
//! truth of several lines is not part of it. With `--looks` a picture is what a camera shows that is held still, so often
//! at most until something is read, and the time is that of its slowest look. Times are those of the thread, so that a busy
//! machine changes them little.
#![allow(clippy::print_stdout, reason = "this program talks to a terminal")]

use std::collections::BTreeMap;
use std::error::Error;
use std::fs::{self, File};
use std::io::BufReader;
use std::path::{Path, PathBuf};

use rustix::time::{ClockId, clock_gettime};
use scan::{Effort, Scanner};
use serde::{Deserialize, Serialize};

#[derive(Deserialize)]
struct Entry {
    file: String,
    cls: String,
    sym: String,
    text: Option<String>,
}

/// One picture, as reports of other readers have it.
#[derive(Serialize)]
struct Outcome {
    dec: &'static str,
    file: String,
    cls: String,
    sym: String,
    ms: f64,
    wall: f64,
    panic: bool,
    got: Vec<String>,
    want: Option<String>,
}

impl Outcome {
    fn is_read(&self) -> bool {
        self.want.as_ref().is_some_and(|want| self.got.iter().any(|got| is_same(got, want)))
    }

    fn wrong(&self) -> impl Iterator<Item = &String> {
        self.got.iter().filter(|got| !self.want.as_ref().is_some_and(|want| is_same(got, want)))
    }
}

/// Line ends and the end of the text are not told apart by files of text.
fn is_same(got: &str, want: &str) -> bool {
    let plain = |text: &str| text.replace("\r\n", "\n").trim_end_matches(['\n', '\0']).to_owned();
    plain(got) == plain(want)
}

struct Options {
    folder: PathBuf,
    filter: String,
    effort: Effort,
    looks: usize,
    out: Option<PathBuf>,
    names: bool,
}

fn options() -> Result<Options, Box<dyn Error>> {
    let mut args = std::env::args().skip(1);
    let mut options = Options {
        folder: PathBuf::new(),
        filter: String::new(),
        effort: Effort::Frame,
        looks: 0,
        out: None,
        names: false,
    };
    let mut plain = 0;
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--out" => options.out = Some(args.next().ok_or("--out needs a file")?.into()),
            "--names" => options.names = true,
            "--effort" => match args.next().as_deref() {
                Some("frame") => options.effort = Effort::Frame,
                Some("picture") => options.effort = Effort::Picture,
                _ => return Err("--effort is frame or picture".into()),
            },
            "--looks" => options.looks = args.next().ok_or("--looks needs a number")?.parse()?,
            _ if plain == 0 => (options.folder, plain) = (arg.into(), 1),
            _ if plain == 1 => (options.filter, plain) = (arg, 2),
            _ => return Err(format!("{arg}: one folder, one filter").into()),
        }
    }
    if plain == 0 {
        return Err("score <folder> [filter] [--effort frame|picture] [--out result.json] [--names]".into());
    }
    Ok(options)
}

fn main() -> Result<(), Box<dyn Error>> {
    let options = options()?;
    let manifest = File::open(options.folder.join("manifest.json"))?;
    let mut entries: Vec<Entry> = serde_json::from_reader(BufReader::new(manifest))?;
    entries.retain(|entry| [&entry.file, &entry.cls, &entry.sym].iter().any(|name| name.contains(&options.filter)));
    let mut outcomes = Vec::with_capacity(entries.len());
    for entry in entries {
        outcomes.push(read(&options, entry)?);
    }
    print(&outcomes, options.names);
    if let Some(out) = &options.out {
        fs::write(out, serde_json::to_vec(&outcomes)?)?;
    }
    Ok(())
}

fn read(options: &Options, entry: Entry) -> Result<Outcome, Box<dyn Error>> {
    let (width, height, pixels) = grey(&options.folder.join(&entry.file))?;
    let wall = std::time::Instant::now();
    let mut scanner = Scanner::new();
    let (mut ms, mut panic, mut found) = (0.0_f64, false, Vec::new());
    for _ in 0..options.looks.max(1) {
        let clock = thread_ms();
        let told = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| match options.looks {
            0 => scan::read_luma_with(width, height, &pixels, options.effort),
            _ => scanner.see_luma(width, height, &pixels).found,
        }));
        ms = ms.max(thread_ms() - clock);
        panic |= told.is_err();
        found = told.unwrap_or_default();
        if !found.is_empty() || panic {
            break;
        }
    }
    let wall = wall.elapsed().as_secs_f64() * 1e3;
    let got = found.into_iter().map(|found| found.text).collect();
    let Entry { file, cls, sym, text: want } = entry;
    Ok(Outcome { dec: "ours", file, cls, sym, ms, wall, panic, got, want })
}

fn grey(file: &Path) -> Result<(u32, u32, Vec<u8>), Box<dyn Error>> {
    let image = image::open(file).map_err(|error| format!("{}: {error}", file.display()))?.into_luma8();
    Ok((image.width(), image.height(), image.into_raw()))
}

/// Processor time of this thread.
fn thread_ms() -> f64 {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    time.tv_sec as f64 * 1e3 + time.tv_nsec as f64 / 1e6
}

fn print(outcomes: &[Outcome], names: bool) {
    println!(
        "{:<28} {:>4} {:>5} {:>6} {:>6} {:>8} {:>8} {:>8}",
        "class", "n", "read", "%", "wrong", "median", "p95", "max"
    );
    let mut symbologies: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for outcome in outcomes {
        let classes = symbologies.entry(&outcome.sym).or_default();
        if !classes.contains(&outcome.cls.as_str()) {
            classes.push(&outcome.cls);
        }
    }
    for (symbology, classes) in symbologies {
        let of: Vec<&Outcome> = outcomes.iter().filter(|outcome| outcome.sym == symbology).collect();
        for class in classes {
            let rows: Vec<&Outcome> = of.iter().copied().filter(|outcome| outcome.cls == class).collect();
            line(&format!("{symbology} {class}"), &rows);
        }
        line(&format!("{symbology} ALL"), &of);
        println!();
    }
    for outcome in outcomes {
        if outcome.panic {
            println!("panic {}", outcome.file);
        }
        for text in outcome.wrong() {
            println!("wrong {}: {text:?} instead of {:?}", outcome.file, outcome.want);
        }
        if names && outcome.want.is_some() && !outcome.is_read() {
            println!("unread {} ({:.1} ms)", outcome.file, outcome.ms);
        }
    }
    if !names {
        let unread: Vec<&str> = outcomes
            .iter()
            .filter(|outcome| outcome.want.is_some() && !outcome.is_read())
            .map(|outcome| outcome.file.trim_end_matches(".png"))
            .collect();
        println!("unread {}: {}", unread.len(), unread.join(" "));
    }
}

fn line(name: &str, rows: &[&Outcome]) {
    let read = rows.iter().filter(|outcome| outcome.is_read()).count();
    let wrong = rows.iter().filter(|outcome| outcome.wrong().next().is_some()).count();
    let mut times: Vec<f64> = rows.iter().map(|outcome| outcome.ms).collect();
    times.sort_by(f64::total_cmp);
    let at = |share: f64| {
        times
            .get(((times.len() as f64 * share) as usize).min(times.len().saturating_sub(1)))
            .copied()
            .unwrap_or(f64::NAN)
    };
    let percent = 100.0 * read as f64 / rows.len() as f64;
    println!(
        "{name:<28} {:>4} {read:>5} {percent:>6.1} {wrong:>6} {:>8.2} {:>8.2} {:>8.2}",
        rows.len(),
        at(0.5),
        at(0.95),
        at(1.0)
    );
}
