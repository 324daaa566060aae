//! YAML and JSON values, read strictly: what two readers could take for two things is refused.
//!
//! Duplicate keys, custom tags, merge keys, keys that are no text and numbers that JSON cannot hold
//! are errors. Aliases cannot blow a small text up: values are counted while they are read.

use std::cell::Cell;
use std::fmt;

use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, Error as _, MapAccess, SeqAccess, Visitor,
};
use serde_json::{Map, Value};

/// The most values, keys included, that one document may hold once its aliases are followed.
const VALUES: usize = 20_000;

/// The most bytes of text that one document may hold once its aliases are followed.
const BYTES: usize = 1024 * 1024;

/// The most values, keys included, and the most bytes of text that a JSON document may hold. It bounds
/// what rendering needs of memory.
const JSON_VALUES: usize = 200_000;
const JSON_BYTES: usize = 16 * 1024 * 1024;

/// Reads one JSON value that takes up the whole text.
pub fn parse_json(text: &str) -> Result<Value, serde_json::Error> {
    let budget = Budget::new(false, JSON_VALUES, JSON_BYTES);
    let mut json = serde_json::Deserializer::from_str(text);
    let value = Strict(&budget).deserialize(&mut json)?;
    json.end()?;
    Ok(value)
}

/// How deep brackets may nest; the parser beneath takes time quadratic in it to find out.
const BRACKETS: usize = 500;

/// Reads one YAML document that takes up the whole text. Nothing at all is null.
pub fn parse_yaml(text: &str) -> Result<Value, serde_yaml::Error> {
    let mut depth = 0_usize;
    for byte in text.bytes() {
        match byte {
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > BRACKETS {
            let message = format!("brackets nest more than {BRACKETS} levels deep");
            return Err(serde_yaml::Error::custom(message));
        }
    }
    let budget = Budget::new(true, VALUES, BYTES);
    Strict(&budget).deserialize(serde_yaml::Deserializer::from_str(text))
}

struct Budget {
    /// YAML has keys that are no text of the author's.
    has_merge_keys: bool,
    values: Cell<usize>,
    bytes: Cell<usize>,
}

impl Budget {
    fn new(has_merge_keys: bool, values: usize, bytes: usize) -> Self {
        Self {
            has_merge_keys,
            values: Cell::new(values),
            bytes: Cell::new(bytes),
        }
    }

    fn take<E: serde::de::Error>(&self, bytes: usize) -> Result<(), E> {
        let left = self.values.get().checked_sub(1);
        let left = left.zip(self.bytes.get().checked_sub(bytes));
        let (values, bytes) = left.ok_or_else(|| {
            E::custom(if self.has_merge_keys {
                format!("more than {VALUES} values or {BYTES} bytes once aliases are followed")
            } else {
                format!("more than {JSON_VALUES} values or {JSON_BYTES} bytes of text")
            })
        })?;
        self.values.set(values);
        self.bytes.set(bytes);
        Ok(())
    }
}

#[derive(Clone, Copy)]
struct Strict<'a>(&'a Budget);

impl<'de> DeserializeSeed<'de> for Strict<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Strict<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a value that JSON can hold")
    }

    fn visit_unit<E: serde::de::Error>(self) -> Result<Value, E> {
        self.0.take(0)?;
        Ok(Value::Null)
    }

    fn visit_none<E: serde::de::Error>(self) -> Result<Value, E> {
        self.visit_unit()
    }

    fn visit_bool<E: serde::de::Error>(self, value: bool) -> Result<Value, E> {
        self.0.take(0)?;
        Ok(value.into())
    }

    fn visit_i64<E: serde::de::Error>(self, value: i64) -> Result<Value, E> {
        self.0.take(0)?;
        Ok(value.into())
    }

    fn visit_u64<E: serde::de::Error>(self, value: u64) -> Result<Value, E> {
        self.0.take(0)?;
        Ok(value.into())
    }

    fn visit_f64<E: serde::de::Error>(self, value: f64) -> Result<Value, E> {
        self.0.take(0)?;
        serde_json::Number::from_f64(value)
            .map(Value::Number)
            .ok_or_else(|| E::custom("infinity and NaN are not allowed; quote the word"))
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Value, E> {
        self.0.take(text.len())?;
        Ok(text.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        self.0.take(0)?;
        let mut list = Vec::new();
        while let Some(item) = items.next_element_seed(self)? {
            list.push(item);
        }
        Ok(list.into())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        self.0.take(0)?;
        let mut map = Map::new();
        while let Some(key) = members.next_key_seed(self)? {
            let Value::String(key) = key else {
                return Err(A::Error::custom(format!(
                    "the key `{key}` is no text; put it in quotes"
                )));
            };
            if key == "<<" && self.0.has_merge_keys {
                return Err(A::Error::custom("merge keys (`<<`) are not allowed"));
            }
            if map.contains_key(&key) {
                return Err(A::Error::custom(format!("duplicate key `{key}`")));
            }
            map.insert(key, members.next_value_seed(self)?);
        }
        Ok(map.into())
    }

    fn visit_enum<A: EnumAccess<'de>>(self, _: A) -> Result<Value, A::Error> {
        Err(A::Error::custom("custom tags (`!name`) are not allowed"))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{parse_json, parse_yaml};

    #[test]
    fn reads_plain_values() {
        assert_eq!(
            parse_yaml("a: [1, 2.5, x]\nb: {c: null}\n").unwrap(),
            json!({"a": [1, 2.5, "x"], "b": {"c": null}})
        );
        assert_eq!(parse_yaml("").unwrap(), json!(null));
    }

    #[test]
    fn refuses_what_readers_disagree_about() {
        let check = |text: &str, message: &str| {
            let error = parse_yaml(text).unwrap_err().to_string();
            assert!(error.contains(message), "{text:?}: {error}");
        };
        check("a: 1\na: 2\n", "duplicate key `a`");
        check("a: !thing 1\n", "custom tags");
        check("a: &x {b: 1}\nc:\n  <<: *x\n", "merge keys");
        check("1: a\n", "the key `1` is no text");
        check("a: .inf\n", "infinity");
        assert!(parse_json("{\"a\":1,\"a\":2}").is_err());
        assert!(parse_json("{} {}").is_err());
        assert!(parse_json("{\"<<\":1}").is_ok());
    }

    #[test]
    fn bounds_aliases() {
        let mut bomb = String::from("a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
        for level in 1..9 {
            let below = vec![format!("*a{}", level - 1); 10].join(",");
            bomb.push_str(&format!("a{level}: &a{level} [{below}]\n"));
        }
        assert!(parse_yaml(&bomb).is_err());
    }
}
