//! The helpers: those of Handlebars and those of dotprompt, and what each can be called with.

/// Is a helper that prompts can call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Helper {
    /// `{{#if x}}`
    If,
    /// `{{#unless x}}`
    Unless,
    /// `{{#each x}}`
    Each,
    /// `{{#with x}}`
    With,
    /// `{{lookup x key}}`
    Lookup,
    /// `{{log x}}`
    Log,
    /// `{{role "user"}}`
    Role,
    /// `{{history}}`
    History,
    /// `{{media url=x}}`
    Media,
    /// `{{section "name"}}`
    Section,
    /// `{{json x indent=2}}`
    Json,
    /// `{{#ifEquals a b}}`
    IfEquals,
    /// `{{#unlessEquals a b}}`
    UnlessEquals,
}

/// Tells where the call of a helper may stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Use {
    /// It opens a block.
    Block,
    /// It gives a value: as output or as an argument.
    Value,
    /// It makes messages: it stands alone, as output.
    Marker,
}

/// A helper with its name, its use, how many arguments it takes and which by name, and its pattern.
type Row = (
    &'static str,
    Helper,
    Use,
    std::ops::RangeInclusive<usize>,
    &'static [&'static str],
    &'static str,
);

const TABLE: [Row; 13] = [
    (
        "if",
        Helper::If,
        Use::Block,
        1..=1,
        &["includeZero"],
        "{{#if x}} .. {{/if}}",
    ),
    (
        "unless",
        Helper::Unless,
        Use::Block,
        1..=1,
        &["includeZero"],
        "{{#unless x}} .. {{/unless}}",
    ),
    (
        "each",
        Helper::Each,
        Use::Block,
        1..=1,
        &[],
        "{{#each items}} .. {{/each}}",
    ),
    (
        "with",
        Helper::With,
        Use::Block,
        1..=1,
        &[],
        "{{#with x}} .. {{/with}}",
    ),
    (
        "lookup",
        Helper::Lookup,
        Use::Value,
        2..=2,
        &[],
        "{{lookup map key}}",
    ),
    (
        "log",
        Helper::Log,
        Use::Value,
        0..=usize::MAX,
        &["level"],
        "{{log x}}",
    ),
    (
        "role",
        Helper::Role,
        Use::Marker,
        1..=1,
        &[],
        "{{role \"system\"}}",
    ),
    (
        "history",
        Helper::History,
        Use::Marker,
        0..=0,
        &[],
        "{{history}}",
    ),
    (
        "media",
        Helper::Media,
        Use::Marker,
        0..=0,
        &["url", "contentType"],
        "{{media url=x}}",
    ),
    (
        "section",
        Helper::Section,
        Use::Marker,
        1..=1,
        &[],
        "{{section \"name\"}}",
    ),
    (
        "json",
        Helper::Json,
        Use::Value,
        1..=1,
        &["indent"],
        "{{json x}}",
    ),
    (
        "ifEquals",
        Helper::IfEquals,
        Use::Block,
        2..=2,
        &[],
        "{{#ifEquals a b}} .. {{/ifEquals}}",
    ),
    (
        "unlessEquals",
        Helper::UnlessEquals,
        Use::Block,
        2..=2,
        &[],
        "{{#unlessEquals a b}} .. {{/unlessEquals}}",
    ),
];

impl Helper {
    /// Finds a helper by its name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        TABLE.iter().find(|row| row.0 == name).map(|row| row.1)
    }

    /// Lists the names of all helpers.
    pub fn names() -> impl Iterator<Item = &'static str> {
        TABLE.iter().map(|row| row.0)
    }

    fn row(self) -> &'static Row {
        // The table has a row for each helper, in the order of the helpers.
        &TABLE[self as usize]
    }

    /// Returns its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.row().0
    }

    /// Tells where its calls may stand.
    #[must_use]
    pub fn usage(self) -> Use {
        self.row().2
    }

    /// Tells whether it takes so many arguments.
    #[must_use]
    pub fn takes(self, arguments: usize) -> bool {
        self.row().3.contains(&arguments)
    }

    /// Lists the arguments that it takes by name.
    #[must_use]
    pub fn named_arguments(self) -> &'static [&'static str] {
        self.row().4
    }

    /// Shows how it is written.
    #[must_use]
    pub fn pattern(self) -> &'static str {
        self.row().5
    }
}

#[cfg(test)]
mod tests {
    use super::Helper;

    #[test]
    fn the_table_is_in_the_order_of_the_helpers() {
        for name in Helper::names() {
            assert_eq!(Helper::named(name).map(Helper::name), Some(name));
        }
    }
}
