//! Picoschema, google/dotprompt's short way to write a schema, turned into JSON Schema.
//!
//! What dotprompt reads is read alike. Where it garbles what was written, the plain meaning is
//! taken or a mistake reported; after a mistake the rest is still read, and what cannot be
//! understood allows anything.

mod complaints;
mod converter;
mod key;
mod named;
#[cfg(test)]
mod tests;

use serde_json::{Map, Value};

use super::mistake::Mistake;
use super::value_type::NAMES;
use converter::Converter;
pub use named::mentions;

/// The types that Picoschema knows by name.
const SCALARS: [&str; 6] = ["any", "boolean", "integer", "null", "number", "string"];

/// A schema turned into JSON Schema.
#[derive(Debug, Clone, PartialEq)]
pub struct Converted {
    /// The JSON Schema; where there are mistakes, as much of it as could be understood.
    pub schema: Value,
    /// What is wrong with it, in the author's order.
    pub mistakes: Vec<Mistake>,
}

/// Turns a schema, as it stands in front matter or a file of its own, into JSON Schema. JSON Schema
/// stays as it is.
///
/// `named` finds the schemas that have a name, in either notation; it is asked once for each. They
/// are filled in where they are mentioned, and what they mention as well. References inside them
/// are moved along.
#[must_use]
pub fn to_json_schema(schema: &Value, named: &mut dyn FnMut(&str) -> Option<Value>) -> Converted {
    Converter::new(named).convert(schema)
}

/// Says whether dotprompt reads a map as JSON Schema.
fn is_json_schema(map: &Map<String, Value>) -> bool {
    let is_type = |name: &str| name == "any" || NAMES.contains(&name);
    let has_type = match map.get("type") {
        Some(Value::String(name)) => is_type(name),
        // dotprompt takes this for a field; nobody can mean that.
        Some(Value::Array(names)) => {
            !names.is_empty() && names.iter().all(|name| name.as_str().is_some_and(is_type))
        }
        _ => false,
    };
    has_type || map.get("properties").is_some_and(Value::is_object)
}

/// Says whether a map was meant as JSON Schema, though dotprompt reads it as Picoschema.
fn looks_like_json_schema(map: &Map<String, Value>) -> bool {
    map.iter().any(|(key, value)| match key.as_str() {
        "$ref" | "$schema" | "$id" | "$defs" => true,
        "anyOf" | "oneOf" | "allOf" | "enum" => value.is_array(),
        _ => false,
    })
}
