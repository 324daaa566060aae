//! Puts the usage of partials into that of their callers.
//!
//! Every partial is composed once and remembered, a cycle is cut where it closes, and equal uses
//! are merged, so partials that double each other do not double the work.

use std::cell::Cell;
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use super::super::tree::Span;
use super::through::{call_through, translate};
use super::{DataUse, PartialCall, Place, Usage, VariableUse};

/// As deep as partials are followed.
const MAX_DEPTH: usize = 64;
/// As many names as all paths that are put together may have: it bounds time and memory.
const MAX_NAMES: usize = 1_000_000;
/// As many names as a composed path may have.
const MAX_PATH: usize = 64;

type Lookup<'a> = dyn Fn(&str) -> Option<Usage> + 'a;

impl Usage {
    /// Adds what the included partials read; calls that `lookup` does not know remain.
    #[must_use]
    pub fn compose(&self, lookup: &dyn Fn(&str) -> Option<Usage>) -> Usage {
        Composer::new(lookup, false).compose(self, 0)
    }

    /// Adds what the inline partials of the same file read, which keep their own places.
    pub(super) fn compose_inline(&self, lookup: &dyn Fn(&str) -> Option<Usage>) -> Usage {
        Composer::new(lookup, true).compose(self, 0)
    }
}

/// Remembers the partials composed so far; none for those in the making and those unknown.
struct Composer<'a> {
    lookup: &'a Lookup<'a>,
    known: HashMap<String, Option<Rc<Usage>>>,
    inline: bool,
    /// How many names may still be put together.
    budget: Rc<Cell<usize>>,
}

impl<'a> Composer<'a> {
    fn new(lookup: &'a Lookup<'a>, inline: bool) -> Self {
        Self {
            lookup,
            known: HashMap::new(),
            inline,
            budget: Rc::new(Cell::new(MAX_NAMES)),
        }
    }

    fn compose(&mut self, usage: &Usage, depth: usize) -> Usage {
        let mut merge = Merge::new(usage, self.inline, Rc::clone(&self.budget));
        for call in &usage.partial_calls {
            if self.budget.get() == 0 {
                merge.usage.truncated = true;
                break;
            }
            match self.partial(&call.name, depth) {
                Some(partial) => merge.include(call, &partial),
                None => merge.keep(call.clone()),
            }
        }
        merge.usage
    }

    fn partial(&mut self, name: &str, depth: usize) -> Option<Rc<Usage>> {
        if let Some(known) = self.known.get(name) {
            return known.clone();
        }
        if depth >= MAX_DEPTH {
            return None;
        }
        self.known.insert(name.to_owned(), None);
        let found = (self.lookup)(name)?;
        let composed = Rc::new(self.compose(&found, depth + 1));
        self.known
            .insert(name.to_owned(), Some(Rc::clone(&composed)));
        Some(composed)
    }
}

/// Collects uses and merges equal ones.
struct Merge {
    usage: Usage,
    inline: bool,
    budget: Rc<Cell<usize>>,
    variables: HashSet<(Place, Span, usize, [bool; 2])>,
    data: HashSet<(Vec<String>, Span)>,
    calls: HashSet<(String, Span, Option<Place>, Vec<String>)>,
}

impl Merge {
    /// Starts with what the caller reads itself, where every place counts.
    fn new(own: &Usage, inline: bool, budget: Rc<Cell<usize>>) -> Self {
        let usage = Usage {
            partial_calls: Vec::new(),
            ..own.clone()
        };
        Self {
            usage,
            inline,
            budget,
            variables: HashSet::new(),
            data: HashSet::new(),
            calls: HashSet::new(),
        }
    }

    fn span(&self, call: &PartialCall, inner: Span) -> Span {
        if self.inline { inner } else { call.span }
    }

    fn via(&self, call: &PartialCall, inner: Option<&String>) -> Option<String> {
        if self.inline {
            inner.cloned()
        } else {
            Some(call.name.clone())
        }
    }

    /// Spends a part of the budget, and tells whether that was left.
    fn afford(&mut self, names: usize) -> bool {
        let left = self.budget.get().checked_sub(names + 1);
        self.budget.set(left.unwrap_or(0));
        self.usage.truncated |= left.is_none();
        left.is_some()
    }

    fn include(&mut self, call: &PartialCall, partial: &Usage) {
        self.usage.truncated |= partial.truncated;
        for variable in &partial.variables {
            if !self.afford(variable.path.len() + call.names()) {
                return;
            }
            self.variable(call, variable);
        }
        for data in &partial.context_data {
            let data = DataUse {
                path: data.path.clone(),
                span: self.span(call, data.span),
            };
            if self.data.insert((data.path.clone(), data.span)) {
                self.usage.context_data.push(data);
            }
        }
        if partial.whole_context
            && let Some(context) = &call.context
        {
            self.whole(call, context);
        }
        for inner in &partial.partial_calls {
            if !self.afford(inner.names() + call.names()) {
                return;
            }
            self.keep(call_through(call, inner, self.span(call, inner.span)));
        }
    }

    /// Reads the context of a partial as a whole.
    fn whole(&mut self, call: &PartialCall, context: &Place) {
        if context.path.is_empty() {
            self.usage.whole_context = true;
            return;
        }
        let Place { origin, path } = context.clone();
        let checked = call.checked(&path);
        let required = !call.conditional && checked < path.len();
        let via = self.via(call, None);
        self.push(VariableUse {
            path,
            span: call.span,
            checked,
            condition: false,
            required,
            origin,
            via,
        });
    }

    fn variable(&mut self, call: &PartialCall, inner: &VariableUse) {
        let Some(Place { origin, path }) = translate(call, inner.origin, &inner.path) else {
            return;
        };
        let own = if inner.checked > 0 {
            (inner.checked + path.len()).saturating_sub(inner.path.len())
        } else {
            0
        };
        let checked = own.max(call.checked(&path)).min(path.len());
        self.push(VariableUse {
            required: inner.required && !call.conditional && checked < path.len(),
            path,
            span: self.span(call, inner.span),
            checked,
            condition: inner.condition,
            origin,
            via: self.via(call, inner.via.as_ref()),
        });
    }

    fn push(&mut self, variable: VariableUse) {
        let place = Place {
            origin: variable.origin,
            path: variable.path.clone(),
        };
        let marks = [variable.condition, variable.required];
        if variable.path.len() > MAX_PATH {
            self.usage.truncated = true;
        } else if self
            .variables
            .insert((place, variable.span, variable.checked, marks))
        {
            self.usage.variables.push(variable);
        }
    }

    fn keep(&mut self, call: PartialCall) {
        let key = (
            call.name.clone(),
            call.span,
            call.context.clone(),
            call.hash_keys.clone(),
        );
        let long = call
            .context
            .as_ref()
            .is_some_and(|context| context.path.len() > MAX_PATH);
        if long {
            self.usage.truncated = true;
        } else if self.calls.insert(key) {
            self.usage.partial_calls.push(call);
        }
    }
}
