//! Which act of its document each effect is to each of its units: the first, the second …

use crate::read::Effect;

/// An effect by its range: series, first number, place among the effects of the document.
pub(crate) type Placed = (u64, u64, usize);

/// Gives the effects of one document cut into parts (first number, end), each with the number of acts that its units had
/// of the same document before.
pub(super) fn each(effects: &[Effect], placed: &mut Vec<Placed>, hear: &mut dyn FnMut(&Effect, u64, u64, u32)) {
    let end_of = |effect: &Effect| effect.first.saturating_add(effect.count);
    if let [effect] = effects {
        return hear(effect, effect.first, end_of(effect), 0);
    }
    placed.clear();
    placed.extend(effects.iter().enumerate().map(|(at, effect)| (effect.series, effect.first, at)));
    // Most documents name their ranges in order already.
    if !placed.is_sorted() {
        placed.sort_unstable();
    }
    let effect_at = |placed: &Placed| effects.get(placed.2);
    let mut rest = &placed[..];
    while let Some(first) = rest.first().and_then(effect_at) {
        // Those that touch each other, directly or through others.
        let mut end = end_of(first);
        let mut is_same = true;
        let touching = rest.iter().skip(1).map_while(effect_at).take_while(|next| {
            let touches = next.series == first.series && next.first < end;
            if touches {
                is_same &= next.first == first.first && next.count == first.count;
                end = end.max(end_of(next));
            }
            touches
        });
        let (group, after) = rest.split_at((1 + touching.count()).min(rest.len()));
        rest = after;
        if is_same {
            for (earlier, effect) in (0..).zip(group.iter().filter_map(effect_at)) {
                hear(effect, effect.first, end_of(effect), earlier);
            }
        } else {
            cut(&group.iter().filter_map(effect_at).collect::<Vec<_>>(), group, hear);
        }
    }
}

/// Effects that overlap in part: cut at every first number and end of any of them.
fn cut(effects: &[&Effect], places: &[Placed], hear: &mut dyn FnMut(&Effect, u64, u64, u32)) {
    let end_of = |effect: &Effect| effect.first.saturating_add(effect.count);
    let mut cuts: Vec<u64> = effects.iter().flat_map(|effect| [effect.first, end_of(effect)]).collect();
    cuts.sort_unstable();
    cuts.dedup();
    // In the order in which the document has them.
    let mut order: Vec<(usize, &Effect)> = places.iter().map(|placed| placed.2).zip(effects.iter().copied()).collect();
    order.sort_unstable_by_key(|(at, _)| *at);
    let mut acts = vec![0_u32; cuts.len()];
    for (_, effect) in order {
        let from = cuts.partition_point(|cut| *cut < effect.first);
        let to = cuts.partition_point(|cut| *cut < end_of(effect));
        for at in from..to {
            if let (Some(first), Some(end), Some(earlier)) = (cuts.get(at), cuts.get(at + 1), acts.get_mut(at)) {
                hear(effect, *first, *end, *earlier);
                *earlier += 1;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_counted_as_if_unit_by_unit() {
        let effect = |series, first, count, act| Effect { document: 1, series, first, count, arg: 0, act };
        let effects = [
            effect(1, 10, 20, 1),
            effect(2, 10, 5, 2),
            effect(1, 15, 5, 3),
            effect(1, 0, 12, 4),
            effect(2, 10, 5, 5),
            effect(1, 29, 1, 6),
            effect(1, 30, 1, 7),
        ];
        let mut found = Vec::new();
        each(&effects, &mut Vec::new(), &mut |effect, first, end, earlier| {
            found.extend((first..end).map(|number| (effect.series, number, earlier, effect.act)));
        });
        found.sort_unstable();
        let mut plain = Vec::new();
        let mut acts = std::collections::BTreeMap::new();
        for effect in &effects {
            for number in effect.first..effect.first + effect.count {
                let earlier = acts.entry((effect.series, number)).or_insert(0);
                plain.push((effect.series, number, *earlier, effect.act));
                *earlier += 1;
            }
        }
        plain.sort_unstable();
        assert_eq!(found, plain);
    }
}
