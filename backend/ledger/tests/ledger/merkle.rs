//! Merkle trees against golden vectors, and proofs against every leaf.

use backend_ledger::merkle::{Hash, Proof, proof, root, verify};
use std::fmt::Write;

const GOLDEN: &str = include_str!("../../../../tests/golden/ledger/merkle.tsv");

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").unwrap();
        text
    })
}

fn unhex(text: &str) -> Vec<u8> {
    (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).unwrap()).collect()
}

#[test]
fn roots_equal_the_vectors() {
    let rows = GOLDEN.lines().filter(|line| !line.starts_with('#'));
    let mut count = 0;
    for row in rows {
        let (leaves, expected) = row.split_once('\t').unwrap();
        let leaves: Vec<Vec<u8>> = match leaves {
            "-" => vec![],
            leaves => leaves.split(',').map(unhex).collect(),
        };
        assert_eq!(hex(&root(&leaves)), expected, "{row}");
        count += 1;
    }
    assert!(count >= 10);
}

#[test]
fn a_proof_leads_from_its_leaf_alone_to_the_root() {
    for count in 1..40_usize {
        let leaves: Vec<String> = (0..count).map(|at| format!("member {at}")).collect();
        let of = root(&leaves);
        for (at, leaf) in leaves.iter().enumerate() {
            let found = proof(&leaves, at).unwrap();
            assert!(verify(&of, leaf.as_bytes(), &found), "{at} of {count}");
            assert!(!verify(&of, b"another", &found));
            assert!(found.path.len() as u32 <= count.next_power_of_two().ilog2());
            let other = Proof { index: (found.index + 1) % count as u64, ..found.clone() };
            assert!(count == 1 || !verify(&of, leaf.as_bytes(), &other));
            let longer = Proof { path: found.path.iter().copied().chain([Hash::default()]).collect(), ..found.clone() };
            assert!(!verify(&of, leaf.as_bytes(), &longer));
            let outside = Proof { index: count as u64, ..found };
            assert!(!verify(&of, leaf.as_bytes(), &outside));
        }
        assert_eq!(proof(&leaves, count), None);
    }
}
