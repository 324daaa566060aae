//! Which types and which values a schema allows, as far as that is plain.

use serde_json::Value;

use super::path::Segment;
use super::reference;
use super::value_type::ValueType;

/// The most schemas that are looked at.
const SCHEMAS: usize = 200;

/// The most schemas inside each other.
const DEPTH: usize = 16;

/// What a schema allows.
#[derive(Debug, Clone, Default)]
pub(super) struct Shape<'a> {
    /// The types; none: any.
    pub(super) types: Option<Vec<ValueType>>,
    /// The values; none: any of those types.
    pub(super) values: Option<Vec<&'a Value>>,
}

/// Looks at schemas of one whole schema.
pub(super) struct Shapes<'a> {
    root: &'a Value,
    left: usize,
}

impl<'a> Shapes<'a> {
    pub(super) fn new(root: &'a Value) -> Self {
        Self {
            root,
            left: SCHEMAS,
        }
    }

    /// Sums up a schema that stands at a place of the whole one.
    pub(super) fn of(&mut self, schema: &'a Value, at: &[Segment]) -> Shape<'a> {
        self.left = self.left.saturating_sub(1);
        let mut shape = Shape::default();
        if self.left == 0 || at.len() > DEPTH * 2 {
            return shape;
        }
        let types = schema.get("type").and_then(ValueType::parse_all);
        shape.restrict(Shape {
            types,
            values: None,
        });
        if schema.get("nullable") == Some(&Value::Bool(true))
            && let Some(types) = &mut shape.types
        {
            types.push(ValueType::Null);
        }
        let one = schema.get("const").map(|value| vec![value]);
        let all = schema.get("enum").and_then(Value::as_array);
        for values in one.into_iter().chain(all.map(|all| all.iter().collect())) {
            shape.restrict(Shape::of_values(values));
        }
        if let Some(Value::String(text)) = schema.get("$ref")
            && let Ok((target, place)) = reference::resolve(self.root, at, text)
        {
            shape.restrict(self.of(target, &place));
        }
        for keyword in ["allOf", "anyOf", "oneOf"] {
            let schemas = schema.get(keyword).and_then(Value::as_array);
            let mut union: Option<Shape> = None;
            for (index, below) in schemas.into_iter().flatten().enumerate() {
                let mut at = at.to_vec();
                at.extend([Segment::Key(keyword.into()), Segment::Index(index)]);
                let one = self.of(below, &at);
                match &mut union {
                    _ if keyword == "allOf" => shape.restrict(one),
                    Some(union) => union.widen(one),
                    None => union = Some(one),
                }
            }
            shape.restrict(union.unwrap_or_default());
        }
        shape
    }
}

impl<'a> Shape<'a> {
    fn of_values(values: Vec<&'a Value>) -> Self {
        let mut types = Vec::new();
        for value in &values {
            let found = ValueType::of(value);
            if !types.contains(&found) {
                types.push(found);
            }
        }
        Self {
            types: Some(types),
            values: Some(values),
        }
    }

    /// Says whether values of a type are allowed.
    pub(super) fn allows(&self, asked: ValueType) -> bool {
        self.types
            .as_ref()
            .is_none_or(|types| types.contains(&asked))
    }

    fn restrict(&mut self, other: Self) {
        self.types = match (self.types.take(), other.types) {
            (Some(mine), Some(others)) => Some(common(&mine, &others)),
            (mine, others) => mine.or(others),
        };
        self.values = match (self.values.take(), other.values) {
            (Some(mine), Some(others)) => {
                Some(mine.into_iter().filter(|v| others.contains(v)).collect())
            }
            (mine, others) => mine.or(others),
        };
        if let (Some(types), Some(values)) = (&self.types, &mut self.values) {
            values.retain(|value| types.iter().any(|one| one.holds(value)));
        }
    }

    fn widen(&mut self, other: Self) {
        self.types = match (self.types.take(), other.types) {
            (Some(mut mine), Some(others)) => {
                mine.extend(others);
                mine.dedup();
                Some(mine)
            }
            _ => None,
        };
        self.values = match (self.values.take(), other.values) {
            (Some(mut mine), Some(others)) => {
                mine.extend(others);
                Some(mine)
            }
            _ => None,
        };
    }
}

fn common(mine: &[ValueType], others: &[ValueType]) -> Vec<ValueType> {
    use ValueType::{Integer, Number};
    let narrow = |one: &ValueType| match one {
        one if others.contains(one) => Some(*one),
        Integer if others.contains(&Number) => Some(Integer),
        Number if others.contains(&Integer) => Some(Integer),
        _ => None,
    };
    mine.iter().filter_map(narrow).collect()
}
