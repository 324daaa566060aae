//! The keys and the types of Picoschema: `items?(array, what they are)` and `string, what it is`.

use crate::text::schema::words;

/// A key, taken apart.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Key<'a> {
    pub(super) name: &'a str,
    pub(super) is_optional: bool,
    pub(super) form: Form,
    pub(super) description: Option<&'a str>,
    /// What is wrong with it.
    pub(super) complaint: Option<Complaint>,
}

/// What a key says about its field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    Plain,
    Array,
    Object,
    Enum,
}

/// What is wrong with a key.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Complaint {
    /// Whether it can be read all the same, and other readers read it differently.
    pub(super) is_harmless: bool,
    pub(super) message: String,
    pub(super) hint: Option<String>,
}

/// The key of fields that are not named.
pub(super) const WILDCARD: &str = "(*)";

/// The words that may stand in parentheses.
const FORMS: [(&str, Form); 3] = [
    ("array", Form::Array),
    ("object", Form::Object),
    ("enum", Form::Enum),
];

impl<'a> Key<'a> {
    /// Takes a key apart, as far as it can be understood.
    pub(super) fn parse(key: &'a str) -> Self {
        let (head, rest) = match key.split_once('(') {
            Some((head, rest)) => (head, Some(rest)),
            None => (key, None),
        };
        let written = head.trim();
        let (name, is_optional) = match written.strip_suffix('?') {
            Some(name) => (name, true),
            None => (written, false),
        };
        let mut parsed = Self {
            name,
            is_optional,
            form: Form::Plain,
            description: None,
            complaint: None,
        };
        if name.is_empty() {
            parsed.complain("the field has no name", wildcard_hint(key));
        } else if let Some(rest) = rest {
            parsed.read_parentheses(rest);
        }
        if parsed.complaint.is_none() && written.len() < head.len() {
            parsed.complaint = Some(Complaint {
                is_harmless: true,
                message: "other readers take the spaces around a field's name into it".into(),
                hint: Some(format!("write `{written}` without spaces around it")),
            });
        }
        parsed
    }

    fn read_parentheses(&mut self, rest: &'a str) {
        let Some(inside) = rest.trim_end().strip_suffix(')') else {
            let hint = rest.contains(')').then(|| "nothing may follow it".into());
            let (word, _) = split_description(rest);
            self.form = form_of(word.trim_end_matches(')')).unwrap_or(Form::Plain);
            return self.complain("the key does not end with `)`", hint);
        };
        let (word, description) = split_description(inside);
        self.description = description;
        if let Some((_, form)) = FORMS.iter().find(|(known, _)| *known == word) {
            self.form = *form;
            return;
        }
        let message = format!(
            "only `array`, `object` and `enum` may stand in parentheses, not {}",
            words::quoted(word)
        );
        let mark = if self.is_optional { "?" } else { "" };
        let hint = match meant_form(word) {
            Some((meant, form)) => {
                self.form = form;
                format!("did you mean `{}{mark}({meant})`?", self.name)
            }
            None => format!(
                "types and descriptions stand behind the key: `{}{mark}: string, what it is`",
                self.name
            ),
        };
        self.complain(&message, Some(hint));
    }

    fn complain(&mut self, message: &str, hint: Option<String>) {
        self.complaint = Some(Complaint {
            is_harmless: false,
            message: message.to_owned(),
            hint,
        });
    }
}

/// Splits a description off: what follows the first comma, without the spaces before it.
pub(super) fn split_description(text: &str) -> (&str, Option<&str>) {
    let Some((word, description)) = text.split_once(',') else {
        return (text, None);
    };
    // Block texts of YAML end with line ends.
    let description = description.trim_start_matches(' ').trim_end_matches('\n');
    (word, Some(description).filter(|text| !text.is_empty()))
}

fn form_of(word: &str) -> Option<Form> {
    meant_form(word).map(|(_, form)| form)
}

fn meant_form(word: &str) -> Option<(&'static str, Form)> {
    let word = word.trim().to_lowercase();
    let known = match word.as_str() {
        "list" => "array",
        "dict" | "map" => "object",
        _ => words::meant(&word, FORMS.map(|(known, _)| known))?,
    };
    FORMS.into_iter().find(|(name, _)| *name == known)
}

fn wildcard_hint(key: &str) -> Option<String> {
    key.contains('*')
        .then(|| "fields of any name are written `(*): type, description`".into())
}

#[cfg(test)]
mod tests {
    use super::{Form, Key, split_description};

    fn check(key: &str, name: &str, is_optional: bool, form: Form, description: Option<&str>) {
        let parsed = Key::parse(key);
        let found = (
            parsed.name,
            parsed.is_optional,
            parsed.form,
            parsed.description,
        );
        assert_eq!(found, (name, is_optional, form, description), "{key}");
        assert_eq!(parsed.complaint, None, "{key}");
    }

    fn complains(key: &str, message: &str, hint: &str) -> Form {
        let parsed = Key::parse(key);
        let complaint = parsed.complaint.unwrap();
        assert!(complaint.message.contains(message), "{key}: {complaint:?}");
        let found = complaint.hint.unwrap_or_default();
        assert!(found.contains(hint), "{key}: {found}");
        parsed.form
    }

    #[test]
    fn takes_keys_apart() {
        check("a", "a", false, Form::Plain, None);
        check("a?", "a", true, Form::Plain, None);
        check("a??", "a?", true, Form::Plain, None);
        check("a(array)", "a", false, Form::Array, None);
        check("a?(object, b, c)", "a", true, Form::Object, Some("b, c"));
        check("a(enum,b)", "a", false, Form::Enum, Some("b"));
        check("a(enum,)", "a", false, Form::Enum, None);
        check("a(array, b (c))", "a", false, Form::Array, Some("b (c)"));
        check("a(array, b) ", "a", false, Form::Array, Some("b"));
        check("größe?", "größe", true, Form::Plain, None);
        check(
            "名前(array, 説明)",
            "名前",
            false,
            Form::Array,
            Some("説明"),
        );
    }

    #[test]
    fn says_what_is_wrong_with_a_key() {
        assert_eq!(complains("a(array", "not end with `)`", ""), Form::Array);
        complains("a(", "not end with `)`", "");
        complains("a(array) b", "not end with `)`", "nothing may follow");
        assert_eq!(
            complains("a?(arry, b)", "not \"arry\"", "`a?(array)`?"),
            Form::Array
        );
        complains("a( array )", "not \" array \"", "`a(array)`?");
        complains("a(List)", "not \"List\"", "`a(array)`?");
        complains(
            "price(in USD)",
            "not \"in USD\"",
            "`price: string, what it is`",
        );
        complains("a()", "not \"\"", "");
        complains("?", "no name", "");
        complains("(array)", "no name", "");
        complains("(*, any)", "no name", "`(*): type, description`");
        assert_eq!(complains("a (array)", "spaces", "`a`"), Form::Array);
    }

    #[test]
    fn splits_descriptions_off() {
        let check = |text, word, description| {
            assert_eq!(split_description(text), (word, description), "{text}");
        };
        check("number", "number", None);
        check("number,the description", "number", Some("the description"));
        check("number,    a, b", "number", Some("a, b"));
        check("number,", "number", None);
        check("number, a\nb\n", "number", Some("a\nb"));
        check(", a", "", Some("a"));
    }
}
