//! Secrets stay where they are: no copy, no text, and nothing left behind.

use seal::{MacKey, Permutation, SerialFormat, SerialMaster, SigningKey, envelope::EnvelopeKey};

/// Fails to compile if a type has the trait: then two implementations fit and
/// the compiler cannot choose.
macro_rules! never {
    ($trait:path: $($type:ty),+) => {
        const _: fn() = || {
            trait Ambiguous<Marker> {
                fn one() {}
            }
            impl<T: ?Sized> Ambiguous<()> for T {}
            struct Second;
            impl<T: ?Sized + $trait> Ambiguous<Second> for T {}
            $(let _ = <$type as Ambiguous<_>>::one;)+
        };
    };
}

never!(Clone: SigningKey, MacKey, SerialMaster, Permutation, EnvelopeKey);
never!(std::fmt::Display: SigningKey, MacKey, SerialMaster, Permutation, EnvelopeKey);
never!(serde::Serialize: SigningKey, MacKey, SerialMaster, Permutation, EnvelopeKey);
never!(AsRef<[u8]>: SigningKey, MacKey, SerialMaster, Permutation, EnvelopeKey);

#[test]
fn debug_shows_the_type_alone() {
    let bytes = [0xab; 32];
    let master = SerialMaster::from_bytes(&bytes);
    let shown = [
        format!("{:?}", SigningKey::from_seed(&bytes)),
        format!("{:?}", MacKey::from_bytes(&bytes)),
        format!("{:?}", EnvelopeKey::from_bytes(&bytes)),
        format!("{master:?}"),
        format!("{:#?}", master.series("04870001234565", &SerialFormat::LEN_13)),
    ];
    let expected =
        ["SigningKey(..)", "MacKey(..)", "EnvelopeKey(..)", "SerialMaster(..)", "Permutation(13 characters, ..)"];
    assert_eq!(shown, expected);
}

#[test]
fn every_secret_is_overwritten_when_dropped() {
    assert!(std::mem::needs_drop::<SigningKey>());
    assert!(std::mem::needs_drop::<MacKey>());
    assert!(std::mem::needs_drop::<SerialMaster>());
    assert!(std::mem::needs_drop::<Permutation>());
    assert!(std::mem::needs_drop::<EnvelopeKey>());
}
