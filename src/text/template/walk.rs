//! Lists what a template names: partials, inline partials and calls of helpers.

use super::helper::Helper;
use super::tree::{
    Base, Block, BlockKind, Call, Expression, NamedArgument, Node, PartialName, Path, Span,
    Template, visit_paths,
};

/// The name that stands for what `{{#> name}}` encloses.
pub(super) const PARTIAL_BLOCK: &str = "@partial-block";

/// The raw block that writes its text; handlebars.js has no helper of that name.
pub(super) const RAW: &str = "raw";

/// Includes a partial by its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartialUse {
    /// The name.
    pub name: String,
    /// Where the name stands.
    pub span: Span,
    /// True for `{{#> name}} .. {{/name}}`: what it encloses is shown where there is no such partial.
    pub optional: bool,
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

/// Calls something, in whichever place.
pub(super) struct CallSite<'t> {
    /// What is called.
    pub(super) name: &'t Path,
    pub(super) params: &'t [Expression],
    pub(super) hash: &'t [NamedArgument],
    pub(super) place: CallPlace<'t>,
    /// The helper, unless a block gave its name to something else.
    pub(super) helper: Option<Helper>,
    /// Where the call stands.
    pub(super) span: Span,
}

/// Where a call stands.
#[derive(Clone, Copy)]
pub(super) enum CallPlace<'t> {
    Output,
    Argument,
    Block(&'t Block),
}

impl Template {
    /// Lists the partials that are included, in order and as often as they are, except those that
    /// an inline partial surely defines.
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

    /// Lists the raw blocks `{{{{raw}}}}`, which JavaScript's runtimes do not know.
    #[must_use]
    pub fn raw_blocks(&self) -> Vec<Span> {
        let mut found = Vec::new();
        self.calls(&mut |site| {
            if let CallPlace::Block(block) = site.place
                && is_raw_text(block)
            {
                found.push(block.open);
            }
        });
        found
    }

    /// Tells whether it reads the data of that name: `@auth`.
    #[must_use]
    pub fn reads_data(&self, name: &str) -> bool {
        let mut found = false;
        visit_paths(&self.nodes, &mut |path| {
            let first = path.segments.first();
            found |= path.base == Base::Data && first.is_some_and(|first| first == name);
        });
        found
    }

    /// Visits every call of a helper, known or not; a name alone is one if a helper has it.
    pub(super) fn calls<'t>(&'t self, visit: &mut dyn FnMut(&CallSite<'t>)) {
        Calls {
            visit,
            names: Vec::new(),
        }
        .nodes(&self.nodes);
    }
}

/// Lists the bodies that a node encloses.
pub(super) fn bodies(node: &Node) -> impl Iterator<Item = &[Node]> {
    let (first, second) = match node {
        Node::Block(block) => (Some(&block.first), block.second.as_ref()),
        Node::Partial(partial) => (partial.block.as_ref(), None),
        Node::Inline(inline) => (Some(&inline.body), None),
        Node::Text(_) | Node::Comment(_) | Node::Output(_) => (None, None),
    };
    first.into_iter().chain(second).map(Vec::as_slice)
}

/// Tells whether a block names a value instead of a helper.
pub(super) fn is_section(call: &Call, is_block_name: bool) -> bool {
    let bare = call.params.is_empty() && call.hash.is_empty();
    bare && (call.name.helper.is_none() || is_block_name)
}

/// Tells whether a block is `{{{{raw}}}}`.
pub(super) fn is_raw_text(block: &Block) -> bool {
    let call = &block.call;
    let bare = call.params.is_empty() && call.hash.is_empty();
    bare && block.kind == BlockKind::Raw && call.name.simple() == Some(RAW)
}

/// Leaves out the names that are `defined`, which hold in the whole block that defines them; none
/// lists them all.
fn collect_partials<'t>(
    nodes: &'t [Node],
    mut defined: Option<&mut Vec<&'t str>>,
    found: &mut Vec<PartialUse>,
) {
    let outside = defined.as_ref().map_or(0, |defined| defined.len());
    if let Some(defined) = &mut defined {
        defined.extend(nodes.iter().filter_map(|node| match node {
            Node::Inline(inline) => Some(inline.name.as_str()),
            _ => None,
        }));
    }
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
                optional: partial.block.is_some(),
            });
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

/// Walks through the nodes with the names that the blocks around gave.
struct Calls<'v, 't> {
    visit: &'v mut dyn FnMut(&CallSite<'t>),
    names: Vec<&'t str>,
}

impl<'t> Calls<'_, 't> {
    fn nodes(&mut self, nodes: &'t [Node]) {
        for node in nodes {
            match node {
                Node::Text(_) | Node::Comment(_) => {}
                Node::Output(output) => match &output.value {
                    Expression::Path(path) if self.helper(path).is_some() => {
                        self.call(path, &[], &[], CallPlace::Output, output.span);
                    }
                    Expression::Sub(call) => {
                        let place = CallPlace::Output;
                        self.call(&call.name, &call.params, &call.hash, place, call.span);
                    }
                    _ => {}
                },
                Node::Block(block) => self.block(block),
                Node::Partial(partial) => {
                    self.arguments(partial.context.as_slice(), &partial.hash);
                    self.nodes(partial.block.as_deref().unwrap_or_default());
                }
                Node::Inline(inline) => self.nodes(&inline.body),
            }
        }
    }

    fn block(&mut self, block: &'t Block) {
        let call = &block.call;
        let place = CallPlace::Block(block);
        self.call(&call.name, &call.params, &call.hash, place, call.span);
        let outside = self.names.len();
        let names = block.block_params.iter().map(|name| name.text.as_str());
        self.names.extend(names);
        self.nodes(block.body());
        self.names.truncate(outside);
        self.nodes(block.inverse());
    }

    fn helper(&self, path: &Path) -> Option<Helper> {
        let is_free = |_: &Helper| !path.simple().is_some_and(|name| self.names.contains(&name));
        path.helper.filter(is_free)
    }

    fn call(
        &mut self,
        name: &'t Path,
        params: &'t [Expression],
        hash: &'t [NamedArgument],
        place: CallPlace<'t>,
        span: Span,
    ) {
        let helper = self.helper(name);
        (self.visit)(&CallSite {
            name,
            params,
            hash,
            place,
            helper,
            span,
        });
        self.arguments(params, hash);
    }

    fn arguments(&mut self, params: &'t [Expression], hash: &'t [NamedArgument]) {
        for value in params.iter().chain(hash.iter().map(|named| &named.value)) {
            if let Expression::Sub(call) = value {
                let place = CallPlace::Argument;
                self.call(&call.name, &call.params, &call.hash, place, call.span);
            }
        }
    }
}
