//! Participants with their API keys.

use anyhow::{Context, Result, bail};
use backend_store::{ApiKeyHash, Store, StoreError};
use shared::party::Role;
use shared::product::TEXT_LIMIT;
use zeroize::Zeroizing;

use crate::accounts::Accounts;
use crate::config::data::Data;
use crate::control;
use crate::data_dir::DataDir;

/// `tanba party add`: the API key, which is nowhere else: the store keeps its hash. The server may go on serving.
pub(super) fn add(data: &Data, role: Role, name: &str) -> Result<Zeroizing<String>> {
    let name = name.trim();
    if name.is_empty() || name.chars().count() > TEXT_LIMIT || name.chars().any(char::is_control) {
        bail!("a name has 1 to {TEXT_LIMIT} characters, none of them control characters");
    }
    let folder = data.open()?;
    let key = new_key()?;
    let hash = ApiKeyHash::of(&key);
    let party = match data.store(&folder) {
        Ok(store) => store.put_party(name, role, hash).context("cannot add the participant")?.party.id.0,
        Err(StoreError::InUse) => control::add_party(&folder.control(), name, role, hash)?,
        Err(error) => return Err(error).context("cannot open the database"),
    };
    tracing::info!(party, role = role.as_str(), "participant added");
    let mut line = Zeroizing::new(String::with_capacity(key.len() + 1));
    line.push_str(&key);
    line.push('\n');
    Ok(line)
}

/// Makes a participant of each role for the demo, once: their keys are kept in the data folder.
pub(super) fn demo_accounts(folder: &DataDir, store: &Store) -> Result<Accounts> {
    let path = folder.demo_accounts();
    let accounts = if path.exists() {
        Accounts::read(&path)?
    } else {
        let keys = Role::ALL.iter().map(|role| Ok((*role, new_key()?)));
        let accounts = Accounts::new(keys.collect::<Result<Vec<_>>>()?);
        accounts.write(&path)?;
        accounts
    };
    for role in Role::ALL {
        let hash = ApiKeyHash::of(accounts.key(*role)?);
        store.put_party(&format!("Demo {role}"), *role, hash).context("cannot add a demo participant")?;
    }
    Ok(accounts)
}

/// A new API key: 256 random bits.
fn new_key() -> Result<Zeroizing<String>> {
    let mut random = Zeroizing::new([0_u8; 32]);
    getrandom::fill(&mut *random).context("the system gives no random numbers")?;
    let mut key = Zeroizing::new(String::with_capacity(67));
    key.push_str("tb_");
    for byte in random.iter() {
        for digit in [byte >> 4, byte & 15] {
            key.extend(char::from_digit(u32::from(digit), 16));
        }
    }
    Ok(key)
}
