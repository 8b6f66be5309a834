//! The program `tanba`.

use std::process::ExitCode;

fn main() -> ExitCode {
    backend_server::run(std::env::args_os().skip(1))
}
