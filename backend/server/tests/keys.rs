//! The key file: private, whole, stable, silent.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use backend_server::data_dir::DataDir;
use backend_server::data_dir::private::{self, Existing, ReadError};
use backend_server::keys::{KeyFile, KeyFileError, StateError, edge_variables, set_state};
use shared::group::ProductGroup;
use shared::seal::{KeyId, KeyState, Profile};

/// A folder of its own for each test, removed when the test is over.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("tanba-keys-{}-{name}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        Self(path)
    }

    fn keys(&self) -> PathBuf {
        self.0.join("keys.json")
    }

    fn file(&self) -> KeyFile {
        DataDir::open(&self.0).unwrap();
        KeyFile::open_or_create(&self.keys(), 1_700_000_000).unwrap()
    }

    fn tanba(&self, args: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tanba"));
        command.args(args).arg("--data").arg(&self.0).output().unwrap()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o7777
}

fn secrets(file: &KeyFile) -> Vec<[u8; 32]> {
    let of_keys = file.keys.iter().map(|key| &key.secret);
    let all = [&file.anchor, &file.serial_master, &file.edge, &file.report].into_iter().chain(of_keys);
    all.map(|secret| *secret.as_bytes()).collect()
}

fn hex(bytes: &[u8; 32]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn the_file_and_its_folder_are_their_owners_alone() {
    let folder = Folder::new("modes");
    folder.file();
    assert_eq!(mode(&folder.0), 0o700);
    assert_eq!(mode(&folder.keys()), 0o600);
}

#[test]
fn a_folder_left_open_is_closed() {
    let folder = Folder::new("open-folder");
    fs::create_dir_all(&folder.0).unwrap();
    fs::set_permissions(&folder.0, Permissions::from_mode(0o755)).unwrap();
    folder.file();
    assert_eq!(mode(&folder.0), 0o700);
}

#[test]
fn a_file_that_others_can_read_is_refused_in_clear_words() {
    let folder = Folder::new("open-file");
    folder.file();
    for open in [0o644, 0o640, 0o604, 0o660, 0o601] {
        fs::set_permissions(folder.keys(), Permissions::from_mode(open)).unwrap();
        let error = KeyFile::open_or_create(&folder.keys(), 0).unwrap_err();
        assert!(matches!(error, KeyFileError::Read(ReadError::Open { mode, .. }) if mode == open), "{open:o}");
        let output = folder.tanba(&["serve", "--listen", "127.0.0.1:0"]);
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(!output.status.success());
        assert!(said.contains("keys.json is open to others") && said.contains("chmod 600"), "{said}");
    }
    fs::set_permissions(folder.keys(), Permissions::from_mode(0o600)).unwrap();
    assert!(KeyFile::open(&folder.keys()).is_ok());
}

#[test]
fn the_same_secrets_come_back_at_every_start() {
    let folder = Folder::new("stable");
    let first = secrets(&folder.file());
    let bytes = fs::read(folder.keys()).unwrap();
    assert_eq!(secrets(&folder.file()), first);
    assert_eq!(fs::read(folder.keys()).unwrap(), bytes);
    let mut distinct = first.clone();
    distinct.sort_unstable();
    distinct.dedup();
    assert_eq!(distinct.len(), first.len(), "two secrets are equal");
    assert!(first.iter().all(|secret| *secret != [0; 32]));
}

#[test]
fn of_many_that_make_the_file_at_once_one_wins_and_no_draft_stays() {
    let folder = Folder::new("race");
    DataDir::open(&folder.0).unwrap();
    let all: Vec<Vec<[u8; 32]>> = std::thread::scope(|scope| {
        let made = (0..8).map(|_| scope.spawn(|| secrets(&KeyFile::open_or_create(&folder.keys(), 0).unwrap())));
        made.collect::<Vec<_>>().into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    assert!(all.windows(2).all(|pair| pair[0] == pair[1]));
    let left: Vec<_> = fs::read_dir(&folder.0).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left, ["keys.json"]);
}

#[test]
fn writing_replaces_all_or_nothing() {
    let folder = Folder::new("atomic");
    folder.file();
    let before = fs::read(folder.keys()).unwrap();
    let taken = private::write(&folder.keys(), b"other", Existing::Keep).unwrap_err();
    assert_eq!(taken.kind(), std::io::ErrorKind::AlreadyExists);
    assert_eq!(fs::read(folder.keys()).unwrap(), before);
    // A reader that opened the old file goes on reading it whole: the new one is another file.
    let old = fs::File::open(folder.keys()).unwrap();
    private::write(&folder.keys(), b"other", Existing::Replace).unwrap();
    assert_eq!(std::io::read_to_string(old).unwrap().into_bytes(), before);
    assert_eq!(fs::read(folder.keys()).unwrap(), b"other");
    assert_eq!(mode(&folder.keys()), 0o600);
    assert!(private::write(&folder.0.join("no/such/file"), b"", Existing::Replace).is_err());
}

#[test]
fn what_is_no_key_file_is_refused_without_repeating_it() {
    let folder = Folder::new("malformed");
    let secret = hex(&secrets(&folder.file())[0]);
    let text = fs::read_to_string(folder.keys()).unwrap();
    let broken = [
        String::new(),
        "{}".to_owned(),
        text[..text.len() / 2].to_owned(),
        text.replace(&secret, &secret[..63]),
        text.replace(&secret, &secret.replace(|c: char| c.is_ascii_digit(), "G")),
        text.replace("\"format\": 1", "\"format\": 2"),
        text.replace("\"footwear\"", "\"shoes\""),
        text.replace("\"anchor\"", "\"ancor\""),
        text.replace("FM01", "FS01"),
    ];
    for wrong in broken {
        private::write(&folder.keys(), wrong.as_bytes(), Existing::Replace).unwrap();
        let result = KeyFile::open(&folder.keys()).and_then(|file| file.keyring().map(drop));
        let mut said = String::new();
        let mut cause: Option<&dyn std::error::Error> = result.as_ref().err().map(|error| error as _);
        while let Some(error) = cause {
            said.push_str(&format!("{error} {error:?} "));
            cause = error.source();
        }
        assert!(!said.is_empty(), "taken: {wrong}");
        assert!(!said.contains(&secret[..16]), "{said}");
    }
}

#[test]
fn no_secret_is_shown() {
    let folder = Folder::new("silent");
    let file = folder.file();
    let keyring = file.keyring().unwrap();
    let listed = folder.tanba(&["keys", "list"]);
    assert!(listed.status.success());
    let listed = String::from_utf8(listed.stdout).unwrap();
    assert!(listed.contains("FS01") && listed.contains("active"), "{listed}");
    let published = format!("{:?} {:?}", keyring.set(), keyring.signed_set());
    for shown in [format!("{file:?} {file:#?}"), format!("{keyring:?}"), listed, published] {
        for secret in secrets(&file) {
            assert!(!shown.contains(&hex(&secret)), "{shown}");
            assert!(!shown.contains(&format!("{secret:?}")), "{shown}");
        }
    }
}

#[test]
fn a_key_moves_forward_and_the_set_gets_a_version() {
    let folder = Folder::new("states");
    let mut file = folder.file();
    let id: KeyId = "FS01".parse().unwrap();
    let first = file.version;
    set_state(&mut file, id, "verify_only", 5).unwrap();
    assert_eq!((file.version, file.issued_at), (first + 1, 5));
    assert_eq!(file.key(id).map(|key| key.state), Some(KeyState::VerifyOnly));
    let back = set_state(&mut file, id, "active", 6);
    assert_eq!(back, Err(StateError::Backwards { id, from: KeyState::VerifyOnly, to: KeyState::Active }));
    assert_eq!(set_state(&mut file, id, "asleep", 6), Err(StateError::NoState("asleep".to_owned())));
    let unknown: KeyId = "ZZ99".parse().unwrap();
    assert_eq!(set_state(&mut file, unknown, "retired", 6), Err(StateError::Unknown(unknown)));
    assert_eq!((file.version, file.issued_at), (first + 1, 5), "a refused change left a trace");

    let output = folder.tanba(&["keys", "state", "TH01", "compromised"]);
    assert!(output.status.success(), "{output:?}");
    let keyring = folder.file().keyring().unwrap();
    assert_eq!(keyring.set().version, first + 1);
    assert_eq!(keyring.active(ProductGroup::Tobacco, Profile::Short), None);
    assert_eq!(mode(&folder.keys()), 0o600);
}

#[test]
fn keys_in_use_are_not_changed() {
    let folder = Folder::new("locked");
    folder.file();
    let _lock = DataDir::open(&folder.0).unwrap().lock().unwrap();
    for args in [&["keys", "state", "FS01", "retired"][..], &["serve", "--listen", "127.0.0.1:0"]] {
        let output = folder.tanba(args);
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(!output.status.success());
        assert!(said.contains(&format!("in use by process {}", std::process::id())), "{said}");
    }
}

#[test]
fn the_edge_gets_what_it_checks_with_and_nothing_that_signs() {
    let folder = Folder::new("edge");
    let file = folder.file();
    let out = folder.0.join("edge.vars");
    let output = folder.tanba(&["keys", "edge", "--out", out.to_str().unwrap()]);
    assert!(output.status.success(), "{output:?}");
    assert_eq!(mode(&out), 0o600);
    let text = fs::read_to_string(&out).unwrap();
    assert_eq!(text.as_bytes(), &**edge_variables(&file).unwrap());
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines.len(), 2);
    let secrets: serde_json::Value = serde_json::from_str(lines[0].strip_prefix("TANBA_SECRETS=").unwrap()).unwrap();
    assert_eq!(secrets["serial"], hex(file.serial_master.as_bytes()));
    assert_eq!(secrets["backend"], hex(file.edge.as_bytes()));
    for key in &file.keys {
        let (of_mac, of_short) = (&secrets["mac"][key.id.as_str()], &secrets["short"][key.id.as_str()]);
        let secret = serde_json::Value::from(hex(key.secret.as_bytes()));
        match key.profile {
            Profile::Signed => assert!(of_mac.is_null() && of_short.is_null()),
            Profile::Mac => assert!(*of_mac == secret && of_short.is_null()),
            Profile::Short => assert!(of_mac.is_null() && *of_short == secret),
        }
        assert_eq!(text.contains(&hex(key.secret.as_bytes())), key.profile != Profile::Signed);
    }
    for kept in [&file.anchor, &file.report] {
        assert!(!text.contains(&hex(kept.as_bytes())));
    }
    assert_eq!(lines[1], format!("TANBA_ANCHOR={}", file.anchor_public()));
}
