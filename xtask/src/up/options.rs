//! What `up` was asked for.

use anyhow::{Context, Result, bail};

/// Ports unless others are asked for: backend, edge.
const PORTS: (u16, u16) = (8080, 8787);

/// The command line, understood.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Options {
    /// Return when all is ready.
    pub(super) detach: bool,
    /// Stop what is running.
    pub(super) stop: bool,
    /// A release build of the backend.
    pub(super) release: bool,
    /// Ports of backend and edge.
    pub(super) ports: (u16, u16),
}

impl Options {
    pub(super) fn parse(args: &[&str]) -> Result<Self> {
        let mut options = Self { detach: false, stop: false, release: false, ports: PORTS };
        let mut args = args.iter();
        while let Some(arg) = args.next() {
            match *arg {
                "--detach" => options.detach = true,
                "--stop" => options.stop = true,
                "--release" => options.release = true,
                "--port-base" => {
                    let base: u16 =
                        args.next().context("--port-base needs a port")?.parse().context("--port-base needs a port")?;
                    options.ports = (base, base.checked_add(1).context("--port-base is too high")?);
                }
                other => bail!("`up` does not know `{other}`"),
            }
        }
        Ok(options)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_are_understood() {
        let options = Options::parse(&["--port-base", "9000", "--detach"]).unwrap();
        assert!(options.detach && !options.stop);
        assert_eq!(options.ports, (9000, 9001));
        assert_eq!(Options::parse(&[]).unwrap().ports, PORTS);
    }

    #[test]
    fn what_is_unknown_is_refused() {
        assert!(Options::parse(&["--fast"]).is_err());
        assert!(Options::parse(&["--port-base"]).is_err());
        assert!(Options::parse(&["--port-base", "65535"]).is_err());
    }
}
