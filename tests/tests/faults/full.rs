//! A full disk: refused, nothing half done, and served again as soon as there is room.
//!
//! The backend runs in a mount namespace of its own, in which its folder is a small file system in memory. What fills it is
//! written and emptied from outside, through `/proc/<id>/root`.

use serde_json::json;
use std::fs::File;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use tests::backend::{Backend, Who};
use tests::facts;

/// Bytes of the file system.
const SIZE: &str = "24m";

/// Mounts a small file system on the folder, puts the data there, and becomes the server.
const IN_SMALL: &str = r#"set -e
data=$1; size=$2; shift 2
cp -a "$data" "$data.before"
mount -t tmpfs -o "size=$size,mode=700" tmpfs "$data"
cp -a "$data.before/." "$data/"
exec "$@""#;

/// The server in a mount namespace; who is not root is root in a user namespace as well.
fn in_small(serve: &Command, data: &Path) -> Command {
    let mut command = Command::new("unshare");
    command.arg("--mount");
    if !is_root() {
        command.arg("--map-root-user");
    }
    command.args(["sh", "-c", IN_SMALL, "sh"]).arg(data).arg(SIZE).arg(serve.get_program()).args(serve.get_args());
    command
}

fn is_root() -> bool {
    use std::os::unix::fs::MetadataExt as _;
    std::fs::metadata("/proc/self").unwrap().uid() == 0
}

/// Fills a file system to its last byte.
fn fill(ballast: &Path) {
    let mut file = File::create(ballast).unwrap();
    let (mut chunk, zeros) = (1 << 20, vec![0; 1 << 20]);
    while chunk > 0 {
        // What fits of the last chunk goes in by smaller ones.
        if file.write_all(&zeros[..chunk]).is_err() {
            chunk /= 2;
        }
    }
}

/// Gives the room back at once. To remove the file would not do: a process that another test is starting just then holds a
/// copy of the descriptor that filled it, until it becomes its own program, and with it the room.
fn empty(ballast: &Path) {
    File::create(ballast).unwrap();
}

#[test]
fn a_full_disk_is_said_and_survived() {
    let mut backend = Backend::start("full");
    let order = backend.client(Who::Producer).shoes(1, 3_000);
    let codes = backend.client(Who::Producer).codes(order);
    backend.stop();
    let data = backend.data();
    let url = format!("{}/api/openapi.json", backend.url());
    assert!(backend.start_in(|serve| in_small(serve, &data)).answers(&url), "{}", log(&backend));
    let inside = PathBuf::from(format!("/proc/{}/root", backend.server().id()));
    let ballast = inside.join(data.strip_prefix("/").unwrap()).join("ballast");

    let producer = backend.client(Who::Producer);
    producer.apply(&facts::part(order, 0, 1));
    let mut applied = 1;
    for round in 0..4 {
        fill(&ballast);
        // Room within the log of the database may do for some.
        let refused = (0..200).find_map(|_| {
            let body = json!({"units": facts::part(order, applied, 1)});
            let answer = producer.post("/api/v1/applications", &body);
            applied += u64::from(answer.status == 201);
            (answer.status != 201).then_some(answer)
        });
        let refused = refused.unwrap_or_else(|| panic!("round {round}: a full disk takes everything"));
        assert_eq!((refused.status, refused.refusal()), (503, 1013), "round {round}");
        // Nothing is half done, and what is there is read.
        let statuses = producer.statuses(&[codes[applied as usize - 1].clone(), codes[applied as usize].clone()]);
        assert_eq!(statuses, ["applied", "emitted"], "round {round}");
        assert!(log(&backend).contains("the disk is full"), "round {round}: {}", log(&backend));

        empty(&ballast);
        // With room again it is served, without a start.
        producer.apply(&facts::part(order, applied, 5));
        applied += 5;
        let more = producer.order(&facts::gtin(1), 10, "short");
        assert_eq!(producer.codes(more).len(), 10, "round {round}");
    }
    let statuses = producer.statuses(&codes[..applied as usize + 2]);
    let is_applied = statuses.iter().map(|status| status == "applied");
    assert_eq!(is_applied.filter(|is| *is).count() as u64, applied);
}

fn log(backend: &Backend) -> String {
    std::fs::read_to_string(backend.log()).unwrap_or_default()
}
