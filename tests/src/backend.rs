//! The binary `tanba` on a folder of its own, with a participant of each role and a rival producer.

use crate::client::Client;
use crate::place::{Folder, free_port, tanba};
use crate::process::Server;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

/// A participant that every backend of a scenario has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Who {
    /// A producer.
    Producer,
    /// Another producer, to whom nothing of the first belongs.
    Rival,
    /// An importer.
    Importer,
    /// A seller.
    Seller,
    /// A state body.
    Inspector,
}

impl Who {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Producer, Self::Rival, Self::Importer, Self::Seller, Self::Inspector];

    /// Their role, as the command line spells it.
    pub const fn role(self) -> &'static str {
        match self {
            Self::Producer | Self::Rival => "producer",
            Self::Importer => "importer",
            Self::Seller => "seller",
            Self::Inspector => "inspector",
        }
    }
}

/// A running backend.
pub struct Backend {
    // Dropped in this order: the server ends before its folder goes.
    server: Option<Server>,
    folder: Folder,
    port: u16,
    keys: BTreeMap<Who, String>,
}

impl Backend {
    /// Makes the data folder and its participants, and starts the server.
    pub fn start(name: &str) -> Self {
        let folder = Folder::new(name);
        let mut backend = Self { server: None, folder, port: free_port(), keys: BTreeMap::new() };
        for who in Who::ALL {
            let key = backend.add_party(who.role(), &format!("{who:?}"));
            backend.keys.insert(who, key);
        }
        backend.resume();
        backend
    }

    /// Adds a participant while the server does not run; its API key.
    fn add_party(&self, role: &str, name: &str) -> String {
        let args = ["party", "add", "--role", role, "--name", name, "--data"];
        let output = Command::new(tanba()).args(args).arg(self.data()).output().expect("tanba can be run");
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(output.status.success(), "party add: {said}{}", String::from_utf8_lossy(&output.stderr));
        let key = said.split_whitespace().last().unwrap_or_else(|| panic!("no API key in `{said}`"));
        key.to_owned()
    }

    fn command(&self) -> Command {
        let mut command = Command::new(tanba());
        command.args(["serve", "--listen", &format!("127.0.0.1:{}", self.port), "--data"]).arg(self.data());
        command
    }

    fn serve(&self) -> Server {
        Server::start(&mut self.command(), self.log())
    }

    /// A backend that does not run yet, on a copy of the data of this one, which does not run either.
    pub fn twin(&self, name: &str) -> Self {
        assert!(self.server.is_none(), "the data of a running backend cannot be copied");
        let folder = Folder::new(name);
        let copied = Command::new("cp").arg("-a").arg(self.data()).arg(folder.path()).status();
        assert!(copied.expect("cp can be run").success(), "the data cannot be copied");
        Self { server: None, folder, port: free_port(), keys: self.keys.clone() }
    }

    /// Starts the server within another command, which is made of its own, and does not wait for it.
    pub fn start_in(&mut self, wrap: impl FnOnce(&Command) -> Command) -> &mut Server {
        assert!(self.server.is_none(), "the backend runs already");
        let server = Server::start(&mut wrap(&self.command()), self.log());
        self.server.insert(server)
    }

    /// The process that was started last.
    pub fn server(&mut self) -> &mut Server {
        self.server.as_mut().expect("the backend runs")
    }

    /// Starts the server again, on the same port.
    pub fn resume(&mut self) {
        assert!(self.server.is_none(), "the backend runs already");
        let mut server = self.serve();
        server.wait_for(&format!("{}/api/openapi.json", self.url()));
        self.server = Some(server);
    }

    /// Starts the server and kills it after a while, ready or not.
    pub fn start_and_kill(&mut self, after: Duration) {
        assert!(self.server.is_none(), "the backend runs already");
        let server = self.serve();
        std::thread::sleep(after);
        server.kill();
    }

    /// `kill -9`, and nothing else: for threads that write meanwhile.
    pub fn strike(&self) {
        self.server.as_ref().expect("the backend runs").strike();
    }

    /// Takes leave of a server that was struck, or strikes it.
    pub fn kill(&mut self) {
        self.server.take().expect("the backend runs").kill();
    }

    /// Asks it to stop, and waits until it has.
    pub fn stop(&mut self) {
        drop(self.server.take().expect("the backend runs"));
    }

    /// Has the ledger of a backend that does not run read a second time, by `tanba audit`; fails if it finds anything.
    pub fn audit(&self, place: &str) {
        assert!(self.server.is_none(), "the ledger of a running backend is not free");
        let output = Command::new(tanba()).args(["audit", "--data"]).arg(self.data()).output();
        let output = output.expect("tanba can be run");
        let said = [output.stdout, output.stderr].map(|text| String::from_utf8_lossy(&text).into_owned()).concat();
        assert!(output.status.success(), "{place}: {said}");
    }

    /// Its origin.
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Its data folder.
    pub fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// What it has said.
    pub fn log(&self) -> PathBuf {
        self.folder.path().join("backend.log")
    }

    /// A client with this participant's key.
    pub fn client(&self, who: Who) -> Client {
        Client::new(&self.url(), Some(&self.keys[&who]))
    }

    /// A participant's API key.
    pub fn key(&self, who: Who) -> &str {
        &self.keys[&who]
    }

    /// A client without a key.
    pub fn nobody(&self) -> Client {
        Client::new(&self.url(), None)
    }

    /// Writes the variables of the Worker.
    pub fn edge_variables(&self) -> PathBuf {
        let out = self.folder.path().join("edge.vars");
        let mut command = Command::new(tanba());
        command.args(["keys", "edge", "--data"]).arg(self.data()).arg("--out").arg(&out);
        let output = command.output().expect("tanba can be run");
        assert!(output.status.success(), "keys edge: {}", String::from_utf8_lossy(&output.stderr));
        out
    }
}
