//! The keywords of JSON Schema: what each takes, and what this program makes of it.

/// What a keyword takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Takes {
    /// A schema.
    Schema,
    /// A list of schemas with at least one in it.
    Schemas,
    /// A map from names to schemas.
    SchemaMap,
    /// A number.
    Number,
    /// A number above zero.
    Positive,
    /// A whole number from zero.
    Count,
    /// `true` or `false`.
    Truth,
    /// Text.
    Text,
    /// A list of names.
    Names,
    /// A map from names to lists of names.
    NameLists,
    /// A type's name or a list of them.
    Type,
    /// The list of an enumeration.
    Values,
    /// A reference to another schema.
    Reference,
    /// Any list.
    List,
    /// Whatever there is.
    Anything,
}

/// What becomes of a keyword when a value is checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// It is checked.
    Checked,
    /// It says nothing about values.
    Note,
    /// It says something, and is not understood.
    Undecided,
}

/// The keywords. Where drafts differ it is 2020-12; `nullable` and a few notes are OpenAPI's.
#[rustfmt::skip]
const KEYWORDS: &[(&str, Takes, Role)] = {
    use Role::{Checked, Note, Undecided};
    use Takes::{
        Anything, Count, List, NameLists, Names, Number, Positive, Reference, Schema, SchemaMap,
        Schemas, Text, Truth, Type, Values,
    };
    &[
        ("$ref", Reference, Checked),
        ("type", Type, Checked),
        ("nullable", Truth, Checked),
        ("enum", Values, Checked),
        ("const", Anything, Checked),
        ("minimum", Number, Checked),
        ("maximum", Number, Checked),
        ("exclusiveMinimum", Number, Checked),
        ("exclusiveMaximum", Number, Checked),
        ("multipleOf", Positive, Checked),
        ("minLength", Count, Checked),
        ("maxLength", Count, Checked),
        ("pattern", Text, Checked),
        ("minItems", Count, Checked),
        ("maxItems", Count, Checked),
        ("uniqueItems", Truth, Checked),
        ("items", Schema, Checked),
        ("prefixItems", Schemas, Checked),
        ("contains", Schema, Checked),
        ("minContains", Count, Checked),
        ("maxContains", Count, Checked),
        ("properties", SchemaMap, Checked),
        ("patternProperties", SchemaMap, Checked),
        ("additionalProperties", Schema, Checked),
        ("propertyNames", Schema, Checked),
        ("required", Names, Checked),
        ("dependentRequired", NameLists, Checked),
        ("dependentSchemas", SchemaMap, Checked),
        ("minProperties", Count, Checked),
        ("maxProperties", Count, Checked),
        ("anyOf", Schemas, Checked),
        ("oneOf", Schemas, Checked),
        ("allOf", Schemas, Checked),
        ("not", Schema, Checked),
        ("if", Schema, Undecided),
        // Without `if` they say nothing; with it, that is what is reported.
        ("then", Schema, Note),
        ("else", Schema, Note),
        ("unevaluatedItems", Schema, Undecided),
        ("unevaluatedProperties", Schema, Undecided),
        ("additionalItems", Schema, Undecided),
        ("dependencies", Anything, Undecided),
        ("$dynamicRef", Text, Undecided),
        ("$recursiveRef", Text, Undecided),
        ("$schema", Text, Note),
        ("$id", Text, Note),
        ("$anchor", Text, Note),
        ("$dynamicAnchor", Text, Note),
        ("$vocabulary", Anything, Note),
        ("$comment", Text, Note),
        ("$defs", SchemaMap, Note),
        ("definitions", SchemaMap, Note),
        ("title", Text, Note),
        ("description", Text, Note),
        ("default", Anything, Note),
        ("example", Anything, Note),
        ("examples", List, Note),
        ("format", Text, Note),
        ("deprecated", Truth, Note),
        ("readOnly", Truth, Note),
        ("writeOnly", Truth, Note),
        ("contentEncoding", Text, Note),
        ("contentMediaType", Text, Note),
        ("contentSchema", Schema, Note),
        ("discriminator", Anything, Note),
        ("externalDocs", Anything, Note),
        ("xml", Anything, Note),
    ]
};

/// Returns what a keyword takes and what becomes of it. `None` where nobody knows it.
pub(super) fn find(keyword: &str) -> Option<(Takes, Role)> {
    let mut known = KEYWORDS.iter().filter(|(name, _, _)| *name == keyword);
    known.next().map(|(_, takes, role)| (*takes, *role))
}

/// Returns the names of all keywords.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    KEYWORDS.iter().map(|(name, _, _)| *name)
}

/// Says whether a key is somebody's own: `x-order`, `ui:widget`, `myteam.owner`.
pub(super) fn is_extension(key: &str) -> bool {
    key.starts_with("x-") || key.contains([':', '.'])
}

#[cfg(test)]
mod tests {
    use super::{Role, Takes, find, is_extension, names};

    #[test]
    fn knows_its_keywords() {
        assert_eq!(find("title"), Some((Takes::Text, Role::Note)));
        assert_eq!(find("tittle"), None);
        assert!(is_extension("x-order"));
        let mut all: Vec<_> = names().collect();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), names().count());
    }
}
