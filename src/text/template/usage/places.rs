//! Places: where in the input the value of an expression is, and what a condition says about it.

use super::super::helper::Helper;
use super::super::tree::{Base, Expression, Literal, Path};
use super::scopes::Scopes;
use super::{ANY_ELEMENT, Origin, Place};

/// As long a path as a context may have; beyond, what it holds counts as unknown.
const MAX_CONTEXT: usize = 64;
const LOOP_DATA: [&str; 4] = ["index", "key", "first", "last"];

/// Is what an expression evaluates to, as far as it is input.
pub(super) enum Value {
    Input(Place),
    Data(Vec<String>),
    Unknown,
}

impl Scopes {
    pub(super) fn context(&self) -> Option<&Place> {
        self.stack.last().and_then(|scope| scope.context.as_ref())
    }

    /// Tells where the value of an expression is in the input.
    pub(super) fn place(&self, expression: &Expression) -> Option<Place> {
        match expression {
            Expression::Path(path) => match self.value(path) {
                Value::Input(place) => bounded(place),
                Value::Data(_) | Value::Unknown => None,
            },
            Expression::Sub(call) if call.name.helper == Some(Helper::Lookup) => {
                let place = self.place(call.params.first()?)?;
                let key = match call.params.get(1)? {
                    Expression::Literal(Literal::String(name), _) => name.clone(),
                    Expression::Literal(Literal::Number(number), _) => number.to_string(),
                    _ => ANY_ELEMENT.to_owned(),
                };
                bounded(place.join([key]))
            }
            Expression::Sub(_) | Expression::Literal(..) => None,
        }
    }

    pub(super) fn value(&self, path: &Path) -> Value {
        let names = &path.segments;
        match path.base {
            Base::Data
                if names
                    .first()
                    .is_some_and(|name| LOOP_DATA.contains(&name.as_str())) =>
            {
                Value::Unknown
            }
            Base::Data => Value::Data(names.clone()),
            Base::Root => Value::Input(Place {
                origin: Origin::Root,
                path: names.clone(),
            }),
            Base::Context => self.in_scope(path).map_or(Value::Unknown, Value::Input),
        }
    }

    fn in_scope(&self, path: &Path) -> Option<Place> {
        if let Some((first, rest)) = path.segments.split_first()
            && path.parents == 0
            && !path.scoped
        {
            let named = self
                .stack
                .iter()
                .rev()
                .flat_map(|scope| &scope.names)
                .find(|(name, _)| name == first);
            if let Some((_, place)) = named {
                return place.as_ref().map(|place| place.join(rest));
            }
        }
        // Beyond the outermost context there is nothing, also for a partial.
        let scope = self
            .stack
            .iter()
            .rev()
            .filter(|scope| scope.is_level)
            .nth(path.parents)?;
        let context = scope.context.as_ref();
        context.map(|context| context.join(&path.segments))
    }

    /// Lists what is surely there when a condition holds, or when it does not.
    pub(super) fn present_if(&self, condition: &Expression, holds: bool) -> Vec<Vec<String>> {
        let place = self.place(condition).filter(|_| holds);
        place.into_iter().map(|place| place.path).collect()
    }

    /// Lists the value that equals a literal, which a missing one does not.
    pub(super) fn equal_to_literal(&self, params: &[Expression]) -> Vec<Vec<String>> {
        let literal = |param: &Expression| {
            matches!(
                param,
                Expression::Literal(
                    Literal::String(_) | Literal::Number(_) | Literal::Boolean(_),
                    _
                )
            )
        };
        let any = params.iter().any(literal);
        params
            .iter()
            .filter(|_| any)
            .filter_map(|param| Some(self.place(param)?.path))
            .collect()
    }
}

/// Gives up a place that lies absurdly deep.
pub(super) fn bounded(place: Place) -> Option<Place> {
    (place.path.len() <= MAX_CONTEXT).then_some(place)
}
