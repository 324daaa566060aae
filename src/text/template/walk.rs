//! Lists what a template names: partials, inline partials and helpers.

use super::tree::{
    BlockKind, Call, Expression, NamedArgument, Node, PartialName, Path, Span, Template,
};

/// The name that stands for what `{{#> name}}` encloses.
pub(super) const PARTIAL_BLOCK: &str = "@partial-block";

/// The helpers that prompts can call; a variable of such a name is hidden by the helper.
pub(super) const HELPERS: [&str; 24] = [
    "if",
    "unless",
    "each",
    "with",
    "lookup",
    "log",
    "eq",
    "ne",
    "gt",
    "gte",
    "lt",
    "lte",
    "and",
    "or",
    "not",
    "len",
    "role",
    "history",
    "media",
    "section",
    "json",
    "ifEquals",
    "unlessEquals",
    "raw",
];

/// Tells whether prompts can call a helper of this name.
#[must_use]
pub fn is_known_helper(name: &str) -> bool {
    HELPERS.contains(&name)
}

/// Includes a partial by its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartialUse {
    /// The name.
    pub name: String,
    /// Where the name stands.
    pub span: Span,
}

/// Defines an inline partial.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InlineUse {
    /// The name.
    pub name: String,
    /// Where the name stands.
    pub span: Span,
    /// Every partial that its body includes, whoever defines it: a cycle through one of them has no end.
    pub includes: Vec<PartialUse>,
}

/// Calls a helper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HelperUse {
    /// The name.
    pub name: String,
    /// Where the name stands.
    pub span: Span,
    /// True for a block, an `{{else name}}` and a raw block.
    pub is_block: bool,
    /// How many arguments are given by position.
    pub arguments: usize,
    /// The names of those given by name.
    pub named: Vec<String>,
}

impl Template {
    /// Lists the partials that are included, in order and as often as they are, except those that
    /// an inline partial surely defined before.
    #[must_use]
    pub fn partials(&self) -> Vec<PartialUse> {
        let mut found = Vec::new();
        collect_partials(&self.nodes, Some(&mut Vec::new()), &mut found);
        found
    }

    /// Lists the inline partials in order.
    #[must_use]
    pub fn inlines(&self) -> Vec<InlineUse> {
        let mut found = Vec::new();
        collect_inlines(&self.nodes, &mut found);
        found
    }

    /// Lists the calls of helpers, known or not; a name alone is a variable unless a helper has it.
    #[must_use]
    pub fn helpers(&self) -> Vec<HelperUse> {
        let mut found = Vec::new();
        collect_helpers(&self.nodes, &mut found);
        found
    }
}

/// Lists the bodies that a node encloses.
fn bodies(node: &Node) -> impl Iterator<Item = &[Node]> {
    let (first, second) = match node {
        Node::Block(block) => (Some(&block.body), block.inverse.as_ref()),
        Node::Partial(partial) => (partial.block.as_ref(), None),
        Node::Inline(inline) => (Some(&inline.body), None),
        Node::Text(_) | Node::Comment(_) | Node::Output(_) => (None, None),
    };
    first.into_iter().chain(second).map(Vec::as_slice)
}

/// Leaves out the names that are `defined`, which hold in their block only; none lists them all.
fn collect_partials<'t>(
    nodes: &'t [Node],
    mut defined: Option<&mut Vec<&'t str>>,
    found: &mut Vec<PartialUse>,
) {
    let outside = defined.as_ref().map_or(0, |defined| defined.len());
    for node in nodes {
        if let Node::Partial(partial) = node
            && let PartialName::Static(name) = &partial.name
            && name != PARTIAL_BLOCK
            && !defined
                .as_ref()
                .is_some_and(|defined| defined.contains(&name.as_str()))
        {
            found.push(PartialUse {
                name: name.clone(),
                span: partial.name_span,
            });
        }
        // An inline partial is known in its own body: by then it is being rendered.
        if let (Node::Inline(inline), Some(defined)) = (node, &mut defined) {
            defined.push(&inline.name);
        }
        for body in bodies(node) {
            collect_partials(body, defined.as_deref_mut(), found);
        }
    }
    if let Some(defined) = defined {
        defined.truncate(outside);
    }
}

fn collect_inlines(nodes: &[Node], found: &mut Vec<InlineUse>) {
    for node in nodes {
        if let Node::Inline(inline) = node {
            let mut includes = Vec::new();
            collect_partials(&inline.body, None, &mut includes);
            found.push(InlineUse {
                name: inline.name.clone(),
                span: inline.name_span,
                includes,
            });
        }
        for body in bodies(node) {
            collect_inlines(body, found);
        }
    }
}

fn collect_helpers(nodes: &[Node], found: &mut Vec<HelperUse>) {
    for node in nodes {
        match node {
            Node::Output(output) => match &output.value {
                Expression::Path(path) if is_known_helper(&path.raw) => {
                    found.push(helper(path, false, &[], &[]));
                }
                value => in_expression(value, found),
            },
            Node::Block(block) => {
                if is_section(&block.call, block.kind) {
                    in_arguments(&block.call, found);
                } else {
                    in_call(&block.call, true, found);
                }
            }
            Node::Partial(partial) => {
                partial
                    .context
                    .iter()
                    .for_each(|context| in_expression(context, found));
                partial
                    .hash
                    .iter()
                    .for_each(|named| in_expression(&named.value, found));
            }
            Node::Inline(_) | Node::Text(_) | Node::Comment(_) => {}
        }
        for body in bodies(node) {
            collect_helpers(body, found);
        }
    }
}

/// Tells whether a block names a value instead of a helper.
pub(super) fn is_section(call: &Call, kind: BlockKind) -> bool {
    let bare = call.params.is_empty() && call.hash.is_empty();
    kind != BlockKind::Raw && bare && !is_known_helper(&call.name.raw)
}

fn helper(name: &Path, is_block: bool, params: &[Expression], hash: &[NamedArgument]) -> HelperUse {
    let named = hash.iter().map(|named| named.key.text.clone()).collect();
    HelperUse {
        name: name.raw.clone(),
        span: name.span,
        is_block,
        arguments: params.len(),
        named,
    }
}

fn in_call(call: &Call, is_block: bool, found: &mut Vec<HelperUse>) {
    found.push(helper(&call.name, is_block, &call.params, &call.hash));
    in_arguments(call, found);
}

fn in_arguments(call: &Call, found: &mut Vec<HelperUse>) {
    call.params
        .iter()
        .for_each(|param| in_expression(param, found));
    call.hash
        .iter()
        .for_each(|named| in_expression(&named.value, found));
}

fn in_expression(expression: &Expression, found: &mut Vec<HelperUse>) {
    if let Expression::Sub(call) = expression {
        in_call(call, false, found);
    }
}
