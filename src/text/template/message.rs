//! What a rendered prompt is for a model: messages of parts.
//!
//! The rules are those of google/dotprompt (`parse.ts`): text before the first role is the user's;
//! history goes where it is asked for, else before the last message of the user; messages without
//! content are dropped.

use serde::Serialize;
use serde_json::{Map, Value};

use super::syntax::is_space;

/// One message.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Message {
    /// `user`, `model`, `system` or `tool`.
    pub role: String,
    /// Its parts, in order.
    pub content: Vec<MessagePart>,
    /// What is said about it: `purpose` is `history` for what `{{history}}` put there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub metadata: Option<Map<String, Value>>,
    /// What else a message of the history has.
    #[serde(flatten)]
    pub more: Map<String, Value>,
}

/// A part of a message, as dotprompt writes it.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub enum MessagePart {
    /// Text.
    Text {
        /// The text.
        text: String,
    },
    /// A picture or another medium.
    Media {
        /// Where it is, and what.
        media: Media,
    },
    /// A place that the runtime fills.
    Pending {
        /// Its purpose.
        metadata: Pending,
    },
    /// Whatever else a message of the history holds.
    Other(Map<String, Value>),
}

impl MessagePart {
    fn of_history(value: Value) -> Option<Self> {
        let Value::Object(mut part) = value else {
            return None;
        };
        Some(match (part.len(), part.get_mut("text")) {
            (1, Some(Value::String(text))) => Self::Text {
                text: std::mem::take(text),
            },
            _ => Self::Other(part),
        })
    }
}

/// Where a medium is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Media {
    /// Its address.
    pub url: String,
    /// What it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub content_type: Option<String>,
}

/// A place that the runtime fills.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Pending {
    /// With what.
    pub purpose: String,
    /// Always true.
    pub pending: bool,
}

/// What a helper says beside the text.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Marker {
    Role(String),
    History,
    Part(MessagePart),
}

impl Marker {
    /// Counts the bytes of its texts.
    pub(super) fn text_bytes(&self) -> usize {
        match self {
            Self::Role(role) => role.len(),
            Self::Part(MessagePart::Media { media }) => {
                media.url.len() + media.content_type.as_ref().map_or(0, String::len)
            }
            Self::Part(MessagePart::Pending { metadata }) => metadata.purpose.len(),
            Self::Part(_) | Self::History => 0,
        }
    }
}

/// A piece of rendered text: text of the template and its values, or a marker.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Piece<'a> {
    Text(&'a str),
    Marker(&'a Marker),
}

/// Builds messages from the pieces of a rendered text, and puts the messages so far among them.
pub(super) fn messages<'a>(
    pieces: impl IntoIterator<Item = Piece<'a>>,
    history: &[Message],
) -> Vec<Message> {
    let mut messages = vec![Message::of("user")];
    let mut marks = false;
    for piece in pieces {
        let has_content = messages.last().is_some_and(Message::has_content);
        match piece {
            Piece::Text(text) if !is_blank(text) => current(&mut messages).add(text),
            Piece::Text(_) => {}
            Piece::Marker(Marker::Part(part)) => {
                current(&mut messages).content.push(part.clone());
            }
            Piece::Marker(Marker::Role(role)) if has_content => messages.push(Message::of(role)),
            Piece::Marker(Marker::Role(role)) => current(&mut messages).role.clone_from(role),
            Piece::Marker(Marker::History) => {
                marks |= !history.is_empty();
                // An empty message of ours is dropped, one of the history is not.
                messages.retain(Message::counts);
                messages.extend(history.iter().map(Message::as_history));
                messages.push(Message::of("model"));
            }
        }
    }
    messages.retain(Message::counts);
    if !marks {
        let ends_with_user = messages
            .last()
            .is_some_and(|message| message.role == "user");
        let at = messages.len() - usize::from(ends_with_user);
        messages.splice(at..at, history.iter().cloned());
    }
    messages
}

/// What JavaScript's `trim` leaves nothing of.
fn is_blank(text: &str) -> bool {
    text.chars().all(is_space)
}

/// There is always a message: the list begins with one and only grows.
fn current(messages: &mut Vec<Message>) -> &mut Message {
    if messages.is_empty() {
        messages.push(Message::of("user"));
    }
    let last = messages.len() - 1;
    &mut messages[last]
}

impl Message {
    /// Reads a message of the history.
    ///
    /// # Errors
    ///
    /// Says what it lacks, as the end of a sentence about it.
    pub fn of_history(value: Value) -> Result<Self, &'static str> {
        let Value::Object(mut message) = value else {
            return Err("is no object with `role` and `content`");
        };
        let Some(Value::String(role)) = message.shift_remove("role") else {
            return Err("has no `role`, a text");
        };
        if role.is_empty() || !role.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            return Err("has a `role` that is no word, such as `user` or `model`");
        }
        let parts = match message.shift_remove("content") {
            Some(Value::Array(parts)) => parts,
            Some(_) => {
                return Err("has a `content` that is no list, such as `[{\"text\": \"Hello\"}]`");
            }
            None => return Err("has no `content`, a list of parts"),
        };
        let metadata = match message.shift_remove("metadata") {
            None | Some(Value::Null) => None,
            Some(Value::Object(metadata)) => Some(metadata),
            Some(_) => return Err("has a `metadata` that is no object"),
        };
        let content = parts.into_iter().map(MessagePart::of_history).collect();
        Ok(Self {
            role,
            content: Option::ok_or(content, "has a part that is no object")?,
            metadata,
            more: message,
        })
    }

    fn of(role: &str) -> Self {
        Self {
            role: role.to_owned(),
            content: Vec::new(),
            metadata: None,
            more: Map::new(),
        }
    }

    fn as_history(&self) -> Self {
        let mut message = self.clone();
        let metadata = message.metadata.get_or_insert_default();
        metadata.insert("purpose".to_owned(), "history".into());
        message
    }

    fn counts(&self) -> bool {
        self.has_content() || self.metadata.is_some()
    }

    fn has_content(&self) -> bool {
        !self.content.is_empty()
    }

    fn add(&mut self, more: &str) {
        let text = more.to_owned();
        self.content.push(MessagePart::Text { text });
    }
}

#[cfg(test)]
mod tests {
    use super::{Marker, Piece, messages};

    fn check(pieces: &[Piece], expected: &[(&str, &str)]) {
        let found: Vec<(String, String)> = messages(pieces.iter().cloned(), &[])
            .into_iter()
            .map(|message| {
                let texts = message.content.iter().map(|part| match part {
                    super::MessagePart::Text { text } => text.as_str(),
                    _ => "*",
                });
                (message.role, texts.collect())
            })
            .collect();
        let expected: Vec<_> = expected
            .iter()
            .map(|(role, text)| ((*role).to_owned(), (*text).to_owned()))
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn text_without_roles_is_the_users() {
        check(&[Piece::Text("Hi")], &[("user", "Hi")]);
        check(&[Piece::Text(" \n")], &[]);
    }

    #[test]
    fn a_role_begins_a_message_and_history_is_followed_by_the_model() {
        let (system, user) = (Marker::Role("system".into()), Marker::Role("user".into()));
        check(
            &[
                Piece::Marker(&system),
                Piece::Text("A"),
                Piece::Marker(&Marker::History),
                Piece::Marker(&user),
                Piece::Text("B"),
            ],
            &[("system", "A"), ("user", "B")],
        );
    }
}
