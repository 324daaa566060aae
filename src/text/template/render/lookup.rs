//! What a path finds, and what an argument is worth.

use super::RenderError;
use super::output::Output;
use super::scope::Scope;
use super::value::Value;
use crate::text::template::tree::{Base, Expression, Literal, Path};

/// Finds the value of a path; what is not there is undefined.
pub(super) fn lookup<'t>(
    path: &Path,
    scope: &Scope<'_, 't>,
    out: &mut Output,
) -> Result<Value<'t>, RenderError> {
    if let Some((first, rest)) = path.segments.split_first()
        && path.parents == 0
        && !path.scoped
        && path.base != Base::Root
        && let Some(value) = scope.named(first)
    {
        return follow(value, rest, out);
    }
    match path.base {
        Base::Context => follow(scope.context_above(path.parents), &path.segments, out),
        Base::Root => follow_data(scope.data.find("root"), &path.segments, out),
        Base::Data => {
            let Some((first, rest)) = path.segments.split_first() else {
                return Ok(scope.context_above(path.parents));
            };
            let mut data = Some(scope.data);
            for _ in 0..path.parents {
                data = data.and_then(|data| data.outer);
            }
            let value = data.map_or(Value::Undefined, |data| data.find(first));
            follow_data(value, rest, out)
        }
    }
}

/// Follows names; what is nothing stays what it is.
fn follow<'t>(
    mut value: Value<'t>,
    names: &[String],
    out: &mut Output,
) -> Result<Value<'t>, RenderError> {
    for name in names {
        value = property(&value, name, out)?;
    }
    Ok(value)
}

/// Follows names behind `@`, where JavaScript stops at whatever is not true.
fn follow_data<'t>(
    mut value: Value<'t>,
    names: &[String],
    out: &mut Output,
) -> Result<Value<'t>, RenderError> {
    for name in names {
        if !value.is_true() {
            break;
        }
        value = property(&value, name, out)?;
    }
    Ok(value)
}

/// Finds what a name means in a value; long texts are counted through, which costs.
pub(super) fn property<'t>(
    value: &Value<'t>,
    name: &str,
    out: &mut Output,
) -> Result<Value<'t>, RenderError> {
    match value {
        Value::Extended(extended) => out.step(extended.over.len() / 16)?,
        value => out.pay_for_reading(value.text().map_or(0, str::len))?,
    }
    Ok(value.property(name))
}

/// Returns the value of a literal.
pub(super) fn of_literal(literal: &Literal) -> Value<'_> {
    match literal {
        Literal::String(text) => Value::Text(text),
        Literal::Number(number) => Value::Number(*number),
        Literal::Boolean(value) => Value::Boolean(*value),
        Literal::Null => Value::Null,
        Literal::Undefined => Value::Undefined,
    }
}

/// Returns the argument at a place; one that is not there is undefined.
pub(super) fn argument(params: &[Expression], place: usize) -> &Expression {
    const NOTHING: &Expression = &Expression::Literal(
        Literal::Undefined,
        crate::text::template::tree::Span { start: 0, end: 0 },
    );
    params.get(place).unwrap_or(NOTHING)
}
