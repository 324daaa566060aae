//! The machine: it walks through the nodes, keeps count, and changes to a fresh stack where needed.

use std::thread;

use super::helpers::Made;
use super::lookup::lookup;
use super::output::Output;
use super::scope::{Contexts, Data, Frame, Inlines, Instance, Names, Scope};
use super::value::Value;
use super::{Budget, File, Given, RenderError};
use crate::text::template::message::Message;
use crate::text::template::tree::{Block, Expression, Node, Template};
use crate::text::template::walk::{is_raw_text, is_section};

/// How deep blocks and partials may nest while rendering.
const MAX_DEPTH: usize = 2_048;
/// After so many levels rendering goes on with a fresh stack.
const LEVELS_PER_STACK: usize = 64;
/// What a fresh stack costs: a thread is begun for it.
const STEPS_PER_STACK: usize = 1_000;
/// Enough for that many levels, also in a debug build.
const STACK_BYTES: usize = 2 * 1024 * 1024;

/// What a piece of a program gave, as far as what follows depends on it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// It has no pieces.
    Nothing,
    /// One number or boolean: JavaScript would add the next one to it instead of joining them.
    Addable,
    /// One object: a list, a map, a marker, what `json` gave.
    Object,
    /// Text.
    Text,
}

pub(super) struct Machine<'t> {
    pub(super) files: &'t [File],
    pub(super) out: Output,
    depth: usize,
    /// The partials that are being rendered.
    pub(super) trail: Vec<&'t str>,
}

/// What a block turns to.
#[derive(Default)]
pub(super) struct Turn<'s, 't> {
    /// The context; none keeps the current one.
    pub(super) context: Option<Value<'t>>,
    /// What the loop tells.
    pub(super) data: Option<&'s Data<'s, 't>>,
    /// The values that the block gives names to.
    pub(super) named: Option<[Value<'t>; 2]>,
}

impl<'t> Machine<'t> {
    /// `history` is what the messages so far count as.
    pub(super) fn new(files: &'t [File], budget: Budget, history: usize) -> Self {
        Self {
            files,
            out: Output::new(budget, history),
            depth: 0,
            trail: Vec::new(),
        }
    }

    pub(super) fn run(&mut self, given: &'t Given) -> Result<(), RenderError> {
        let Some(file) = self.files.first() else {
            return Ok(());
        };
        let context = Value::from(&given.input);
        let around = Data {
            outer: None,
            frame: Frame::Given(&given.data),
        };
        let rooted = Data {
            outer: Some(&around),
            frame: Frame::Root(context.clone()),
        };
        let data = if given.data.contains_key("root") {
            &around
        } else {
            &rooted
        };
        self.file(file, &context, data, None, None)
    }

    pub(super) fn finish(self, history: &[Message]) -> (Vec<Message>, String) {
        self.out.finish(history)
    }

    /// Runs a file: the names around it end here, the data and the inline partials go on.
    pub(super) fn file<'s>(
        &mut self,
        file: &'t File,
        context: &Value<'t>,
        data: &'s Data<'s, 't>,
        inlines: Option<&'s Inlines<'s, 't>>,
        caller: Option<&'s Scope<'s, 't>>,
    ) -> Result<(), RenderError> {
        let instance = Instance { file };
        let contexts = Contexts {
            value: context.clone(),
            outer: None,
        };
        let around = Scope {
            instance: &instance,
            context: context.clone(),
            contexts: None,
            data,
            names: None,
            inlines,
            caller,
        };
        let inside = Scope {
            contexts: Some(&contexts),
            ..around.clone()
        };
        let Template { nodes } = &file.template;
        self.program(nodes, &around, inside)?;
        Ok(())
    }

    /// Runs nodes in a scope of their own; the inline partials among them hold in all of them.
    pub(super) fn program<'s>(
        &mut self,
        nodes: &'t [Node],
        around: &'s Scope<'s, 't>,
        mut inside: Scope<'s, 't>,
    ) -> Result<Shape, RenderError> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(RenderError::TooDeep {
                limit: MAX_DEPTH,
                trail: self.trail.iter().map(|name| (*name).to_owned()).collect(),
            });
        }
        let inlines = Inlines {
            nodes,
            around,
            outer: inside.inlines,
        };
        let defines = nodes.iter().any(|node| matches!(node, Node::Inline(_)));
        let shape = if defines {
            self.with_inlines(inside, &inlines)
        } else if self.depth.is_multiple_of(LEVELS_PER_STACK) {
            self.on_fresh_stack(nodes, &inside)
        } else {
            inside.inlines = inlines.outer;
            self.nodes(nodes, &inside)
        };
        self.depth -= 1;
        shape
    }

    fn with_inlines<'s>(
        &mut self,
        inside: Scope<'s, 't>,
        inlines: &'s Inlines<'s, 't>,
    ) -> Result<Shape, RenderError> {
        let inside = Scope {
            inlines: Some(inlines),
            ..inside
        };
        if self.depth.is_multiple_of(LEVELS_PER_STACK) {
            return self.on_fresh_stack(inlines.nodes, &inside);
        }
        self.nodes(inlines.nodes, &inside)
    }

    fn on_fresh_stack(
        &mut self,
        nodes: &'t [Node],
        inside: &Scope<'_, 't>,
    ) -> Result<Shape, RenderError> {
        self.out.step(STEPS_PER_STACK)?;
        let broken = |what: &str| RenderError::Failed(format!("no stack for rendering: {what}"));
        thread::scope(|threads| {
            thread::Builder::new()
                .stack_size(STACK_BYTES)
                .spawn_scoped(threads, || self.nodes(nodes, inside))
                .map_err(|error| broken(&error.to_string()))?
                .join()
                .map_err(|_| broken("the thread broke down"))?
        })
    }

    fn nodes(&mut self, nodes: &'t [Node], scope: &Scope<'_, 't>) -> Result<Shape, RenderError> {
        let mut shape = Shape::Nothing;
        for node in nodes {
            self.out.step(1)?;
            let piece = match node {
                Node::Comment(_) | Node::Inline(_) => continue,
                Node::Text(text) => {
                    let text = text.shown.of(&scope.instance.file.text);
                    if text.is_empty() {
                        continue;
                    }
                    self.out.push(text)?;
                    Shape::Text
                }
                Node::Output(output) => self.output(&output.value, scope)?,
                Node::Block(block) => self.block(block, scope)?,
                Node::Partial(partial) => self.partial(partial, scope)?,
            };
            shape = match (shape, piece) {
                (Shape::Addable, Shape::Addable) => return Err(added(node, scope)),
                (Shape::Nothing, piece) => piece,
                _ => Shape::Text,
            };
        }
        Ok(shape)
    }

    fn output(
        &mut self,
        value: &'t Expression,
        scope: &Scope<'_, 't>,
    ) -> Result<Shape, RenderError> {
        let value = match self.output_value(value, scope)? {
            Made::Value(value) => value,
            Made::Marker(marker) => {
                self.out.say(marker)?;
                return Ok(Shape::Object);
            }
        };
        if let Some(why) = value.unwritable() {
            return Err(RenderError::Failed(why.to_owned()));
        }
        self.out.write(|out| value.write(out))?;
        Ok(if value.is_addable() {
            Shape::Addable
        } else if value.is_object() {
            Shape::Object
        } else {
            Shape::Text
        })
    }

    fn block(&mut self, block: &'t Block, scope: &Scope<'_, 't>) -> Result<Shape, RenderError> {
        let name = &block.call.name;
        let is_name = name
            .simple()
            .is_some_and(|name| scope.named(name).is_some());
        if is_raw_text(block) {
            return self.body(block, scope, Turn::default());
        }
        if is_section(&block.call, is_name) {
            let value = lookup(name, scope, &mut self.out)?;
            return self.section(block, value, scope);
        }
        self.block_helper(block, scope)
    }

    /// Runs what a block writes when it holds.
    pub(super) fn body(
        &mut self,
        block: &'t Block,
        scope: &Scope<'_, 't>,
        turn: Turn<'_, 't>,
    ) -> Result<Shape, RenderError> {
        let context = turn.context.unwrap_or_else(|| scope.this());
        let changes = scope.changes_to(&context);
        let contexts = Contexts {
            value: context.clone(),
            outer: scope.contexts,
        };
        let mut inside = Scope {
            context,
            contexts: if changes {
                Some(&contexts)
            } else {
                scope.contexts
            },
            data: turn.data.unwrap_or(scope.data),
            ..scope.clone()
        };
        let Some(values) = turn.named.filter(|_| !block.block_params.is_empty()) else {
            return self.piece(block.body(), scope, inside);
        };
        let names = Names {
            given: &block.block_params,
            values,
            outer: scope.names,
        };
        inside.names = Some(&names);
        self.piece(block.body(), scope, inside)
    }

    /// Runs what a block writes otherwise, in the context that its helper keeps.
    pub(super) fn inverse(
        &mut self,
        block: &'t Block,
        scope: &Scope<'_, 't>,
        context: Value<'t>,
    ) -> Result<Shape, RenderError> {
        let contexts = Contexts {
            value: context.clone(),
            outer: scope.contexts,
        };
        let changes = scope.changes_to(&context);
        let inside = Scope {
            context,
            contexts: if changes {
                Some(&contexts)
            } else {
                scope.contexts
            },
            ..scope.clone()
        };
        self.piece(block.inverse(), scope, inside)
    }

    /// Runs a program; one without pieces is the empty text.
    fn piece<'s>(
        &mut self,
        nodes: &'t [Node],
        around: &'s Scope<'s, 't>,
        inside: Scope<'s, 't>,
    ) -> Result<Shape, RenderError> {
        match self.program(nodes, around, inside)? {
            Shape::Nothing => Ok(Shape::Text),
            shape => Ok(shape),
        }
    }
}

impl<'t> Scope<'_, 't> {
    /// What helpers get as the current context: where there is none, an empty object.
    pub(super) fn this(&self) -> Value<'t> {
        if self.context.is_nothing() {
            Value::Empty
        } else {
            self.context.clone()
        }
    }
}

/// Says that JavaScript would add two numbers where the template writes them.
fn added(node: &Node, scope: &Scope<'_, '_>) -> RenderError {
    let text = &scope.instance.file.text;
    let tag = match node {
        Node::Output(output) => output.span.of(text),
        Node::Block(block) => block.open.of(text),
        Node::Partial(partial) => partial.span.of(text),
        _ => "",
    };
    RenderError::Failed(format!(
        "`{tag}` is a number right behind another one, without text before them: handlebars.js would \
         add the two instead of writing them; put text between or before them"
    ))
}
