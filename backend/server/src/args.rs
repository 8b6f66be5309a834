//! The command line.

use std::ffi::OsString;
use std::net::SocketAddr;
use std::path::PathBuf;

use lexopt::{Arg, Parser, ValueExt};
use shared::party::Role;
use shared::seal::KeyId;

use crate::config::data::{Data, Database, FoldAt};
use crate::config::http::Http;

/// What `tanba --help` says.
pub const HELP: &str = "\
tanba: the backend of Tanba

usage:
  tanba serve --data DIR [--database URL] [--listen ADDR] [--demo-accounts FILE]
      serves until it is told to stop (SIGTERM, SIGINT); makes DIR and its keys at first start;
      with --demo-accounts also makes a participant of each role and writes their API keys to FILE
  tanba migrate --data DIR [--database URL]
      makes the ledger's tables, or brings them to the schema of this program
  tanba export --data DIR [--database URL] --out FILE
      writes the whole ledger into a file and prints its checksum; a ledger in a file must not be served meanwhile
  tanba import --data DIR [--database URL] [--parts N] --from FILE
      makes a ledger of an export where there is none, cut into N parts (1 to 64, default: 1)
  tanba audit --data DIR [--database URL]
      rebuilds every balance and every state from the documents alone and compares; fails if anything differs;
      a ledger in a file must not be served meanwhile
  tanba party add --data DIR --role ROLE --name NAME
      adds a participant (producer, importer, seller, inspector) and prints its API key, once
  tanba keys list --data DIR
      ids, states and public keys
  tanba keys state --data DIR ID STATE
      moves a key along its life: pre_active, active, verify_only, retired, compromised
  tanba keys edge --data DIR --out FILE
      writes the secrets that the Worker needs, for its owner alone
  tanba demo --backend URL --accounts FILE --out DIR --codes FILE [--edge URL]
      fills a backend with demo data over HTTP, writes a page of labels to DIR and a list of codes to FILE
  tanba openapi
      prints the description of the HTTP interface
  tanba --help | --version

A ledger is kept in DIR by SQLite, unless --database names a database of PostgreSQL (postgres://user@host/name).

environment:
  TANBA_DATABASE   the database, if --database is not given
  TANBA_FOLD_AT    changes that gather in memory before blocks are rewritten (default: by the memory)
  TANBA_LOG        which log lines to write (default: info)
";

/// What to do.
#[derive(Debug)]
pub enum Command {
    /// Print the help.
    Help,
    /// Print the version.
    Version,
    /// Print the OpenAPI document.
    Openapi,
    /// Serve.
    Serve {
        /// Where the data is.
        data: Data,
        /// How to be reached.
        http: Http,
        /// Where to write the API keys of the demo's participants, if there shall be any.
        demo_accounts: Option<PathBuf>,
    },
    /// Bring the ledger to the schema of this program.
    Migrate {
        /// Where the data is.
        data: Data,
    },
    /// Write the ledger into a file.
    Export {
        /// Where the data is.
        data: Data,
        /// The file to write.
        out: PathBuf,
    },
    /// Make a ledger of a file.
    Import {
        /// Where the data is.
        data: Data,
        /// The file to read.
        from: PathBuf,
        /// Parts of the new ledger.
        parts: u32,
    },
    /// Read the ledger a second time and compare.
    Audit {
        /// Where the data is.
        data: Data,
    },
    /// Add a participant.
    PartyAdd {
        /// Where the data is.
        data: Data,
        /// Its role.
        role: Role,
        /// Its name.
        name: String,
    },
    /// List the keys.
    KeysList {
        /// Where the data is.
        data: Data,
    },
    /// Move a key along its life.
    KeysState {
        /// Where the data is.
        data: Data,
        /// The key.
        id: KeyId,
        /// Name of the state.
        state: String,
    },
    /// Write what the edge needs.
    KeysEdge {
        /// Where the data is.
        data: Data,
        /// The file to write.
        out: PathBuf,
    },
    /// Fill a backend with demo data.
    Demo(DemoOptions),
}

/// Options of `tanba demo`.
#[derive(Debug)]
pub struct DemoOptions {
    /// Address of the backend.
    pub backend: String,
    /// The file with the API keys.
    pub accounts: PathBuf,
    /// The folder for the page.
    pub out: PathBuf,
    /// The file for the list of codes.
    pub codes: PathBuf,
    /// Address of the edge, for Digital Links.
    pub edge: Option<String>,
}

/// Options as they were given, before a command picks its own.
#[derive(Default)]
struct Given {
    values: Vec<OsString>,
    data: Option<PathBuf>,
    database: Option<String>,
    listen: Option<SocketAddr>,
    demo_accounts: Option<PathBuf>,
    role: Option<Role>,
    name: Option<String>,
    out: Option<PathBuf>,
    from: Option<PathBuf>,
    parts: Option<u32>,
    backend: Option<String>,
    accounts: Option<PathBuf>,
    codes: Option<PathBuf>,
    edge: Option<String>,
}

/// Reads the arguments after the program's name.
///
/// # Errors
/// What is wrong with them.
pub fn parse(args: impl IntoIterator<Item = OsString>) -> Result<Command, lexopt::Error> {
    let mut parser = Parser::from_args(args);
    let mut given = Given::default();
    let mut used = Vec::new();
    while let Some(arg) = parser.next()? {
        let name = match arg {
            Arg::Short('h') | Arg::Long("help") => return Ok(Command::Help),
            Arg::Short('V') | Arg::Long("version") => return Ok(Command::Version),
            Arg::Value(value) => {
                given.values.push(value);
                continue;
            }
            Arg::Long(name) => name.to_owned(),
            Arg::Short(_) => return Err(arg.unexpected()),
        };
        let mut value = || parser.value();
        match name.as_str() {
            "data" => given.data = Some(value()?.into()),
            "database" => given.database = Some(value()?.string()?),
            "listen" => given.listen = Some(value()?.parse()?),
            "demo-accounts" => given.demo_accounts = Some(value()?.into()),
            "role" => given.role = Some(value()?.parse()?),
            "name" => given.name = Some(value()?.string()?),
            "out" => given.out = Some(value()?.into()),
            "from" => given.from = Some(value()?.into()),
            "parts" => given.parts = Some(value()?.parse()?),
            "backend" => given.backend = Some(value()?.string()?),
            "accounts" => given.accounts = Some(value()?.into()),
            "codes" => given.codes = Some(value()?.into()),
            "edge" => given.edge = Some(value()?.string()?),
            _ => return Err(format!("there is no option --{name}").into()),
        }
        used.push(name);
    }
    given.command(&used)
}

impl Given {
    fn command(mut self, used: &[String]) -> Result<Command, lexopt::Error> {
        let values = std::mem::take(&mut self.values);
        let words: Vec<&str> = values.iter().filter_map(|value| value.to_str()).collect();
        let (allowed, command): (&[&str], Command) = match words.as_slice() {
            ["serve"] => {
                let http = self.listen.map_or_else(Http::default, |listen| Http { listen, ..Http::default() });
                let demo_accounts = self.demo_accounts.take();
                let command = Command::Serve { data: self.data()?, http, demo_accounts };
                (&["data", "database", "listen", "demo-accounts"], command)
            }
            ["migrate"] => (&["data", "database"], Command::Migrate { data: self.data()? }),
            ["export"] => {
                let command = Command::Export { data: self.data()?, out: needed(self.out, "--out")? };
                (&["data", "database", "out"], command)
            }
            ["import"] => {
                let parts = self.parts.unwrap_or(1);
                if !(1..=64).contains(&parts) {
                    return Err("--parts is a number from 1 to 64".into());
                }
                let command = Command::Import { data: self.data()?, from: needed(self.from, "--from")?, parts };
                (&["data", "database", "from", "parts"], command)
            }
            ["audit"] => (&["data", "database"], Command::Audit { data: self.data()? }),
            ["party", "add"] => {
                let role = needed(self.role, "--role")?;
                let command = Command::PartyAdd { data: self.data()?, role, name: needed(self.name, "--name")? };
                (&["data", "database", "role", "name"], command)
            }
            ["keys", "list"] => (&["data"], Command::KeysList { data: self.data()? }),
            ["keys", "state", id, state] => {
                let id = id.parse().map_err(|error| lexopt::Error::from(format!("{error}: `{id}`")))?;
                (&["data"], Command::KeysState { data: self.data()?, id, state: (*state).to_owned() })
            }
            ["keys", "edge"] => {
                (&["data", "out"], Command::KeysEdge { data: self.data()?, out: needed(self.out, "--out")? })
            }
            ["demo"] => {
                let options = DemoOptions {
                    backend: needed(self.backend, "--backend")?,
                    accounts: needed(self.accounts, "--accounts")?,
                    out: needed(self.out, "--out")?,
                    codes: needed(self.codes, "--codes")?,
                    edge: self.edge,
                };
                (&["backend", "accounts", "out", "codes", "edge"], Command::Demo(options))
            }
            ["openapi"] => (&[], Command::Openapi),
            ["help"] | [] => (&[], Command::Help),
            other => {
                return Err(format!("there is no command `{}`; try --help", other.join(" ")).into());
            }
        };
        match used.iter().find(|name| !allowed.contains(&name.as_str())) {
            Some(name) => Err(format!("this command has no option --{name}; try --help").into()),
            None => Ok(command),
        }
    }

    fn data(&mut self) -> Result<Data, lexopt::Error> {
        let folder = needed(self.data.take(), "--data")?;
        let database = Database::named(self.database.take()).map_err(|error| error.to_string())?;
        let fold_at = FoldAt::from_env().map_err(|error| error.to_string())?;
        Ok(Data { folder, database, fold_at })
    }
}

fn needed<T>(value: Option<T>, name: &str) -> Result<T, lexopt::Error> {
    value.ok_or_else(|| format!("{name} is missing; try --help").into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(line: &str) -> Result<Command, String> {
        parse(line.split_whitespace().map(OsString::from)).map_err(|error| error.to_string())
    }

    #[test]
    fn every_command_is_read() {
        for line in [
            "serve --data d",
            "serve --data d --listen 127.0.0.1:0 --demo-accounts f",
            "serve --data d --database postgres://tanba@localhost/tanba",
            "migrate --data d",
            "export --data d --out f",
            "import --data d --from f --parts 16 --database postgres://tanba@localhost/tanba",
            "audit --data d",
            "party add --data d --role importer --name N",
            "keys list --data=d",
            "keys state --data d FS01 retired",
            "keys edge --data d --out f",
            "demo --backend u --accounts f --out d --codes c",
            "demo --backend u --accounts f --out d --codes c --edge e",
            "openapi",
            "--version",
            "",
        ] {
            assert!(parsed(line).is_ok(), "{line}: {:?}", parsed(line));
        }
    }

    #[test]
    fn what_is_wrong_is_named() {
        for (line, word) in [
            ("serve", "--data"),
            ("serve --data d --listen here", "here"),
            ("serve --data d --database mysql://h/d", "postgres://"),
            ("serve --data d --colour red", "--colour"),
            ("serve --data d --role seller", "--role"),
            ("export --data d", "--out"),
            ("import --data d", "--from"),
            ("import --data d --from f --parts 65", "--parts"),
            ("audit --data d --out f", "--out"),
            ("party add --data d --role king --name N", "king"),
            ("keys state --data d toolong retired", "toolong"),
            ("keys", "keys"),
            ("frobnicate", "frobnicate"),
            ("-x", "x"),
        ] {
            let error = parsed(line).unwrap_err();
            assert!(error.contains(word), "{line}: {error}");
        }
    }
}
