//! What the operator asks of a server that is serving: a ledger in a file belongs to one process, so others ask that one.
//! A socket in the data folder, which nobody but its owner may enter.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use backend_store::{ApiKeyHash, Store};
use serde::{Deserialize, Serialize};
use shared::party::Role;

/// Longest line, in bytes.
const LINE_LIMIT: u64 = 4096;

/// How long one side waits for the other.
const PATIENCE: Duration = Duration::from_secs(20);

/// Asks for a participant to be added.
#[derive(Serialize, Deserialize)]
struct Asked {
    name: String,
    role: Role,
    key_hash: [u8; 32],
}

/// The answer: the participant's number, or why there is none.
#[derive(Serialize, Deserialize)]
enum Answer {
    Party(u64),
    Failed(String),
}

/// The thread that answers.
pub(crate) struct Control {
    path: PathBuf,
    stopping: Arc<AtomicBool>,
    thread: JoinHandle<()>,
}

impl Control {
    /// Listens at `path`. The data folder is locked: a socket that lies there is left over.
    pub(crate) fn listen(path: &Path, store: Store) -> Result<Self> {
        let _ = std::fs::remove_file(path);
        let listener = UnixListener::bind(path).with_context(|| format!("cannot listen at {}", path.display()))?;
        let stopping = Arc::new(AtomicBool::new(false));
        let stop = Arc::clone(&stopping);
        let thread = std::thread::Builder::new().name("control".to_owned()).spawn(move || {
            for stream in listener.incoming() {
                if stop.load(Ordering::Acquire) {
                    return;
                }
                let served = stream.map_err(anyhow::Error::from).and_then(|stream| serve(&stream, &store));
                if let Err(error) = served {
                    tracing::warn!(%error, "a request of the operator was not answered");
                }
            }
        });
        let thread = thread.context("cannot start the thread that answers the operator")?;
        Ok(Self { path: path.to_owned(), stopping, thread })
    }

    /// Stops the thread and gives its store up.
    pub(crate) fn stop(self) {
        self.stopping.store(true, Ordering::Release);
        // Wakes it; if it cannot be reached, it has ended.
        if UnixStream::connect(&self.path).is_ok() {
            let _ = self.thread.join();
        }
        let _ = std::fs::remove_file(&self.path);
    }
}

fn serve(stream: &UnixStream, store: &Store) -> Result<()> {
    let asked: Asked = serde_json::from_str(&line(stream)?)?;
    let added = store.put_party(&asked.name, asked.role, ApiKeyHash(asked.key_hash));
    let answer = match added {
        Ok(party) => Answer::Party(party.party.id.0),
        Err(error) => Answer::Failed(error.to_string()),
    };
    say(stream, &answer)
}

/// Asks the server that holds the data folder to add a participant; its number.
pub(crate) fn add_party(path: &Path, name: &str, role: Role, hash: ApiKeyHash) -> Result<u64> {
    let stream = UnixStream::connect(path).context("the ledger is in use, and its server does not answer")?;
    say(&stream, &Asked { name: name.to_owned(), role, key_hash: hash.0 })?;
    match serde_json::from_str(&line(&stream)?)? {
        Answer::Party(number) => Ok(number),
        Answer::Failed(why) => bail!("the server says: {why}"),
    }
}

fn line(stream: &UnixStream) -> Result<String> {
    stream.set_read_timeout(Some(PATIENCE))?;
    let mut text = String::new();
    BufReader::new(stream.take(LINE_LIMIT)).read_line(&mut text).context("nothing was said in time")?;
    Ok(text)
}

fn say(mut stream: &UnixStream, what: &impl Serialize) -> Result<()> {
    stream.set_write_timeout(Some(PATIENCE))?;
    let mut text = serde_json::to_vec(what)?;
    text.push(b'\n');
    stream.write_all(&text).context("nobody listens any more")
}
