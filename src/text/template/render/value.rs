//! Values as JavaScript sees them: what is true, what is equal, what a name finds, what is written.

use std::sync::Arc;

use serde_json::{Map, Value as Json};

use crate::text::template::number;
use crate::text::template::syntax::is_space;

/// As long as the text of a number may be, blanks around it included, to be compared with another.
const SIMPLE_BYTES: usize = 64;

/// A value that a template meets. Copies are cheap: nothing of the input is copied.
#[derive(Clone, Debug)]
pub(super) enum Value<'t> {
    Undefined,
    Null,
    Boolean(bool),
    Number(f64),
    /// Text of the input or of the template.
    Text(&'t str),
    /// Text that was made while rendering, such as a key.
    Made(Arc<str>),
    /// What `json` gave: text, but an object of its own to JavaScript. Of nothing it has no text.
    Safe(Arc<Option<Arc<str>>>),
    /// A list or an object of the input.
    Json(&'t Json),
    /// The context of a partial with the values that it was handed over.
    Extended(Arc<Extended<'t>>),
    /// An object without anything, which stands in for a context that is nothing.
    Empty,
    /// One half of a character that JavaScript counts as two.
    Half,
}

/// An object or a list with values put over its own.
#[derive(Debug)]
pub(super) struct Extended<'t> {
    pub(super) base: Value<'t>,
    pub(super) over: Vec<(&'t str, Value<'t>)>,
}

impl<'t> From<&'t Json> for Value<'t> {
    fn from(json: &'t Json) -> Self {
        match json {
            Json::Null => Self::Null,
            Json::Bool(value) => Self::Boolean(*value),
            // Without arbitrary precision every number has a value as f64.
            Json::Number(number) => Self::Number(number.as_f64().unwrap_or(f64::NAN)),
            Json::String(text) => Self::Text(text),
            Json::Array(_) | Json::Object(_) => Self::Json(json),
        }
    }
}

impl<'t> Value<'t> {
    pub(super) fn is_nothing(&self) -> bool {
        matches!(self, Self::Undefined | Self::Null)
    }

    /// Says why it cannot be written, if it cannot.
    pub(super) fn unwritable(&self) -> Option<&'static str> {
        match self {
            Self::Half => Some("half of a character cannot be written"),
            Self::Json(Json::Array(list)) => list
                .iter()
                .find_map(|element| Self::from(element).unwritable()),
            Self::Json(Json::Object(map)) if map.contains_key("toString") => Some(
                "an object with a member `toString` cannot be written: name one of its members",
            ),
            _ => None,
        }
    }

    fn of_safe(text: Option<&Arc<str>>) -> Self {
        text.map_or(Self::Undefined, |text| Self::Made(Arc::clone(text)))
    }

    /// Tells whether JavaScript has an object of it: a list, a map, what `json` gave.
    pub(super) fn is_object(&self) -> bool {
        matches!(
            self,
            Self::Safe(_) | Self::Json(_) | Self::Extended(_) | Self::Empty
        )
    }

    /// Returns the text, if it is one.
    pub(super) fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Made(text) => Some(text),
            _ => None,
        }
    }

    /// Tells whether JavaScript adds it to a number, where it would join texts.
    pub(super) fn is_addable(&self) -> bool {
        matches!(self, Self::Number(_) | Self::Boolean(_))
    }

    /// JavaScript's truth.
    pub(super) fn is_true(&self) -> bool {
        match self {
            Self::Undefined | Self::Null => false,
            Self::Boolean(value) => *value,
            Self::Number(number) => *number != 0.0 && !number.is_nan(),
            Self::Text(_) | Self::Made(_) => self.text().is_some_and(|text| !text.is_empty()),
            _ => true,
        }
    }

    /// Handlebars' emptiness: what is not true, except 0, and lists without elements.
    pub(super) fn is_empty(&self) -> bool {
        match self {
            Self::Number(number) => number.is_nan(),
            Self::Json(Json::Array(list)) => list.is_empty(),
            _ => !self.is_true(),
        }
    }

    /// JavaScript's `===`.
    #[allow(clippy::float_cmp, reason = "JavaScript compares numbers so")]
    pub(super) fn is_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Undefined, Self::Undefined)
            | (Self::Null, Self::Null)
            | (Self::Empty, Self::Empty) => true,
            (Self::Boolean(one), Self::Boolean(other)) => one == other,
            (Self::Number(one), Self::Number(other)) => one == other,
            (Self::Json(one), Self::Json(other)) => std::ptr::eq(*one, *other),
            (Self::Safe(one), Self::Safe(other)) => Arc::ptr_eq(one, other),
            (Self::Extended(one), Self::Extended(other)) => Arc::ptr_eq(one, other),
            _ => match (self.text(), other.text()) {
                (Some(one), Some(other)) => one == other,
                _ => false,
            },
        }
    }

    /// JavaScript's `==`, as far as contexts can meet in it.
    #[allow(clippy::float_cmp, reason = "JavaScript compares numbers so")]
    pub(super) fn is_loosely_same(&self, other: &Self) -> bool {
        if self.is_nothing() || other.is_nothing() {
            return self.is_nothing() && other.is_nothing();
        }
        match (self.is_object(), other.is_object()) {
            (false, false) if self.is_addable() || other.is_addable() => {
                self.to_number() == other.to_number()
            }
            (true, true) | (false, false) => self.is_same(other),
            (true, false) => {
                let text = self.text_up_to(SIMPLE_BYTES.max(other.text().map_or(0, str::len)));
                text.is_some_and(|text| Self::Made(text.into()).is_loosely_same(other))
            }
            (false, true) => other.is_loosely_same(self),
        }
    }

    /// Returns the text of a value unless it is longer than that.
    fn text_up_to(&self, limit: usize) -> Option<String> {
        let mut text = String::new();
        self.write_up_to(&mut text, limit).then_some(text)
    }

    /// Writes the value, and gives up behind so many bytes.
    fn write_up_to(&self, out: &mut String, limit: usize) -> bool {
        let Self::Json(Json::Array(list)) = self else {
            self.write(out);
            return out.len() <= limit;
        };
        list.iter().enumerate().all(|(place, element)| {
            if place > 0 {
                out.push(',');
            }
            out.len() <= limit && Value::from(element).write_up_to(out, limit)
        })
    }

    fn to_number(&self) -> f64 {
        match self {
            Self::Boolean(value) => f64::from(u8::from(*value)),
            Self::Number(number) => *number,
            _ => {
                let text = self.text().unwrap_or_default().trim_matches(is_space);
                if text.is_empty() {
                    0.0
                } else {
                    text.parse().unwrap_or(f64::NAN)
                }
            }
        }
    }

    /// What JavaScript's `String(value)` gives; nothing is nothing.
    pub(super) fn to_text(&self) -> String {
        let mut text = String::new();
        self.write(&mut text);
        text
    }

    /// Writes the value behind a text.
    pub(super) fn write(&self, out: &mut String) {
        match self {
            Self::Undefined | Self::Null | Self::Half => {}
            Self::Boolean(value) => out.push_str(if *value { "true" } else { "false" }),
            Self::Number(value) => out.push_str(&number::to_text(*value)),
            Self::Text(text) => out.push_str(text),
            Self::Made(text) => out.push_str(text),
            Self::Safe(text) => out.push_str((**text).as_deref().unwrap_or("undefined")),
            Self::Json(Json::Array(list)) => {
                for (place, element) in list.iter().enumerate() {
                    if place > 0 {
                        out.push(',');
                    }
                    Value::from(element).write(out);
                }
            }
            Self::Json(_) | Self::Extended(_) | Self::Empty => {
                out.push_str("[object Object]");
            }
        }
    }

    /// Finds what a name means in it. Nothing has no names, and stays what it is.
    pub(super) fn property(&self, name: &str) -> Self {
        match self {
            Self::Null => Self::Null,
            Self::Json(Json::Object(map)) => map.get(name).map_or(Self::Undefined, Self::from),
            Self::Json(Json::Array(list)) => match name {
                "length" => length(list.len()),
                _ => index(name)
                    .and_then(|at| list.get(at))
                    .map_or(Self::Undefined, Self::from),
            },
            Self::Text(_) | Self::Made(_) => self.text().map_or(Self::Undefined, |text| {
                if name == "length" {
                    length(text.encode_utf16().count())
                } else {
                    index(name).map_or(Self::Undefined, |at| unit(text, at))
                }
            }),
            Self::Half if name == "0" => Self::Half,
            Self::Half if name == "length" => length(1),
            Self::Safe(text) if name == "string" => Self::of_safe((**text).as_ref()),
            Self::Extended(extended) => {
                let over = extended.over.iter().find(|(key, _)| *key == name);
                match (over, &extended.base) {
                    (Some((_, value)), _) => value.clone(),
                    (None, Self::Json(Json::Array(_)) | Self::Text(_) | Self::Made(_))
                        if name == "length" =>
                    {
                        Self::Undefined
                    }
                    // What is no object has nothing to take over.
                    (None, Self::Null) => Self::Undefined,
                    (None, base) => base.property(name),
                }
            }
            _ => Self::Undefined,
        }
    }

    /// Tells how many steps [`Self::entries`] is worth.
    pub(super) fn entries_cost(&self) -> usize {
        /// Names compared in the time of a step.
        const NAMES_PER_STEP: usize = 16;
        /// Every character of a text becomes a value of its own.
        const STEPS_PER_CHARACTER: usize = 64;
        match self {
            Self::Json(Json::Array(list)) => list.len(),
            Self::Json(Json::Object(map)) => map.len(),
            Self::Text(_) | Self::Made(_) => self
                .text()
                .map_or(1, |text| text.len().saturating_mul(STEPS_PER_CHARACTER)),
            Self::Extended(extended) => {
                let (base, over) = (extended.base.entries_cost(), extended.over.len());
                let compared = base.saturating_add(over).saturating_mul(over) / NAMES_PER_STEP;
                base.saturating_add(over).saturating_add(compared)
            }
            _ => 1,
        }
    }

    /// Lists the names and values of an object in JavaScript's order; none for what is no object.
    pub(super) fn entries(&self) -> Option<Vec<(Key<'t>, Self)>> {
        Some(match self {
            Self::Json(Json::Object(map)) => of_map(map),
            Self::Json(Json::Array(list)) => {
                let elements = list.iter().enumerate();
                elements
                    .map(|(at, element)| (Key::Index(at), Self::from(element)))
                    .collect()
            }
            Self::Safe(text) => vec![(Key::Name("string"), Self::of_safe((**text).as_ref()))],
            Self::Empty => Vec::new(),
            Self::Extended(extended) => {
                let mut entries = match &extended.base {
                    Self::Text(_) | Self::Made(_) => characters(&extended.base),
                    base => base.entries().unwrap_or_default(),
                };
                for (key, value) in &extended.over {
                    match entries.iter_mut().find(|(known, _)| known.is(key)) {
                        Some((_, known)) => *known = value.clone(),
                        None => entries.push((Key::Name(key), value.clone())),
                    }
                }
                entries.sort_by_key(|(key, _)| key.rank());
                entries
            }
            _ => return None,
        })
    }
}

/// The name of an entry.
#[derive(Clone, Debug)]
pub(super) enum Key<'t> {
    Name(&'t str),
    Index(usize),
}

impl<'t> Key<'t> {
    fn is(&self, name: &str) -> bool {
        match self {
            Self::Name(own) => *own == name,
            Self::Index(at) => index(name) == Some(*at),
        }
    }

    /// Names that read as an index come first, by number; the others stay as they are.
    fn rank(&self) -> usize {
        match self {
            Self::Name(name) => index(name).unwrap_or(usize::MAX),
            Self::Index(at) => *at,
        }
    }

    /// The key as a template sees it.
    pub(super) fn value(&self) -> Value<'t> {
        match self {
            Self::Name(name) => Value::Text(name),
            Self::Index(at) => Value::Made(at.to_string().into()),
        }
    }
}

fn of_map(map: &Map<String, Json>) -> Vec<(Key<'_>, Value<'_>)> {
    let mut entries: Vec<_> = map
        .iter()
        .map(|(key, value)| (Key::Name(key.as_str()), Value::from(value)))
        .collect();
    if map.keys().any(|key| index(key).is_some()) {
        entries.sort_by_key(|(key, _)| key.rank());
    }
    entries
}

fn characters<'t>(text: &Value<'t>) -> Vec<(Key<'t>, Value<'t>)> {
    let units = text.text().into_iter().flat_map(str::encode_utf16);
    let units = units.enumerate();
    units
        .map(|(at, unit)| (Key::Index(at), of_unit(unit)))
        .collect()
}

/// Reads a name as JavaScript reads an index: digits without a leading zero.
fn index(name: &str) -> Option<usize> {
    let is_plain = name == "0" || !name.starts_with(['0', '+']);
    let number: u32 = name.parse().ok().filter(|number| *number < u32::MAX)?;
    is_plain.then(|| usize::try_from(number).ok())?
}

fn length<'t>(length: usize) -> Value<'t> {
    u32::try_from(length).map_or(Value::Undefined, |length| Value::Number(length.into()))
}

/// Finds one UTF-16 unit of a text, as JavaScript counts.
fn unit<'t>(text: &str, at: usize) -> Value<'t> {
    text.encode_utf16()
        .nth(at)
        .map_or(Value::Undefined, of_unit)
}

fn of_unit<'t>(unit: u16) -> Value<'t> {
    String::from_utf16(&[unit]).map_or(Value::Half, |c| Value::Made(c.into()))
}
