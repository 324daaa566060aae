//! What the helpers do: those of handlebars.js, and those of google/dotprompt.

use std::sync::Arc;

use super::RenderError;
use super::json::{indent_of, stringify};
use super::lookup::{argument, lookup, of_literal, property};
use super::machine::{Machine, Shape, Turn};
use super::scope::{Data, Frame, Scope, number};
use super::value::Value;
use crate::text::template::helper::Helper;
use crate::text::template::message::{Marker, Media, MessagePart, Pending};
use crate::text::template::tree::{Block, Call, Expression, NamedArgument};

/// What an output tag gives.
pub(super) enum Made<'t> {
    Value(Value<'t>),
    Marker(Marker),
}

impl<'t> Machine<'t> {
    /// Evaluates what an output tag says.
    pub(super) fn output_value(
        &mut self,
        value: &'t Expression,
        scope: &Scope<'_, 't>,
    ) -> Result<Made<'t>, RenderError> {
        let (name, params, hash) = match value {
            Expression::Path(path) => (path, [].as_slice(), [].as_slice()),
            Expression::Sub(call) => (&call.name, call.params.as_slice(), call.hash.as_slice()),
            Expression::Literal(literal, _) => return Ok(Made::Value(of_literal(literal))),
        };
        let is_name = name
            .simple()
            .is_some_and(|name| scope.named(name).is_some());
        let marker = match name.helper.filter(|_| !is_name) {
            Some(Helper::Role) => Marker::Role(self.text(argument(params, 0), scope)?),
            Some(Helper::History) => Marker::History,
            Some(Helper::Media) => self.media(hash, scope)?,
            Some(Helper::Section) => self.section_marker(argument(params, 0), scope)?,
            Some(Helper::Log) => return Ok(Made::Value(Value::Undefined)),
            Some(_) if params.is_empty() => return Err(misused(name.original.as_str())),
            _ => return Ok(Made::Value(self.value(value, scope)?)),
        };
        Ok(Made::Marker(marker))
    }

    /// Evaluates an argument.
    pub(super) fn value(
        &mut self,
        expression: &'t Expression,
        scope: &Scope<'_, 't>,
    ) -> Result<Value<'t>, RenderError> {
        match expression {
            Expression::Path(path) => lookup(path, scope, &mut self.out),
            Expression::Literal(literal, _) => Ok(of_literal(literal)),
            Expression::Sub(call) => self.call(call, scope),
        }
    }

    fn call(&mut self, call: &'t Call, scope: &Scope<'_, 't>) -> Result<Value<'t>, RenderError> {
        self.out.step(1)?;
        let first = argument(&call.params, 0);
        match call.name.helper {
            Some(Helper::Lookup) => {
                let value = self.value(first, scope)?;
                let key = self.value(argument(&call.params, 1), scope)?;
                if !value.is_true() {
                    return Ok(value);
                }
                let name = match key {
                    Value::Undefined => "undefined".to_owned(),
                    Value::Null => "null".to_owned(),
                    key => key.to_text(),
                };
                self.out.pay_for_reading(name.len())?;
                property(&value, &name, &mut self.out)
            }
            Some(Helper::Log) => Ok(Value::Undefined),
            Some(Helper::Json) => {
                let value = self.value(first, scope)?;
                let indent = match named(&call.hash, "indent") {
                    Some(indent) => indent_of(&self.value(indent, scope)?)?,
                    None => String::new(),
                };
                if matches!(value, Value::Undefined) {
                    return Ok(Value::Safe(Arc::new(None)));
                }
                if value.is_object() {
                    self.out.step(value.entries_cost())?;
                }
                let text = stringify(&value, &indent, self.out.room())?;
                self.out.pay_for(text.len())?;
                Ok(Value::Safe(Arc::new(Some(text.into()))))
            }
            _ => Err(misused(&call.name.original)),
        }
    }

    fn text(
        &mut self,
        expression: &'t Expression,
        scope: &Scope<'_, 't>,
    ) -> Result<String, RenderError> {
        Ok(self.value(expression, scope)?.to_text())
    }

    fn media(
        &mut self,
        hash: &'t [NamedArgument],
        scope: &Scope<'_, 't>,
    ) -> Result<Marker, RenderError> {
        let mut of = |name| match named(hash, name) {
            Some(value) => self.value(value, scope),
            None => Ok(Value::Undefined),
        };
        let (url, kind) = (of("url")?.to_text(), of("contentType")?);
        let kind = if kind.is_true() {
            kind.to_text()
        } else {
            String::new()
        };
        if url.is_empty() {
            let message = "`{{media}}` has no address: its `url` has no value";
            return Err(RenderError::Failed(message.to_owned()));
        }
        for (name, value) in [("url", &url), ("contentType", &kind)] {
            // JavaScript cuts it off there, and takes what follows the address for the type.
            if value.contains(' ') {
                let message = format!(
                    "the `{name}` of `{{{{media}}}}` has a blank: `{}`",
                    shortened(value)
                );
                return Err(RenderError::Failed(message));
            }
        }
        let content_type = Some(kind).filter(|kind| !kind.is_empty());
        let media = Media { url, content_type };
        Ok(Marker::Part(MessagePart::Media { media }))
    }

    fn section_marker(
        &mut self,
        name: &'t Expression,
        scope: &Scope<'_, 't>,
    ) -> Result<Marker, RenderError> {
        let purpose = self.text(name, scope)?;
        if purpose.is_empty() || purpose.contains(' ') {
            let message = format!(
                "`{{{{section}}}}` has a name without blanks, not `{}`",
                shortened(&purpose)
            );
            return Err(RenderError::Failed(message));
        }
        let metadata = Pending {
            purpose,
            pending: true,
        };
        Ok(Marker::Part(MessagePart::Pending { metadata }))
    }

    /// Runs a block that a helper opens.
    pub(super) fn block_helper(
        &mut self,
        block: &'t Block,
        scope: &Scope<'_, 't>,
    ) -> Result<Shape, RenderError> {
        let call = &block.call;
        let value = self.value(argument(&call.params, 0), scope)?;
        let holds = match call.name.helper {
            Some(Helper::Each) => return self.each(block, &value, scope),
            Some(Helper::With) if value.is_empty() => false,
            Some(Helper::With) => {
                let turn = Turn {
                    context: Some(value.clone()),
                    named: Some([value, Value::Undefined]),
                    ..Turn::default()
                };
                return self.body(block, scope, turn);
            }
            Some(helper @ (Helper::If | Helper::Unless)) => {
                let includes_zero = match named(&call.hash, "includeZero") {
                    Some(zero) => self.value(zero, scope)?.is_true(),
                    None => false,
                };
                let is_absent = (!includes_zero && !value.is_true()) || value.is_empty();
                is_absent == (helper == Helper::Unless)
            }
            Some(helper @ (Helper::IfEquals | Helper::UnlessEquals)) => {
                let other = self.value(argument(&call.params, 1), scope)?;
                value.is_same(&other) == (helper == Helper::IfEquals)
            }
            _ => return Err(misused(&call.name.original)),
        };
        if holds {
            self.body(block, scope, Turn::default())
        } else {
            self.inverse(block, scope, scope.this())
        }
    }

    /// Runs a section: for each element of a list, in an object, or for what is there.
    pub(super) fn section(
        &mut self,
        block: &'t Block,
        value: Value<'t>,
        scope: &Scope<'_, 't>,
    ) -> Result<Shape, RenderError> {
        let is_list = matches!(value, Value::Json(serde_json::Value::Array(_)));
        let names = !block.block_params.is_empty();
        match value {
            // Unlike a helper it keeps a context that is nothing.
            Value::Boolean(true) if !names => {
                let turn = Turn {
                    context: Some(scope.context.clone()),
                    ..Turn::default()
                };
                self.body(block, scope, turn)
            }
            Value::Undefined | Value::Null | Value::Boolean(false) => {
                self.inverse(block, scope, scope.context.clone())
            }
            value if is_list && value.is_empty() => {
                self.inverse(block, scope, scope.context.clone())
            }
            value if is_list => self.each(block, &value, scope),
            _ if names => Err(RenderError::Failed(format!(
                "`{}` is no list, so `as |..|` has nothing to name: write `{{{{#with}}}}`",
                block.call.name.original
            ))),
            value => {
                let turn = Turn {
                    context: Some(value),
                    ..Turn::default()
                };
                self.body(block, scope, turn)
            }
        }
    }

    fn each(
        &mut self,
        block: &'t Block,
        value: &Value<'t>,
        scope: &Scope<'_, 't>,
    ) -> Result<Shape, RenderError> {
        let is_list = matches!(value, Value::Json(serde_json::Value::Array(_)));
        if value.is_object() {
            self.out.step(value.entries_cost())?;
        }
        let entries = value.entries().unwrap_or_default();
        if entries.is_empty() {
            return self.inverse(block, scope, scope.this());
        }
        let count = entries.len();
        for (at, (key, element)) in entries.into_iter().enumerate() {
            let key = if is_list { number(at) } else { key.value() };
            let data = Data {
                outer: Some(scope.data),
                frame: Frame::Loop {
                    key: key.clone(),
                    index: at,
                    is_last: at + 1 == count,
                },
            };
            let turn = Turn {
                context: Some(element.clone()),
                data: Some(&data),
                named: Some([element, key]),
            };
            self.body(block, scope, turn)?;
        }
        Ok(Shape::Text)
    }
}

/// As much of a value as a message shows.
fn shortened(value: &str) -> String {
    const SHOWN: usize = 40;
    let mut shown: String = value.chars().take(SHOWN).collect();
    if shown.len() < value.len() {
        shown.push('…');
    }
    shown
}

fn named<'t>(hash: &'t [NamedArgument], name: &str) -> Option<&'t Expression> {
    let found = hash.iter().find(|named| named.key.text == name);
    found.map(|named| &named.value)
}

/// Templates are checked before they are rendered, so nobody ought to see this.
fn misused(name: &str) -> RenderError {
    RenderError::Failed(format!("the helper `{name}` cannot be called like this"))
}
