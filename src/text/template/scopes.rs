//! Scopes: which value of the input every name of a template stands for.
//!
//! The contexts of `each` and `with`, block parameters, `../`, `@root` and partials are followed as
//! the `handlebars` crate does it: `if` opens no scope, block parameters are found behind `this.` and
//! `../` as well, and what a helper computes has no place in the input.

use std::collections::{HashMap, HashSet};

use super::places::bounded;
use super::tree::{
    Block, BlockKind, Expression, Inline, Node, Partial, PartialName, Span, Template,
};
use super::usage::{ANY_ELEMENT, ELEMENT_OR_SELF, PartialCall, Place, Usage};
use super::walk::{PARTIAL_BLOCK, is_known_helper, is_section};

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
                    Expression::Path(path) if is_known_helper(&path.raw) => {}
                    value => self.read(value, false),
                },
                Node::Block(block) => self.block(block),
                Node::Partial(partial) => self.partial(partial),
                Node::Inline(inline) => self.inline(inline),
            }
        }
    }

    fn block(&mut self, block: &Block) {
        let call = &block.call;
        let inverse = block.inverse.as_deref().unwrap_or_default();
        if is_section(call, block.kind) {
            return self.section(block, inverse);
        }
        let subject = call.params.first();
        match (call.name.raw.as_str(), subject) {
            ("if" | "unless" | "ifEquals" | "unlessEquals", Some(subject)) => {
                self.conditional(block, subject, inverse);
            }
            ("each" | "with", Some(subject)) => {
                let place = self.subject(subject, call.name.raw == "each");
                call.params
                    .iter()
                    .skip(1)
                    .for_each(|param| self.read(param, false));
                call.hash
                    .iter()
                    .for_each(|named| self.read(&named.value, false));
                let scope = Self::scope(block, place.clone());
                self.body(
                    &block.body,
                    place.map(|place| place.path).into_iter().collect(),
                    Some(scope),
                );
                self.body(inverse, Vec::new(), None);
            }
            _ => {
                self.arguments(call, false);
                let names = block
                    .block_params
                    .iter()
                    .map(|name| (name.text.clone(), None))
                    .collect();
                let context = self.context().cloned();
                let scope = (!block.block_params.is_empty()).then_some(Scope { context, names });
                self.body(&block.body, Vec::new(), scope);
                self.body(inverse, Vec::new(), None);
            }
        }
    }

    /// Follows `if`, `unless` and their relatives, which open no scope.
    fn conditional(&mut self, block: &Block, subject: &Expression, inverse: &[Node]) {
        let call = &block.call;
        self.arguments(call, true);
        let negated = call.name.raw.starts_with("unless") != (block.kind == BlockKind::Inverted);
        let plain = matches!(call.name.raw.as_str(), "if" | "unless");
        let present = if plain {
            self.present_if(subject, true)
        } else {
            self.equal_to_literal(&call.params)
        };
        let absent = if plain {
            self.present_if(subject, false)
        } else {
            Vec::new()
        };
        let (body, other) = if negated {
            (absent, present)
        } else {
            (present, absent)
        };
        self.body(&block.body, body, None);
        self.body(inverse, other, None);
    }

    /// Opens the scope of `each` and `with`.
    fn scope(block: &Block, place: Option<Place>) -> Scope {
        let each = block.call.name.raw == "each";
        let context = match place {
            // The values of the whole input have no names.
            Some(place) if each && place.path.is_empty() => None,
            Some(place) if each => bounded(place.join([ANY_ELEMENT])),
            place => place,
        };
        let names = block.block_params.iter().enumerate();
        let names = names
            .map(|(i, name)| (name.text.clone(), context.clone().filter(|_| i == 0)))
            .collect();
        Scope { context, names }
    }

    /// Follows `{{#x}} .. {{/x}}`, whose name is a value.
    fn section(&mut self, block: &Block, inverse: &[Node]) {
        let path = Expression::Path(block.call.name.clone());
        let place = self.subject(&path, false);
        let guards: Vec<_> = place.iter().map(|place| place.path.clone()).collect();
        if block.kind == BlockKind::Inverted {
            self.body(&block.body, Vec::new(), None);
            return self.body(inverse, guards, None);
        }
        let context = match place {
            Some(place) if !place.path.is_empty() => bounded(place.join([ELEMENT_OR_SELF])),
            place => place,
        };
        self.body(
            &block.body,
            guards,
            Some(Scope {
                context,
                names: Vec::new(),
            }),
        );
        self.body(inverse, Vec::new(), None);
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
            // The crate renders it in the context of the partial.
            self.body(
                block,
                Vec::new(),
                Some(Scope {
                    context,
                    names: handed,
                }),
            );
        }
    }

    fn call(&self, name: &str, span: Span, context: Option<Place>) -> PartialCall {
        PartialCall {
            name: name.to_owned(),
            span,
            context,
            site: self.context().cloned(),
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

#[cfg(test)]
mod tests;
