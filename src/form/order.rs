//! The order in which items are worked out, and what is wrong where there is none.

use std::collections::BTreeSet;

use super::expression::Var;
use super::fault::{Fault, FaultKind};
use super::node::Node;
use super::source::Place;

/// An order of the nodes in which each comes after those on which its relevance, its calculation
/// and those of its cells depend. `of` picks the variables that stand for a node.
pub(super) fn order(
    nodes: &[Node],
    places: &[Place],
    of: impl Fn(Var) -> Option<usize> + Copy,
) -> Result<Vec<usize>, Fault> {
    let needs: Vec<BTreeSet<usize>> = nodes
        .iter()
        .map(|node| {
            let mut needs = BTreeSet::new();
            for part in std::iter::once(node).chain(&node.cells) {
                for expr in part.relevant.iter().chain(&part.calculation) {
                    expr.each_var(&mut |var| needs.extend(of(var)));
                }
            }
            needs
        })
        .collect();
    let mut order = Vec::with_capacity(nodes.len());
    let mut done = vec![false; nodes.len()];
    while order.len() < nodes.len() {
        let before = order.len();
        for (slot, needs) in needs.iter().enumerate() {
            if done.get(slot) == Some(&false)
                && needs.iter().all(|need| done.get(*need) == Some(&true))
            {
                order.push(slot);
                if let Some(done) = done.get_mut(slot) {
                    *done = true;
                }
            }
        }
        if order.len() == before {
            return Err(cycle(nodes, places, &needs, &done));
        }
    }
    Ok(order)
}

/// The fault of the first cycle: follows what is not done until it comes back to itself.
fn cycle(nodes: &[Node], places: &[Place], needs: &[BTreeSet<usize>], done: &[bool]) -> Fault {
    let open = |slot: &usize| done.get(*slot) == Some(&false);
    let mut path: Vec<usize> = (0..nodes.len()).find(open).into_iter().collect();
    while let Some(last) = path.last() {
        let next = needs.get(*last).and_then(|needs| needs.iter().copied().find(open));
        let Some(next) = next else { break };
        if let Some(start) = path.iter().position(|slot| *slot == next) {
            path.push(next);
            path.drain(..start);
            break;
        }
        path.push(next);
    }
    let codes: Vec<&str> =
        path.iter().filter_map(|slot| nodes.get(*slot)).map(|n| n.item.code.as_str()).collect();
    let place = path.first().and_then(|slot| places.get(*slot)).cloned().unwrap_or_default();
    let name = codes.first().copied().unwrap_or_default().to_owned();
    let what = FaultKind::Cycle(name, codes.join(" > "));
    Fault { file: place.file.to_string(), line: place.line, what }
}
