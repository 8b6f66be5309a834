//! Every secret of the backend, and what is made with it. No interface returns one.

use shared::code::Secrets;
use shared::group::ProductGroup;
use shared::gs1::Gtin;
use shared::seal::envelope::EnvelopeKey;
use shared::seal::{
    KeyId, KeyInfo, KeySet, KeySetError, KeyState, MacKey, Permutation, Profile, SerialMaster, SignedKeySet, SigningKey,
};
use std::collections::BTreeMap;
use std::fmt;
use zeroize::Zeroizing;

/// 32 secret bytes, overwritten when dropped.
pub type SecretBytes = Zeroizing<[u8; 32]>;

/// A key of codes, as the key file holds it.
pub struct KeyParts {
    /// Its name, printed after AI 91.
    pub id: KeyId,
    /// The group whose codes it makes.
    pub group: ProductGroup,
    /// How it makes tails.
    pub profile: Profile,
    /// Where it is in its life.
    pub state: KeyState,
    /// Seed of the signature key (RFC 8032), or the key of the MAC.
    pub secret: SecretBytes,
}

/// What the key file holds.
pub struct KeyringParts {
    /// From which the permutation of every series is derived.
    pub serial_master: SecretBytes,
    /// Seed of the operator's anchor, which signs the key set.
    pub anchor: SecretBytes,
    /// X25519 secret that reports are sealed to.
    pub report: SecretBytes,
    /// Key of the requests between edge and backend ([`shared::edge_auth`]).
    pub edge: SecretBytes,
    /// Keys of codes.
    pub keys: Vec<KeyParts>,
    /// Version of the key set; grows with every change.
    pub version: u64,
    /// When the key set was issued, in seconds since 1970-01-01 UTC.
    pub issued_at: i64,
}

/// The secrets of a running backend. Overwritten when dropped; shows nothing in `Debug`.
pub struct Keyring {
    master: SerialMaster,
    signing: BTreeMap<KeyId, SigningKey>,
    secrets: Secrets,
    report: EnvelopeKey,
    edge: SecretBytes,
    set: KeySet,
    signed_set: SignedKeySet,
}

impl Keyring {
    /// Makes the keys and signs their set.
    ///
    /// # Errors
    /// [`KeySetError`] if the keys make no set: an id twice, too many.
    pub fn new(parts: KeyringParts) -> Result<Self, KeySetError> {
        let report = EnvelopeKey::from_bytes(&parts.report);
        let mut signing = BTreeMap::new();
        let mut secrets = Secrets::default();
        let mut keys = Vec::with_capacity(parts.keys.len());
        for key in parts.keys {
            let mut public = None;
            match key.profile {
                Profile::Signed => {
                    let made = SigningKey::from_seed(&key.secret);
                    public = Some(made.public());
                    signing.insert(key.id, made);
                }
                Profile::Mac => secrets.mac.push((key.id, MacKey::from_bytes(&key.secret))),
                Profile::Short => secrets.short.push((key.id, MacKey::from_bytes(&key.secret))),
            }
            let group = key.group.as_str().to_owned();
            keys.push(KeyInfo { id: key.id, group, profile: key.profile, state: key.state, public });
        }
        let set = KeySet { version: parts.version, issued_at: parts.issued_at, keys, report_key: report.public() };
        let signed_set = set.sign(&SigningKey::from_seed(&parts.anchor))?;
        Ok(Self {
            master: SerialMaster::from_bytes(&parts.serial_master),
            signing,
            secrets,
            report,
            edge: parts.edge,
            set,
            signed_set,
        })
    }

    /// The keys as anyone may see them.
    pub fn set(&self) -> &KeySet {
        &self.set
    }

    /// The same, signed by the operator's anchor.
    pub fn signed_set(&self) -> &SignedKeySet {
        &self.signed_set
    }

    /// The key that makes new codes of a group in a profile, if one is active.
    pub fn active(&self, group: ProductGroup, profile: Profile) -> Option<KeyId> {
        let fits = |key: &&KeyInfo| key.state.may_sign() && key.profile == profile && key.group == group.as_str();
        self.set.keys.iter().find(fits).map(|key| key.id)
    }

    /// What makes the tails of an order, also when its key signs no new orders any more: an order downloaded again has
    /// the same codes.
    pub fn tail_maker<'a>(&'a self, id: &KeyId) -> Option<TailMaker<'a>> {
        let held = |keys: &'a [(KeyId, MacKey)]| keys.iter().find(|(held, _)| held == id);
        let signed = self.signing.get(id).map(TailMaker::Signed);
        let mac = || held(&self.secrets.mac).map(|(_, key)| TailMaker::Mac(key));
        let short = || held(&self.secrets.short).map(|(_, key)| TailMaker::Short(key));
        signed.or_else(mac).or_else(short)
    }

    /// The serials of a series.
    pub fn series(&self, gtin: Gtin, group: ProductGroup) -> Permutation {
        self.master.series(gtin.as_str(), group.serial_format())
    }

    /// The symmetric keys of codes.
    pub(crate) fn secrets(&self) -> &Secrets {
        &self.secrets
    }

    /// What opens reports.
    pub(crate) fn report(&self) -> &EnvelopeKey {
        &self.report
    }

    /// What signs requests between edge and backend.
    pub(crate) fn edge(&self) -> &[u8] {
        &*self.edge
    }
}

impl fmt::Debug for Keyring {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Keyring(version {}, ..)", self.set.version)
    }
}

/// Makes the tails of one key.
pub enum TailMaker<'a> {
    /// AI 92, a signature.
    Signed(&'a SigningKey),
    /// AI 92, a MAC.
    Mac(&'a MacKey),
    /// AI 93, a short MAC.
    Short(&'a MacKey),
}

impl TailMaker<'_> {
    /// The tails of element strings up to them, in order.
    pub fn tails(&self, prefixes: &[String]) -> Vec<String> {
        match self {
            Self::Signed(key) => key.sign_tails(prefixes),
            Self::Mac(key) => prefixes.iter().map(|prefix| key.tail(prefix)).collect(),
            Self::Short(key) => prefixes.iter().map(|prefix| key.short_tail(prefix)).collect(),
        }
    }
}
