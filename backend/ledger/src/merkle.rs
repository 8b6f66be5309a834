//! Merkle trees over the contents of packages: a part can be proved to be in a package without the rest.
//!
//! The tree hash of RFC 6962, section 2.1 (the same as RFC 9162, section 2.1): SHA-256, leaves and nodes told apart by a
//! byte before them, no leaf repeated to fill up the tree. A leaf is the canonical text of a member, which the caller
//! gives: an element string up to the tail for a unit, `00` and the SSCC for a package, in the order of their bytes.
//! Golden vectors are in `tests/golden/ledger/merkle.tsv`.

use sha2::{Digest, Sha256};

/// A hash of the tree.
pub type Hash = [u8; 32];

/// Hash of a leaf.
pub fn leaf_hash(leaf: &[u8]) -> Hash {
    Sha256::new().chain_update([0]).chain_update(leaf).finalize().into()
}

fn node_hash(left: &Hash, right: &Hash) -> Hash {
    Sha256::new().chain_update([1]).chain_update(left).chain_update(right).finalize().into()
}

/// The Merkle tree hash of the leaves; that of an empty package is the hash of nothing.
pub fn root<L: AsRef<[u8]>>(leaves: impl IntoIterator<Item = L>) -> Hash {
    // Roots of complete subtrees, larger before smaller: one for each bit of the number of leaves so far.
    let mut complete: Vec<(u32, Hash)> = Vec::with_capacity(64);
    for leaf in leaves {
        let mut last = (0, leaf_hash(leaf.as_ref()));
        while let Some((_, left)) = complete.pop_if(|(level, _)| *level == last.0) {
            last = (last.0 + 1, node_hash(&left, &last.1));
        }
        complete.push(last);
    }
    let joined = complete.into_iter().map(|(_, hash)| hash).rev().reduce(|right, left| node_hash(&left, &right));
    joined.unwrap_or_else(|| Sha256::digest([]).into())
}

/// Where a leaf stands and the hashes that lead from it to the root (RFC 6962, section 2.1.1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proof {
    /// Index of the leaf.
    pub index: u64,
    /// How many leaves the tree has.
    pub leaves: u64,
    /// The audit path, from the leaf to the root.
    pub path: Vec<Hash>,
}

/// The proof that the leaf with this index is in the tree; nothing if there is no such leaf.
pub fn proof<L: AsRef<[u8]>>(leaves: &[L], index: usize) -> Option<Proof> {
    leaves.get(index)?;
    let mut path = Vec::new();
    let (mut part, mut at) = (leaves, index);
    while part.len() > 1 {
        let (left, right) = part.split_at(split(part.len()));
        if at < left.len() {
            path.push(root(right));
            part = left;
        } else {
            path.push(root(left));
            at -= left.len();
            part = right;
        }
    }
    path.reverse();
    Some(Proof { index: index as u64, leaves: leaves.len() as u64, path })
}

/// The largest power of two below `len`, which is at least 2.
fn split(len: usize) -> usize {
    1 << (len - 1).ilog2()
}

/// Whether the proof leads from the leaf to the root (RFC 9162, section 2.1.3.2).
pub fn verify(root: &Hash, leaf: &[u8], proof: &Proof) -> bool {
    if proof.index >= proof.leaves {
        return false;
    }
    let (mut at, mut last) = (proof.index, proof.leaves - 1);
    let mut hash = leaf_hash(leaf);
    for beside in &proof.path {
        if last == 0 {
            return false;
        }
        if at % 2 == 1 || at == last {
            hash = node_hash(beside, &hash);
            while at.is_multiple_of(2) && at != 0 {
                at >>= 1;
                last >>= 1;
            }
        } else {
            hash = node_hash(&hash, beside);
        }
        at >>= 1;
        last >>= 1;
    }
    last == 0 && hash == *root
}
