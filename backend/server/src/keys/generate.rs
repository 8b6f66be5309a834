//! The first keys.

use shared::group::ProductGroup;
use shared::seal::{KeyId, KeyState, Profile};

use super::{KeyEntry, KeyFile, KeyFileError, Secret};

/// The profiles with the letter of their keys' ids; `H` is for `short`, whose `S` is taken.
const PROFILES: [(Profile, char); 3] = [(Profile::Signed, 'S'), (Profile::Mac, 'M'), (Profile::Short, 'H')];

impl KeyFile {
    /// New secrets: an active key for each group and profile. Ids are group, profile and a number: `FS01`.
    pub(super) fn generate(now: i64) -> Result<Self, KeyFileError> {
        let random = || Secret::random().map_err(KeyFileError::Random);
        let mut keys = Vec::new();
        for &group in ProductGroup::ALL {
            for (profile, letter) in PROFILES {
                keys.extend(
                    id(group, letter)
                        .map(|id| Ok(KeyEntry { id, group, profile, state: KeyState::Active, secret: random()? })),
                );
            }
        }
        let keys = keys.into_iter().collect::<Result<_, KeyFileError>>()?;
        Ok(Self::new(now, [random()?, random()?, random()?, random()?], keys))
    }
}

/// Id of the first key of a group and profile.
fn id(group: ProductGroup, profile: char) -> Option<KeyId> {
    format!("{}{profile}01", group.key_letter()).parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_group_has_an_active_key_of_every_profile() {
        let file = KeyFile::generate(7).unwrap();
        let keyring = file.keyring().unwrap();
        for &group in ProductGroup::ALL {
            for (profile, _) in PROFILES {
                let id = keyring.active(group, profile).unwrap();
                assert_eq!(file.key(id).map(|key| (key.group, key.profile)), Some((group, profile)));
            }
        }
        assert_eq!(file.keys.len(), ProductGroup::ALL.len() * PROFILES.len());
    }
}
