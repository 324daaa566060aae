//! Partials: files, inline partials, and what `{{#> name}}` encloses.

use std::sync::Arc;

use super::RenderError;
use super::machine::{Machine, Shape};
use super::scope::{Contexts, Data, Enclosed, Frame, Inlines, Scope};
use super::value::{Extended, Value};
use crate::text::template::tree::{Expression, Literal, Node, Partial, PartialName};
use crate::text::template::walk::PARTIAL_BLOCK;

impl<'t> Machine<'t> {
    pub(super) fn partial(
        &mut self,
        partial: &'t Partial,
        scope: &Scope<'_, 't>,
    ) -> Result<Shape, RenderError> {
        let PartialName::Static(name) = &partial.name else {
            return Err(RenderError::Failed(
                "a partial's name is computed".to_owned(),
            ));
        };
        let context = self.partial_context(partial, scope)?;
        self.trail.push(name);
        let before = self.out.here();
        let shape = match &partial.block {
            Some(nodes) => self.partial_block(name, nodes, context, scope)?,
            None => self.include(name, context, scope.data, scope.inlines, scope)?,
        };
        self.trail.pop();
        if let Some(indent) = partial.indent {
            if matches!(shape, Shape::Addable | Shape::Object) {
                return Err(RenderError::Failed(format!(
                    "handlebars.js cannot indent `{{{{> {name}}}}}`, which is one value and no text: put text into it"
                )));
            }
            let indent = indent.of(&scope.instance.file.text);
            self.out.indent(before, indent)?;
        }
        Ok(shape)
    }

    fn partial_context(
        &mut self,
        partial: &'t Partial,
        scope: &Scope<'_, 't>,
    ) -> Result<Value<'t>, RenderError> {
        let base = match &partial.context {
            Some(context) => self.value(context, scope)?,
            None => scope.context.clone(),
        };
        if partial.hash.is_empty() {
            return Ok(base);
        }
        // What was handed over before is taken along, so contexts do not become chains.
        let (base, mut over) = match base {
            Value::Extended(extended) => (extended.base.clone(), extended.over.clone()),
            base => (base, Vec::with_capacity(partial.hash.len())),
        };
        self.out.step(over.len())?;
        // JavaScript puts the last one in first.
        for named in partial.hash.iter().rev() {
            // JavaScript leaves it out where the word itself is written, and takes `__proto__` for no name.
            if named.key.text == "__proto__"
                || matches!(named.value, Expression::Literal(Literal::Undefined, _))
            {
                continue;
            }
            self.out.step(1)?;
            let (key, value) = (named.key.text.as_str(), self.value(&named.value, scope)?);
            match over.iter_mut().find(|(known, _)| *known == key) {
                Some((_, known)) => *known = value,
                None => over.push((key, value)),
            }
        }
        Ok(Value::Extended(Arc::new(Extended { base, over })))
    }

    /// Includes a partial that is handed over what the tag encloses.
    fn partial_block(
        &mut self,
        name: &'t str,
        nodes: &'t [Node],
        context: Value<'t>,
        scope: &Scope<'_, 't>,
    ) -> Result<Shape, RenderError> {
        let enclosed = Enclosed {
            nodes,
            around: scope,
            outer: scope.data.enclosed(),
        };
        let data = Data {
            outer: Some(scope.data),
            frame: Frame::Block(Some(&enclosed)),
        };
        let inlines = Inlines {
            nodes,
            around: scope,
            outer: scope.inlines,
        };
        let is_known = name == PARTIAL_BLOCK && scope.data.enclosed().is_some()
            || scope.inline(name).is_some()
            || scope.instance.file.partials.contains_key(name);
        if !is_known {
            return self.enclosed(&enclosed, context, &data, scope);
        }
        // `@partial-block` is looked up around the tag, not in what it encloses.
        let around = if name == PARTIAL_BLOCK {
            scope.data.enclosed()
        } else {
            None
        };
        match around {
            Some(around) => self.enclosed(around, context, &data, scope),
            None => self.include(name, context, &data, Some(&inlines), scope),
        }
    }

    /// Includes what a name means here; `inlines` are those that a file sees.
    fn include(
        &mut self,
        name: &'t str,
        context: Value<'t>,
        data: &Data<'_, 't>,
        inlines: Option<&Inlines<'_, 't>>,
        scope: &Scope<'_, 't>,
    ) -> Result<Shape, RenderError> {
        if name == PARTIAL_BLOCK {
            let enclosed = data.enclosed().ok_or_else(|| {
                RenderError::Failed(
                    "nothing is enclosed that `{{> @partial-block}}` could include: this is a base, \
                     to be included with `{{#> NAME}} .. {{/NAME}}`"
                        .to_owned(),
                )
            })?;
            return self.enclosed(enclosed, context, data, scope);
        }
        if let Some((inline, around)) = scope.inline(name) {
            return self.closure(&inline.body, around, context, data, scope);
        }
        let files = self.files;
        let file = scope.instance.file.partials.get(name);
        let file = file.and_then(|place| files.get(*place));
        let file = file.ok_or_else(|| missing(name))?;
        self.file(file, &context, data, inlines, Some(scope))?;
        Ok(Shape::Text)
    }

    /// Runs what a tag encloses, in which `@partial-block` means what it meant around the tag.
    fn enclosed(
        &mut self,
        enclosed: &Enclosed<'_, 't>,
        context: Value<'t>,
        data: &Data<'_, 't>,
        scope: &Scope<'_, 't>,
    ) -> Result<Shape, RenderError> {
        let data = Data {
            outer: Some(data),
            frame: Frame::Block(enclosed.outer),
        };
        self.closure(enclosed.nodes, enclosed.around, context, &data, scope)
    }

    /// Runs nodes with the names and contexts of the place where they are written.
    fn closure(
        &mut self,
        nodes: &'t [Node],
        around: &Scope<'_, 't>,
        context: Value<'t>,
        data: &Data<'_, 't>,
        caller: &Scope<'_, 't>,
    ) -> Result<Shape, RenderError> {
        let is_new = around.changes_to(&context);
        let contexts = Contexts {
            value: context.clone(),
            outer: around.contexts,
        };
        let inside = Scope {
            instance: around.instance,
            context,
            contexts: if is_new {
                Some(&contexts)
            } else {
                around.contexts
            },
            data,
            names: around.names,
            inlines: caller.inlines_of(around.instance),
            caller: Some(caller),
        };
        match self.program(nodes, around, inside)? {
            Shape::Nothing => Ok(Shape::Text),
            shape => Ok(shape),
        }
    }
}

fn missing(name: &str) -> RenderError {
    RenderError::Failed(format!("there is no partial `{name}` here"))
}
