//! The names that a template gives: those of blocks, and inline partials.

use std::collections::BTreeMap;

use super::check::range;
use super::helper::Helper;
use super::tree::{Base, Block, BlockKind, Node, Template, visit_paths};
use super::walk::{InlineUse, bodies};
use crate::text::fault::Fault;

/// Checks the names that blocks give: a use that handlebars.js would not find is an error.
pub(super) fn check_names<'t>(
    nodes: &'t [Node],
    names: &mut Vec<&'t str>,
    faults: &mut Vec<Fault>,
) {
    for node in nodes {
        if let Node::Block(block) = node {
            faults.extend(useless_names(block));
        }
        if let Node::Inline(inline) = node
            && !names.is_empty()
        {
            faults.extend(names_inside(&inline.body, names, &inline.name));
        }
        let outside = names.len();
        if let Node::Block(block) = node {
            names.extend(block.block_params.iter().map(|name| name.text.as_str()));
            check_names(block.body(), names, faults);
            names.truncate(outside);
            check_names(block.inverse(), names, faults);
        } else {
            bodies(node).for_each(|body| check_names(body, names, faults));
        }
    }
}

/// Only what turns to a value gives it a name.
fn useless_names(block: &Block) -> Option<Fault> {
    let first = block.block_params.first()?;
    let helper = block.call.name.helper;
    let is_plain = block.kind != BlockKind::Inverted;
    if is_plain && matches!(helper, None | Some(Helper::Each | Helper::With)) {
        return None;
    }
    let name = &block.call.name.original;
    let message = format!("`{name}` gives no names: `as |..|` belongs to `each` and `with`");
    Some(Fault::new("helper-arguments", range(first.span), message))
}

/// Finds uses of names from around an inline partial, which it does not see.
fn names_inside(nodes: &[Node], names: &[&str], inline: &str) -> Vec<Fault> {
    let mut faults = Vec::new();
    visit_paths(nodes, &mut |path| {
        let is_name = path.parents == 0 && !path.scoped && path.base == Base::Context;
        if let Some(name) = path.segments.first().filter(|_| is_name)
            && names.contains(&name.as_str())
        {
            let message = format!(
                "the inline partial `{inline}` does not see `{name}`, a name of the block around it"
            );
            let hint =
                format!("hand it over under another name: `{{{{> {inline} its_{name}={name}}}}}`");
            faults.push(Fault::new("helper-arguments", range(path.span), message).hint(hint));
        }
    });
    faults
}

/// Inline partials that include each other would never come to an end.
pub(super) fn check_inlines(template: &Template, faults: &mut Vec<Fault>) {
    let inlines = template.inlines();
    let mut includes: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for inline in &inlines {
        let names = inline.includes.iter().map(|used| used.name.as_str());
        includes.entry(&inline.name).or_default().extend(names);
    }
    for InlineUse { name, span, .. } in &inlines {
        if let Some(trail) = trail(name, name, &includes, &mut Vec::new()) {
            let message = format!(
                "inline partials form a circle: {name} > {}",
                trail.join(" > ")
            );
            faults.push(Fault::new("circular-partial", range(*span), message));
        }
    }
}

/// Finds the names through which one includes the other, the last one included.
fn trail<'t>(
    from: &str,
    wanted: &str,
    includes: &BTreeMap<&'t str, Vec<&'t str>>,
    seen: &mut Vec<&'t str>,
) -> Option<Vec<&'t str>> {
    for name in includes.get(from).into_iter().flatten().copied() {
        if name == wanted {
            return Some(vec![name]);
        }
        if seen.contains(&name) {
            continue;
        }
        seen.push(name);
        if let Some(mut rest) = trail(name, wanted, includes, seen) {
            rest.insert(0, name);
            return Some(rest);
        }
    }
    None
}
