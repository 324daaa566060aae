//! Reading: which expression reads which place, and whether that place was checked before.

use super::super::tree::{Call, Expression, Literal, Span};
use super::places::Value;
use super::scopes::Scopes;
use super::{DataUse, Place, VariableUse, checked};

impl Scopes {
    pub(super) fn arguments(&mut self, call: &Call, condition: bool) {
        call.params
            .iter()
            .for_each(|param| self.read(param, condition));
        call.hash
            .iter()
            .for_each(|named| self.read(&named.value, condition));
    }

    /// Reads what a block turns to; the context itself is read by its names only.
    pub(super) fn subject(&mut self, expression: &Expression, all: bool) -> Option<Place> {
        let place = self.place(expression);
        if all || place.as_ref().is_none_or(|place| !place.path.is_empty()) {
            self.read(expression, true);
        }
        place
    }

    /// Notes what an expression reads; a condition may read what is not there.
    pub(super) fn read(&mut self, expression: &Expression, condition: bool) {
        match expression {
            Expression::Literal(..) => {}
            Expression::Path(path) => match self.value(path) {
                Value::Input(place) => self.note(place, path.span, condition),
                Value::Data(names) => self.usage.context_data.push(DataUse {
                    path: names,
                    span: path.span,
                }),
                Value::Unknown => {}
            },
            Expression::Sub(call) => {
                if let Some(place) = self
                    .place(expression)
                    .filter(|_| call.params.get(1).is_some_and(is_key))
                {
                    return self.note(place, call.params[0].span(), condition);
                }
                self.arguments(call, condition);
            }
        }
    }

    fn note(&mut self, place: Place, span: Span, condition: bool) {
        let Place { origin, path } = place;
        if path.is_empty() {
            self.usage.whole_context = true;
            return;
        }
        let checked = checked(&self.guards, &path);
        let required = self.skippable == 0 && !condition && checked < path.len();
        self.usage.variables.push(VariableUse {
            path,
            span,
            checked,
            condition,
            required,
            origin,
            via: None,
        });
    }
}

/// Tells whether a literal can be the key of a `lookup`.
fn is_key(expression: &Expression) -> bool {
    matches!(
        expression,
        Expression::Literal(Literal::String(_) | Literal::Number(_), _)
    )
}
