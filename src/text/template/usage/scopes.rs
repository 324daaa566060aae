//! Scopes: which value of the input every name of a template stands for.
//!
//! The contexts of `each` and `with`, block parameters, `../`, `@root` and partials are followed as the
//! renderer does it: `if` opens no scope, block parameters end at `this.`, `../` and the end of the
//! file, and what a helper computes has no place in the input.

use std::collections::{HashMap, HashSet};

use super::super::helper::Helper;
use super::super::tree::{
    Block, Expression, Inline, Node, Partial, PartialName, Path, Span, Template,
};
use super::super::walk::{PARTIAL_BLOCK, is_raw_text, is_section};
use super::places::bounded;
use super::{ANY_ELEMENT, ELEMENT_OR_SELF, PartialCall, Place, Usage};

/// As many checks as are remembered at once; beyond, a use passes for unchecked.
pub(super) const MAX_GUARDS: usize = 64;

impl Template {
    /// Tells what the template reads of its input, inline partials included, others not.
    #[must_use]
    pub fn usage(&self) -> Usage {
        Scopes::analyse(&self.nodes, Vec::new())
    }
}

/// Is one context with the names that its block introduced; none for what is not input.
pub(super) struct Scope {
    pub(super) context: Option<Place>,
    pub(super) names: Vec<(String, Option<Place>)>,
    /// Whether `../` counts it: a block that stays in the same context does not.
    pub(super) is_level: bool,
}

/// Walks through the nodes with the scopes that are open.
pub(super) struct Scopes {
    pub(super) usage: Usage,
    pub(super) stack: Vec<Scope>,
    pub(super) guards: Vec<Vec<String>>,
    /// How many blocks around may leave this out.
    pub(super) skippable: usize,
    /// The inline partials with the scope of their definition.
    inlines: Vec<(PartialCall, Usage)>,
}

impl Scopes {
    /// Analyses nodes whose context is the root; `outer` are names that mean something else.
    fn analyse(nodes: &[Node], outer: Vec<String>) -> Usage {
        let names = outer.into_iter().map(|name| (name, None)).collect();
        let stack = vec![Scope {
            context: Some(Place::default()),
            names,
            is_level: true,
        }];
        let mut analysis = Self {
            usage: Usage::default(),
            stack,
            guards: Vec::new(),
            skippable: 0,
            inlines: Vec::new(),
        };
        analysis.nodes(nodes);
        analysis.with_inlines()
    }

    /// Puts inline partials where they are called; those that only others call, where they stand.
    fn with_inlines(mut self) -> Usage {
        if self.inlines.is_empty() {
            return self.usage;
        }
        let bodies = self.inlines.iter().map(|(_, body)| body);
        let called: HashSet<String> = std::iter::once(&self.usage)
            .chain(bodies)
            .flat_map(|usage| usage.partial_calls.iter().map(|call| call.name.clone()))
            .collect();
        let mut known: HashMap<String, Usage> = HashMap::new();
        for (definition, body) in self.inlines {
            let usage = known.entry(definition.name.clone()).or_default();
            usage.variables.extend(body.variables);
            usage.context_data.extend(body.context_data);
            usage.partial_calls.extend(body.partial_calls);
            usage.whole_context |= body.whole_context;
            usage.truncated |= body.truncated;
            if !called.contains(&definition.name) {
                self.usage.partial_calls.push(definition);
            }
        }
        let mut usage = self.usage.compose_inline(&|name| known.get(name).cloned());
        usage
            .partial_calls
            .retain(|call| !known.contains_key(&call.name));
        usage.variables.sort_by_key(|variable| variable.span);
        usage
    }

    fn nodes(&mut self, nodes: &[Node]) {
        for node in nodes {
            match node {
                Node::Text(_) | Node::Comment(_) => {}
                Node::Output(output) => match &output.value {
                    Expression::Path(path) if path.helper.is_some() && !self.is_name(path) => {}
                    value => self.read(value, false),
                },
                Node::Block(block) => self.block(block),
                Node::Partial(partial) => self.partial(partial),
                Node::Inline(inline) => self.inline(inline),
            }
        }
    }

    /// Tells whether a block around gave that name to a value.
    fn is_name(&self, path: &Path) -> bool {
        let names = self.stack.iter().flat_map(|scope| &scope.names);
        let name = path.simple();
        name.is_some_and(|name| names.map(|(known, _)| known).any(|known| known == name))
    }

    fn block(&mut self, block: &Block) {
        if is_raw_text(block) {
            return;
        }
        let call = &block.call;
        if is_section(call, self.is_name(&call.name)) {
            return self.section(block);
        }
        let subject = call.params.first();
        match (call.name.helper, subject) {
            (
                Some(Helper::If | Helper::Unless | Helper::IfEquals | Helper::UnlessEquals),
                Some(subject),
            ) => self.conditional(block, subject),
            (Some(helper @ (Helper::Each | Helper::With)), Some(subject)) => {
                let is_each = helper == Helper::Each;
                let place = self.subject(subject, is_each);
                let scope = self.scope(block, place.clone(), is_each);
                self.body(
                    block.body(),
                    place.map(|place| place.path).into_iter().collect(),
                    Some(scope),
                );
                self.body(block.inverse(), Vec::new(), None);
            }
            _ => {
                self.arguments(call, false);
                self.body(block.body(), Vec::new(), None);
                self.body(block.inverse(), Vec::new(), None);
            }
        }
    }

    /// Follows `if`, `unless` and their relatives, which open no scope.
    fn conditional(&mut self, block: &Block, subject: &Expression) {
        let call = &block.call;
        self.arguments(call, true);
        let helper = call.name.helper;
        let present = if matches!(helper, Some(Helper::If | Helper::Unless)) {
            self.present_if(subject, true)
        } else {
            self.equal_to_literal(&call.params)
        };
        let is_negated = matches!(helper, Some(Helper::Unless | Helper::UnlessEquals));
        let (body, inverse) = if is_negated {
            (Vec::new(), present)
        } else {
            (present, Vec::new())
        };
        self.body(block.body(), body, None);
        self.body(block.inverse(), inverse, None);
    }

    /// Opens the scope of `each` and `with`.
    fn scope(&self, block: &Block, place: Option<Place>, is_each: bool) -> Scope {
        let is_level = is_each || place.is_none() || place.as_ref() != self.context();
        let context = match place {
            // The values of the whole input have no names.
            Some(place) if is_each && place.path.is_empty() => None,
            Some(place) if is_each => bounded(place.join([ANY_ELEMENT])),
            place => place,
        };
        let names = block.block_params.iter().enumerate();
        let names = names
            .map(|(i, name)| (name.text.clone(), context.clone().filter(|_| i == 0)))
            .collect();
        Scope {
            context,
            names,
            is_level,
        }
    }

    /// Follows `{{#x}} .. {{/x}}`, whose name is a value.
    fn section(&mut self, block: &Block) {
        let path = Expression::Path(block.call.name.clone());
        let place = self.subject(&path, false);
        let guards: Vec<_> = place.iter().map(|place| place.path.clone()).collect();
        let context = match place {
            Some(place) if !place.path.is_empty() => bounded(place.join([ELEMENT_OR_SELF])),
            place => place,
        };
        let names = block.block_params.iter().enumerate();
        let names = names
            .map(|(i, name)| (name.text.clone(), context.clone().filter(|_| i == 0)))
            .collect();
        let scope = Scope {
            context,
            names,
            is_level: true,
        };
        self.body(block.body(), guards, Some(scope));
        self.body(block.inverse(), Vec::new(), None);
    }

    fn body(&mut self, nodes: &[Node], guards: Vec<Vec<String>>, scope: Option<Scope>) {
        let before = self.guards.len();
        let room = MAX_GUARDS.saturating_sub(before);
        self.guards.extend(
            guards
                .into_iter()
                .filter(|guard| !guard.is_empty())
                .take(room),
        );
        let scoped = scope.is_some();
        self.stack.extend(scope);
        self.skippable += 1;
        self.nodes(nodes);
        self.skippable -= 1;
        if scoped {
            self.stack.pop();
        }
        self.guards.truncate(before);
    }

    fn partial(&mut self, partial: &Partial) {
        let context = match &partial.context {
            Some(expression) => {
                let place = self.place(expression);
                if place.as_ref().is_none_or(|place| !place.path.is_empty()) {
                    self.read(expression, false);
                }
                place
            }
            None => self.context().cloned(),
        };
        partial
            .hash
            .iter()
            .for_each(|named| self.read(&named.value, false));
        let handed: Vec<_> = partial
            .hash
            .iter()
            .map(|named| (named.key.text.clone(), self.place(&named.value)))
            .collect();
        if let PartialName::Static(name) = &partial.name
            && name != PARTIAL_BLOCK
        {
            let mut call = self.call(name, partial.name_span, context.clone());
            call.must_exist = partial.block.is_none();
            call.hash_keys = handed.iter().map(|(key, _)| key.clone()).collect();
            call.hash_paths = handed
                .iter()
                .filter_map(|(key, place)| Some((key.clone(), place.clone()?)))
                .collect();
            self.usage.partial_calls.push(call);
        }
        if let Some(block) = &partial.block {
            // It is rendered in whatever context the partial asks for; often in its own.
            let is_level = context.is_none() || context.as_ref() != self.context();
            self.body(
                block,
                Vec::new(),
                Some(Scope {
                    context,
                    names: handed,
                    is_level,
                }),
            );
        }
    }

    fn call(&self, name: &str, span: Span, context: Option<Place>) -> PartialCall {
        PartialCall {
            name: name.to_owned(),
            span,
            context,
            hash_keys: Vec::new(),
            hash_paths: Vec::new(),
            guards: self.guards.clone(),
            conditional: self.skippable > 0,
            must_exist: true,
        }
    }

    fn inline(&mut self, inline: &Inline) {
        let outer = self
            .stack
            .iter()
            .flat_map(|scope| scope.names.iter().map(|(name, _)| name.clone()))
            .collect();
        let body = Self::analyse(&inline.body, outer);
        let definition = self.call(&inline.name, inline.name_span, self.context().cloned());
        // Nobody may call it after all.
        let definition = PartialCall {
            conditional: true,
            must_exist: false,
            ..definition
        };
        self.inlines.push((definition, body));
    }
}
