//! Reading a TOML table strictly: unknown keys and wrong types are faults with a place.

use std::ops::Range;
use std::str::FromStr;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::text::fault::Fault;
use crate::text::suggest::nearest;

/// A table of the file and where it stands in it, for messages.
pub(super) struct Table<'a> {
    path: String,
    pub(super) table: &'a DeTable<'a>,
}

impl<'a> Table<'a> {
    pub(super) fn new(path: &str, table: &'a Spanned<DeTable<'a>>) -> Self {
        Self {
            path: path.to_owned(),
            table: table.get_ref(),
        }
    }

    pub(super) fn of(path: &str, value: &'a Spanned<DeValue<'a>>) -> Result<Self, Fault> {
        match value.get_ref() {
            DeValue::Table(table) => Ok(Self {
                path: path.to_owned(),
                table,
            }),
            _ => Err(wrong_type(value, "a table")),
        }
    }

    pub(super) fn get(&self, key: &str) -> Option<&'a Spanned<DeValue<'a>>> {
        self.table
            .iter()
            .find(|(name, _)| name.get_ref() == key)
            .map(|(_, value)| value)
    }

    pub(super) fn table(&self, key: &str) -> Result<Option<Table<'a>>, Fault> {
        self.get(key).map(|value| Table::of(key, value)).transpose()
    }

    pub(super) fn set<T>(
        &self,
        key: &str,
        target: &mut T,
        read: impl FnOnce(&Spanned<DeValue>) -> Result<T, Fault>,
    ) -> Result<(), Fault> {
        if let Some(value) = self.get(key) {
            *target = read(value)?;
        }
        Ok(())
    }

    pub(super) fn known(&self, keys: &[&str]) -> Result<(), Fault> {
        let unknown = self
            .table
            .keys()
            .find(|name| !keys.contains(&name.get_ref().as_ref()));
        let Some(name) = unknown else {
            return Ok(());
        };
        let place = if self.path.is_empty() {
            String::new()
        } else {
            format!(" in `[{}]`", self.path)
        };
        let key = name.get_ref();
        let fault = fault(&name.span(), format!("unknown key `{key}`{place}"));
        Err(match nearest(key, keys.iter().copied()) {
            Some(meant) => fault.hint(format!("did you mean `{meant}`?")),
            None => fault.hint(format!("known keys{place}: {}", keys.join(", "))),
        })
    }
}

pub(super) fn fault(span: &Range<usize>, message: String) -> Fault {
    Fault::new("settings", span.clone(), message)
}

pub(super) fn wrong_type(value: &Spanned<DeValue>, wanted: &str) -> Fault {
    let found = value.get_ref().type_str();
    fault(&value.span(), format!("expected {wanted}, found: {found}"))
}

pub(super) fn string<'a>(value: &'a Spanned<DeValue>) -> Result<&'a str, Fault> {
    value
        .get_ref()
        .as_str()
        .ok_or_else(|| wrong_type(value, "a string"))
}

pub(super) fn boolean(value: &Spanned<DeValue>) -> Result<bool, Fault> {
    value
        .get_ref()
        .as_bool()
        .ok_or_else(|| wrong_type(value, "true or false"))
}

pub(super) fn integer(value: &Spanned<DeValue>) -> Result<u64, Fault> {
    value
        .get_ref()
        .as_integer()
        .and_then(|number| u64::from_str_radix(number.as_str(), number.radix()).ok())
        .ok_or_else(|| wrong_type(value, "a whole number"))
}

pub(super) fn parsed<T: FromStr>(value: &Spanned<DeValue>) -> Result<T, Fault>
where
    T::Err: ToString,
{
    string(value)?
        .parse()
        .map_err(|error: T::Err| fault(&value.span(), error.to_string()))
}
