//! What is drawn in every symbol of a version, whatever it says (ISO/IEC 18004, 6.3).

/// Modules along a side of a version (ISO/IEC 18004, 6.3.1).
pub(super) const fn side(version: usize) -> usize {
    17 + 4 * version
}

/// The version of a symbol with so many modules along its side.
pub(super) fn version(side: usize) -> Option<usize> {
    ((21..=177).contains(&side) && side % 4 == 1).then(|| (side - 17) / 4)
}

/// Rows and columns of the centres of alignment patterns (ISO/IEC 18004, annex E).
///
/// The table keeps the last centre 7 modules from the edge and goes back by even steps, as equal as they can be.
pub(super) fn alignment(version: usize) -> Vec<usize> {
    if version == 1 {
        return Vec::new();
    }
    let count = version / 7 + 2;
    let step = if version == 32 { 26 } else { (version * 8 + count * 3 + 5) / (count * 4 - 4) * 2 };
    let last = side(version) - 7;
    let mut centres: Vec<usize> = (0..count - 1).map(|back| last - back * step).collect();
    centres.push(6);
    centres.reverse();
    centres
}

/// Centres of the alignment patterns, without the three places where finder patterns stand.
pub(super) fn alignment_centres(version: usize) -> Vec<(usize, usize)> {
    let centres = alignment(version);
    let last = side(version) - 7;
    let finder = |&(x, y): &(usize, usize)| matches!((x, y), (6, 6)) || (x, y) == (6, last) || (x, y) == (last, 6);
    let all = centres.iter().flat_map(|&y| centres.iter().map(move |&x| (x, y)));
    all.filter(|centre| !finder(centre)).collect()
}

/// What a module is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// It is the same in every symbol of the version.
    Fixed {
        /// Whether it is dark.
        dark: bool,
    },
    /// Format and version information.
    Information,
    /// A bit of a codeword, or a remainder bit.
    Data,
}

/// The role of every module of a version, row by row.
pub(super) fn roles(version: usize) -> Vec<Role> {
    let side = side(version);
    let mut roles = vec![Role::Data; side * side];
    let mut set = |x: usize, y: usize, role: Role| roles[y * side + x] = role;
    for index in 0..9 {
        set(8, index, Role::Information);
        set(index, 8, Role::Information);
        if index < 8 {
            set(8, side - 1 - index, Role::Information);
            set(side - 1 - index, 8, Role::Information);
        }
    }
    if version >= 7 {
        for index in 0..18 {
            let (near, far) = (index / 3, side - 11 + index % 3);
            set(near, far, Role::Information);
            set(far, near, Role::Information);
        }
    }
    for index in 8..side - 8 {
        let role = Role::Fixed { dark: index % 2 == 0 };
        set(index, 6, role);
        set(6, index, role);
    }
    for (x, y) in alignment_centres(version) {
        for (dx, dy) in (0..5).flat_map(|dy| (0..5).map(move |dx| (dx, dy))) {
            let dark = ring(dx, 2).max(ring(dy, 2)) != 1;
            set(x + dx - 2, y + dy - 2, Role::Fixed { dark });
        }
    }
    // Finder patterns with their separators; what would lie outside is the quiet zone.
    for (left, top) in [(0, 0), (side - 7, 0), (0, side - 7)] {
        for (dx, dy) in (0..9).flat_map(|dy| (0..9).map(move |dx| (dx, dy))) {
            let (x, y) = (left + dx, top + dy);
            if x > 0 && y > 0 && x <= side && y <= side {
                let dark = !matches!(ring(dx, 4).max(ring(dy, 4)), 2 | 4);
                set(x - 1, y - 1, Role::Fixed { dark });
            }
        }
    }
    set(8, side - 8, Role::Fixed { dark: true });
    roles
}

/// How far a place is from the middle one.
fn ring(place: usize, middle: usize) -> usize {
    place.abs_diff(middle)
}

/// The modules of codewords in the order in which they are placed (ISO/IEC 18004, 7.7.3).
pub(super) fn placement(side: usize, roles: &[Role]) -> impl Iterator<Item = (usize, usize)> {
    // Pairs of columns from the right, upwards and downwards in turn; the column of the timing pattern is left out.
    let pairs = (0..side / 2).map(move |pair| {
        let right = side - 1 - 2 * pair;
        (pair, if right <= 6 { right - 1 } else { right })
    });
    pairs
        .flat_map(move |(pair, right)| {
            (0..side).flat_map(move |step| {
                let y = if pair % 2 == 0 { side - 1 - step } else { step };
                [(right, y), (right - 1, y)]
            })
        })
        .filter(move |&(x, y)| roles[y * side + x] == Role::Data)
}

/// Whether a mask turns a module over (ISO/IEC 18004, table 10).
pub(super) fn masked(mask: usize, x: usize, y: usize) -> bool {
    (match mask {
        0 => (x + y) % 2,
        1 => y % 2,
        2 => x % 3,
        3 => (x + y) % 3,
        4 => (x / 3 + y / 2) % 2,
        5 => x * y % 2 + x * y % 3,
        6 => (x * y % 2 + x * y % 3) % 2,
        _ => ((x + y) % 2 + x * y % 3) % 2,
    }) == 0
}
