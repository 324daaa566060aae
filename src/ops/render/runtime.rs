//! What a dotprompt runtime hands over: dotprompt's `DataArgument` and the options of a rendering.

use serde_json::{Map, Value};

use crate::ops::error::{Error, ErrorKind, Result};
use crate::text::strict;
use crate::text::suggest::nearest;
use crate::text::template::Message;

/// The members that the data may have.
const MEMBERS: [&str; 5] = ["input", "context", "messages", "docs", "options"];

/// What a dotprompt runtime hands over with a prompt.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Runtime {
    /// The input.
    pub input: Map<String, Value>,
    /// The data that `@name` reads.
    pub context: Map<String, Value>,
    /// The messages so far.
    pub messages: Vec<Message>,
    /// Documents, which only templates see: `@metadata.docs`.
    pub docs: Vec<Value>,
    /// Members that replace those of the front matter.
    pub options: Map<String, Value>,
}

impl Runtime {
    /// Reads the data from JSON; `name` is what to call them in messages.
    ///
    /// # Errors
    ///
    /// It is no JSON object, or a member has another type than dotprompt gives it.
    pub fn parse(name: &str, text: &str) -> Result<Self> {
        let invalid = |what: String| Error::new(ErrorKind::Invalid, format!("`{name}`: {what}"));
        let value =
            strict::parse_json(text).map_err(|error| invalid(format!("no JSON: {error}")))?;
        let Value::Object(mut data) = value else {
            return Err(invalid("no JSON object".to_owned())
                .hint("it has the members input, context, messages, docs, options"));
        };
        if let Some(unknown) = data.keys().find(|key| !MEMBERS.contains(&key.as_str())) {
            let error = invalid(format!("there is no member `{unknown}`"));
            return Err(match nearest(unknown, MEMBERS) {
                Some(meant) => error.hint(format!("did you mean `{meant}`?")),
                None => error.hint("the members are input, context, messages, docs, options; values for the template stand in `input`"),
            });
        }
        let mut map = |key: &str| match data.shift_remove(key) {
            None | Some(Value::Null) => Ok(Map::new()),
            Some(Value::Object(map)) => Ok(map),
            Some(_) => Err(invalid(format!("`{key}` is no object"))),
        };
        let (input, context, options) = (map("input")?, map("context")?, map("options")?);
        let mut list = |key: &str| match data.shift_remove(key) {
            None | Some(Value::Null) => Ok(Vec::new()),
            Some(Value::Array(list)) => Ok(list),
            Some(_) => Err(invalid(format!("`{key}` is no list"))),
        };
        let messages = list("messages")?.into_iter().enumerate();
        let messages = messages.map(|(at, message)| {
            Message::of_history(message).map_err(|what| invalid(format!("`messages[{at}]` {what}")))
        });
        Ok(Self {
            input,
            context,
            messages: messages.collect::<Result<_>>()?,
            docs: list("docs")?,
            options,
        })
    }

    /// The defaults that the options bring.
    pub(super) fn defaults(&self) -> Map<String, Value> {
        let input = self.options.get("input");
        let defaults = input.and_then(|input| input.get("default"));
        defaults
            .and_then(Value::as_object)
            .cloned()
            .unwrap_or_default()
    }
}
