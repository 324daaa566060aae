//! Where rendering is: the context, the data around it, the names of blocks, the inline partials.
//!
//! Everything lies on the stack of the renderer and refers to what lies below it.

use serde_json::{Map, Value as Json};

use super::File;
use super::value::Value;
use crate::text::template::tree::{Inline, Name, Node};

/// One running of a file as a template or a partial.
pub(super) struct Instance<'t> {
    pub(super) file: &'t File,
}

/// What a piece of a template is rendered in.
#[derive(Clone)]
pub(super) struct Scope<'s, 't> {
    pub(super) instance: &'s Instance<'t>,
    pub(super) context: Value<'t>,
    /// The contexts that `../` leads to; the first is the current one.
    pub(super) contexts: Option<&'s Contexts<'s, 't>>,
    pub(super) data: &'s Data<'s, 't>,
    pub(super) names: Option<&'s Names<'s, 't>>,
    pub(super) inlines: Option<&'s Inlines<'s, 't>>,
    /// The scope that included what runs now.
    pub(super) caller: Option<&'s Scope<'s, 't>>,
}

/// A context and those around it.
pub(super) struct Contexts<'s, 't> {
    pub(super) value: Value<'t>,
    pub(super) outer: Option<&'s Contexts<'s, 't>>,
}

/// The names that a block gave, with their values.
pub(super) struct Names<'s, 't> {
    pub(super) given: &'t [Name],
    pub(super) values: [Value<'t>; 2],
    pub(super) outer: Option<&'s Names<'s, 't>>,
}

/// The inline partials that hold in a piece of a template, and the scope around that piece.
pub(super) struct Inlines<'s, 't> {
    pub(super) nodes: &'t [Node],
    pub(super) around: &'s Scope<'s, 't>,
    pub(super) outer: Option<&'s Inlines<'s, 't>>,
}

/// What `{{#> name}}` encloses, with the scope that it stands in.
pub(super) struct Enclosed<'s, 't> {
    pub(super) nodes: &'t [Node],
    pub(super) around: &'s Scope<'s, 't>,
    /// What `@partial-block` means inside it.
    pub(super) outer: Option<&'s Enclosed<'s, 't>>,
}

/// A frame of the data that `@name` reads.
pub(super) struct Data<'s, 't> {
    pub(super) outer: Option<&'s Data<'s, 't>>,
    pub(super) frame: Frame<'s, 't>,
}

/// What a frame adds.
pub(super) enum Frame<'s, 't> {
    /// The variables given beside the input.
    Given(&'t Map<String, Json>),
    /// `@root`.
    Root(Value<'t>),
    /// What a loop tells.
    Loop {
        key: Value<'t>,
        index: usize,
        is_last: bool,
    },
    /// What `@partial-block` means.
    Block(Option<&'s Enclosed<'s, 't>>),
}

impl<'t> Data<'_, 't> {
    /// Finds a variable, in this frame or further out.
    pub(super) fn find(&self, name: &str) -> Value<'t> {
        let mut at = Some(self);
        while let Some(data) = at {
            let found = match (&data.frame, name) {
                (Frame::Given(map), _) => map.get(name).map(Value::from),
                (Frame::Root(value), "root") => Some(value.clone()),
                (Frame::Loop { key, .. }, "key") => Some(key.clone()),
                (Frame::Loop { index, .. }, "index") => Some(number(*index)),
                (Frame::Loop { index, .. }, "first") => Some(Value::Boolean(*index == 0)),
                (Frame::Loop { is_last, .. }, "last") => Some(Value::Boolean(*is_last)),
                _ => None,
            };
            if let Some(found) = found {
                return found;
            }
            at = data.outer;
        }
        Value::Undefined
    }
}

impl<'s, 't> Data<'s, 't> {
    /// Finds what `@partial-block` means.
    pub(super) fn enclosed(&self) -> Option<&'s Enclosed<'s, 't>> {
        match (&self.frame, self.outer) {
            (Frame::Block(enclosed), _) => *enclosed,
            (_, Some(outer)) => outer.enclosed(),
            (_, None) => None,
        }
    }
}

/// Makes a number of a count, which is far below where precision ends.
pub(super) fn number<'t>(count: usize) -> Value<'t> {
    Value::Number(u32::try_from(count).map_or(f64::INFINITY, f64::from))
}

impl<'s, 't> Scope<'s, 't> {
    /// Tells whether a context is another one than that here, so that `../` leads out of it.
    pub(super) fn changes_to(&self, context: &Value<'t>) -> bool {
        self.contexts
            .is_none_or(|contexts| match (context, &contexts.value) {
                (Value::Empty, Value::Null) => false,
                (context, current) => !context.is_loosely_same(current),
            })
    }

    /// Finds the value of a name that a block around gave.
    pub(super) fn named(&self, name: &str) -> Option<Value<'t>> {
        let mut at = self.names;
        while let Some(names) = at {
            if let Some(place) = names.given.iter().position(|known| known.text == name) {
                return names.values.get(place).cloned();
            }
            at = names.outer;
        }
        None
    }

    /// Finds the context so many levels out.
    pub(super) fn context_above(&self, levels: usize) -> Value<'t> {
        if levels == 0 {
            return self.context.clone();
        }
        let mut at = self.contexts;
        for _ in 0..levels {
            at = at.and_then(|contexts| contexts.outer);
        }
        at.map_or(Value::Undefined, |contexts| contexts.value.clone())
    }

    /// Finds an inline partial, with the scope around its definition.
    pub(super) fn inline(&self, name: &str) -> Option<(&'t Inline, &'s Scope<'s, 't>)> {
        let mut at = self.inlines;
        while let Some(inlines) = at {
            let found = inlines.nodes.iter().rev().find_map(|node| match node {
                Node::Inline(inline) if inline.name == name => Some(inline),
                _ => None,
            });
            if let Some(found) = found {
                return Some((found, inlines.around));
            }
            at = inlines.outer;
        }
        None
    }

    /// Finds the inline partials that hold now in another running of a file, which waits below.
    pub(super) fn inlines_of(&self, instance: &Instance<'t>) -> Option<&'s Inlines<'s, 't>> {
        let mut at = Some(self);
        while let Some(scope) = at {
            if std::ptr::eq(scope.instance, instance) {
                return scope.inlines;
            }
            at = scope.caller;
        }
        None
    }
}
