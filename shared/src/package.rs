//! What a package may hold (R4): policy as data, by level and group.

use crate::group::ProductGroup;
use crate::series::PackageLevel;

/// Most units and packages directly in a package of this level, whatever the goods.
const CAPACITY: &[(PackageLevel, u64)] = &[
    (PackageLevel::Set, 1_000),
    (PackageLevel::Group, 10_000),
    (PackageLevel::Transport, 100_000),
    (PackageLevel::Pallet, 1_000_000),
    (PackageLevel::Container, 10_000_000),
];

/// Where a group asks for less.
const GROUP_CAPACITY: &[(ProductGroup, PackageLevel, u64)] = &[
    // A block of cigarettes holds ten packs, of cigarillos up to fifty.
    (ProductGroup::Tobacco, PackageLevel::Group, 50),
    // A case of beer is carried by one person.
    (ProductGroup::Beer, PackageLevel::Group, 100),
];

/// Most units and packages directly in a package of this level that holds goods of this group.
pub fn capacity(level: PackageLevel, group: Option<ProductGroup>) -> u64 {
    let of_group =
        |(of, at, most): &(ProductGroup, PackageLevel, u64)| (Some(*of) == group && *at == level).then_some(*most);
    let of_level = |(at, most): &(PackageLevel, u64)| (*at == level).then_some(*most);
    GROUP_CAPACITY.iter().find_map(of_group).or_else(|| CAPACITY.iter().find_map(of_level)).unwrap_or_default()
}

/// Whether a package of a level may hold a package of another: its own level or a lower one, since pallets are stacked
/// on pallets and boxes stand in boxes. A set is what a consumer buys: it holds units alone.
pub fn may_hold(level: PackageLevel, inner: PackageLevel) -> bool {
    level != PackageLevel::Set && inner <= level
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_level_has_a_capacity_and_groups_only_lower_it() {
        for level in PackageLevel::ALL {
            let general = capacity(*level, None);
            assert!(general > 0, "{level}");
            for group in ProductGroup::ALL {
                assert!(capacity(*level, Some(*group)) <= general, "{level} {group}");
            }
        }
        assert_eq!(capacity(PackageLevel::Group, Some(ProductGroup::Tobacco)), 50);
    }

    #[test]
    fn higher_levels_hold_lower_ones() {
        use PackageLevel::{Container, Group, Pallet, Set};
        let rows = [(Container, Set, true), (Pallet, Pallet, true), (Group, Pallet, false), (Set, Set, false)];
        for (level, inner, expected) in rows {
            assert_eq!(may_hold(level, inner), expected, "{level} {inner}");
        }
    }
}
