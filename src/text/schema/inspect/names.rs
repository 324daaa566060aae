//! Lists of names, and the names of types.

use std::collections::HashSet;

use serde_json::Value;

use super::inspector::Inspector;
use crate::text::schema::mistake::MistakeKind;
use crate::text::schema::path::Segment;
use crate::text::schema::value_type::{self, ValueType};
use crate::text::schema::words;

impl<'a> Inspector<'a> {
    pub(super) fn names(&mut self, key: &str, value: &'a Value) {
        let Value::Array(names) = value else {
            let is_old = key == "required" && value.is_boolean();
            let hint = "it stands beside `properties` and lists the names of those required";
            return self.expect("a list of names", value, is_old.then(|| hint.into()));
        };
        let mut seen = HashSet::new();
        for (index, name) in names.iter().enumerate() {
            self.below(Segment::Index(index), |it| match name {
                Value::String(name) if seen.insert(name) => {}
                Value::String(name) => {
                    let message = format!("{} is listed twice", words::quoted(name));
                    it.complain(MistakeKind::Suspicious, message, None);
                }
                _ => it.expect("a name", name, None),
            });
        }
    }

    pub(super) fn types(&mut self, value: &'a Value) {
        match value {
            Value::String(name) => self.type_name(name),
            Value::Array(names) if !names.is_empty() => {
                let mut seen = HashSet::new();
                for (index, name) in names.iter().enumerate() {
                    self.below(Segment::Index(index), |it| match name {
                        Value::String(name) if seen.insert(name) => it.type_name(name),
                        Value::String(name) => {
                            let message =
                                format!("the type {} is listed twice", words::quoted(name));
                            it.complain(MistakeKind::Suspicious, message, None);
                        }
                        _ => it.expect("the name of a type", name, None),
                    });
                }
            }
            Value::Null => {
                let hint = "the type that allows only null is `\"null\"`, in quotes";
                self.expect("the name of a type", value, Some(hint.into()));
            }
            _ => self.expect("the name of a type or a list of them", value, None),
        }
    }

    fn type_name(&mut self, name: &str) {
        if ValueType::parse(name).is_some() {
            return;
        }
        let hint = match value_type::meant(name) {
            Some(meant) => Some(format!("did you mean `{meant}`?")),
            None if name == "any" => Some("leave `type` out where anything is allowed".into()),
            None => None,
        };
        let message = format!("{} is no type of JSON Schema", words::quoted(name));
        self.complain(MistakeKind::Invalid, message, hint);
    }
}
