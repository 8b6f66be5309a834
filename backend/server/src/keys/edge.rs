//! `tanba keys edge`: the secrets that the Worker needs, as variables.

use std::collections::BTreeMap;

use serde::Serialize;
use shared::seal::{KeyId, Profile};
use zeroize::Zeroizing;

use super::{KeyEntry, KeyFile, Secret};

/// The value of `TANBA_SECRETS`.
#[derive(Serialize)]
struct EdgeSecrets<'a> {
    serial: &'a Secret,
    mac: BTreeMap<KeyId, &'a Secret>,
    short: BTreeMap<KeyId, &'a Secret>,
    backend: &'a Secret,
}

/// The Worker's variables in dotenv form: `TANBA_SECRETS` (one line of JSON: the serial master, the keys of the `mac` and
/// `short` profiles by id, the key of its requests to the backend) and `TANBA_ANCHOR`, which is public. The seeds of
/// signatures and the key of reports are not among them: the edge can neither sign codes nor open reports.
///
/// # Errors
/// Never in fact; JSON of this form has no way to fail.
pub fn edge_variables(file: &KeyFile) -> Result<Zeroizing<Vec<u8>>, serde_json::Error> {
    let of = |profile: Profile| {
        let keys = file.keys.iter().filter(move |key: &&KeyEntry| key.profile == profile);
        keys.map(|key| (key.id, &key.secret)).collect()
    };
    let secrets = EdgeSecrets {
        serial: &file.serial_master,
        mac: of(Profile::Mac),
        short: of(Profile::Short),
        backend: &file.edge,
    };
    // Room for all of it: a buffer that grows leaves copies behind.
    let mut text = Zeroizing::new(Vec::with_capacity(1024 + 96 * file.keys.len()));
    text.extend_from_slice(b"TANBA_SECRETS=");
    serde_json::to_writer(&mut *text, &secrets)?;
    text.extend_from_slice(format!("\nTANBA_ANCHOR={}\n", file.anchor_public()).as_bytes());
    Ok(text)
}
