//! Keywords that must agree with each other.

use serde_json::{Map, Value};

use super::inspector::Inspector;
use crate::text::schema::mistake::{Mistake, MistakeKind};
use crate::text::schema::path::Path;
use crate::text::schema::{number, words};

/// Pairs of keywords that leave nothing between them where the first is larger.
const BOUNDS: [(&str, &str); 4] = [
    ("minimum", "maximum"),
    ("minLength", "maxLength"),
    ("minItems", "maxItems"),
    ("minProperties", "maxProperties"),
];

impl Inspector<'_> {
    /// Looks at keywords that must agree.
    pub(super) fn together(&mut self, map: &Map<String, Value>) {
        for (least, most) in BOUNDS {
            if let (Some(Value::Number(low)), Some(Value::Number(high))) =
                (map.get(least), map.get(most))
                && number::compare(low, high).is_gt()
            {
                let message = format!("`{least}` is above `{most}`, so nothing is allowed");
                self.complain(MistakeKind::Suspicious, message, None);
            }
        }
        let is_closed = map.get("additionalProperties") == Some(&Value::Bool(false))
            && !map.contains_key("patternProperties");
        let required = map.get("required").and_then(Value::as_array);
        let declared = map.get("properties").and_then(Value::as_object);
        let names = required.into_iter().flatten().enumerate();
        for (index, name) in names.filter(|_| is_closed) {
            let Some(name) = name.as_str() else { continue };
            if declared.is_some_and(|declared| declared.contains_key(name)) {
                continue;
            }
            let known = declared.into_iter().flat_map(Map::keys);
            let meant = words::meant(name, known.map(String::as_str));
            let hint = meant.map(|meant| format!("did you mean `{meant}`?"));
            let message = format!(
                "{} is required, but not declared, and other fields are not allowed",
                words::quoted(name)
            );
            let path = Path(self.path.clone()).key("required").index(index);
            let mistake = Mistake::new(MistakeKind::Suspicious, path, message);
            self.mistakes.push(mistake.hint(hint));
        }
    }
}
