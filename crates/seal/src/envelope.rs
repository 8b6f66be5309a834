//! Reports sealed on the phone to the backend's key: HPKE (RFC 9180), base
//! mode, DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, ChaCha20Poly1305.
//!
//! Whoever forwards an envelope, the edge above all, learns its size and when
//! it came, nothing else. The sender is not authenticated.

use hpke::{
    Deserializable, Kem as _, OpModeR, OpModeS, Serializable, aead::ChaCha20Poly1305, kdf::HkdfSha256,
    kem::X25519HkdfSha256 as Kem, rand_core::CryptoRng,
};
use std::fmt;
use zeroize::Zeroizing;

/// Bytes of an encapsulated key.
pub const ENC_BYTES: usize = 32;

/// Bytes by which a ciphertext is longer than its plaintext.
pub const TAG_BYTES: usize = 16;

/// A sealed message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sealed {
    /// The encapsulated key: the sender's public key for this message alone.
    pub enc: [u8; ENC_BYTES],
    /// The message, and 16 bytes that prove it unchanged.
    pub ciphertext: Vec<u8>,
}

/// Why an envelope cannot be sealed or opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum EnvelopeError {
    /// The recipient's public key is of small order or malformed.
    #[error("the recipient's key is not usable")]
    Recipient,
    /// The message was sealed to another key, under another context, or was
    /// changed on the way.
    #[error("the envelope does not open with this key and context")]
    Closed,
}

/// The recipient's secret key. Overwritten when dropped.
pub struct EnvelopeKey {
    secret: <Kem as hpke::Kem>::PrivateKey,
}

impl EnvelopeKey {
    /// Takes the 32 bytes of an X25519 secret key (RFC 7748); every 32 bytes
    /// are one.
    pub fn from_bytes(bytes: &[u8; 32]) -> Self {
        let secret = <Kem as hpke::Kem>::PrivateKey::from_bytes(bytes);
        // Cannot fail for 32 bytes; deriving from them keeps the fallback total
        // and secret all the same.
        let secret = secret.unwrap_or_else(|_| Kem::derive_keypair(bytes).0);
        Self { secret }
    }

    /// The public key that senders seal to.
    pub fn public(&self) -> [u8; 32] {
        Kem::sk_to_pk(&self.secret).to_bytes().into()
    }
}

impl fmt::Debug for EnvelopeKey {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str("EnvelopeKey(..)")
    }
}

/// Seals `plaintext` to the holder of the secret key of `public`.
///
/// `rng` is whatever makes unpredictable bytes: with `getrandom` 0.4 and its
/// feature `sys_rng`, `&mut rand_core::UnwrapErr(getrandom::SysRng)`, with
/// [`crate::rand_core`]. Two messages sealed with the same random bytes betray
/// each other.
///
/// `info` names the use and its version; `aad` travels beside the envelope
/// unsealed and must be the same when it is opened.
pub fn seal(
    public: &[u8; 32],
    info: &[u8],
    aad: &[u8],
    plaintext: &[u8],
    rng: &mut impl CryptoRng,
) -> Result<Sealed, EnvelopeError> {
    let recipient = <Kem as hpke::Kem>::PublicKey::from_bytes(public).map_err(|_| EnvelopeError::Recipient)?;
    let (enc, ciphertext) = hpke::single_shot_seal_with_rng::<ChaCha20Poly1305, HkdfSha256, Kem>(
        &OpModeS::Base,
        &recipient,
        info,
        plaintext,
        aad,
        rng,
    )
    .map_err(|_| EnvelopeError::Recipient)?;
    Ok(Sealed { enc: enc.to_bytes().into(), ciphertext })
}

/// Opens what [`seal`] sealed under the same `info` and `aad`. The plaintext is
/// overwritten when dropped.
pub fn open(
    secret: &EnvelopeKey,
    info: &[u8],
    aad: &[u8],
    sealed: &Sealed,
) -> Result<Zeroizing<Vec<u8>>, EnvelopeError> {
    let enc = <Kem as hpke::Kem>::EncappedKey::from_bytes(&sealed.enc).map_err(|_| EnvelopeError::Closed)?;
    hpke::single_shot_open::<ChaCha20Poly1305, HkdfSha256, Kem>(
        &OpModeR::Base,
        &secret.secret,
        &enc,
        info,
        &sealed.ciphertext,
        aad,
    )
    .map(Zeroizing::new)
    .map_err(|_| EnvelopeError::Closed)
}
