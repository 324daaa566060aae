//! What a conversion complains about, in the author's words and at his places.

use serde_json::Value;

use super::converter::Converter;
use super::key::{Key, split_description};
use super::{SCALARS, named};
use crate::text::schema::mistake::{Mistake, MistakeKind};
use crate::text::schema::path::Path;
use crate::text::schema::{limit, words};

impl Converter<'_> {
    pub(super) fn complain(
        &mut self,
        kind: MistakeKind,
        message: impl Into<String>,
        hint: Option<String>,
    ) {
        self.complain_below(Mistake::new(kind, Path::default(), message).hint(hint));
    }

    /// Reports a mistake whose path begins where we are.
    pub(super) fn complain_below(&mut self, mut mistake: Mistake) {
        let mut path = self.path.clone();
        path.append(&mut mistake.path.0);
        if let (Some((_, start)), Some((name, inner))) = (self.inside.first(), self.inside.last()) {
            let below = Path(path.split_off(*inner));
            path.truncate(*start);
            let place = if below.is_root() {
                String::new()
            } else {
                format!(", at `{below}`")
            };
            mistake.message = format!("in the schema `{name}`{place}: {}", mistake.message);
            if !self.said.insert(mistake.message.clone()) {
                return;
            }
        }
        mistake.path = Path(path);
        self.mistakes.push(mistake);
    }

    pub(super) fn complain_too_large(&mut self) {
        if !self.is_full {
            self.is_full = true;
            self.complain(MistakeKind::TooLarge, limit::message(), None);
        }
    }

    pub(super) fn complain_unknown(&mut self, name: &str) {
        let (kind, message) = match name {
            "" => (MistakeKind::Invalid, "a type is missing".into()),
            name => (
                MistakeKind::UnknownType,
                format!(
                    "{} is neither a type nor the name of a schema",
                    words::quoted(name)
                ),
            ),
        };
        self.complain(kind, message, named::hint(name));
    }

    pub(super) fn complain_no_type(&mut self, value: &Value) {
        let hint = match value {
            Value::Null => "the type that allows only null is `\"null\"`, in quotes",
            Value::Array(_) => {
                "write `name(enum): [..]` for one of several values, `name(array): type` for a list"
            }
            _ => "a field that always has one value is written `name(enum): [value]`",
        };
        let message = match value {
            Value::Null => "a type is missing".to_owned(),
            value => format!("a type belongs here, not {}", words::found(value)),
        };
        self.complain(MistakeKind::Invalid, message, Some(hint.into()));
    }

    /// Reports what is wrong with a key, and that an earlier one declares the same field.
    pub(super) fn complain_about_key(&mut self, key: &Key, earlier: Option<&str>) {
        if let Some(complaint) = &key.complaint {
            let kind = if complaint.is_harmless {
                MistakeKind::Suspicious
            } else {
                MistakeKind::Invalid
            };
            self.complain(kind, complaint.message.clone(), complaint.hint.clone());
        }
        if let Some(earlier) = earlier.filter(|_| !key.name.is_empty()) {
            let message = format!("the field is declared twice, first as `{earlier}`");
            self.complain(MistakeKind::Invalid, message, None);
        }
    }

    pub(super) fn complain_no_object(&mut self, value: &Value) {
        let Some(text) = value.as_str() else { return };
        let (name, _) = split_description(text);
        if SCALARS.contains(&name) && name != "any" {
            let message = format!("the key says `object`, but `{name}` is none");
            self.complain(MistakeKind::Suspicious, message, None);
        }
    }
}
