//! The tags of partials, inline partials and raw blocks.

use super::super::tree::{
    Block, BlockKind, Expression, Inline, Literal, Name, Node, Partial, PartialName, Span, Strip,
    Text,
};
use super::arguments::Arguments;
use super::error::{Related, SyntaxErrorKind};
use super::lexer::{ends_name, is_symbol};
use super::structure::{Frame, Head};
use super::{Failed, Parser};

const PARTIAL_NAME: &str = "a partial is included by its name, as in `{{> shared/tone}}`";

impl Parser<'_> {
    pub(super) fn partial(&mut self, block: bool) -> Result<(), Failed> {
        self.refuse_empty()?;
        let start = self.cursor.at();
        let name = self.partial_name()?;
        let name_span = self.cursor.since(start);
        let mut arguments = Arguments::default();
        let mut read = self.arguments(&mut arguments, 0, false);
        if let (Ok(()), Some(second)) = (&read, arguments.params.get(1)) {
            let span = second.span();
            let advice =
                "a partial takes one context; other values are handed over as `name=value`";
            let kind = SyntaxErrorKind::Unexpected {
                found: self.quote(span.start, span.end),
                advice,
            };
            read = Err(self.error(kind, span, None));
        }
        let (span, quote) = self.end_head(read);
        if name == PartialName::Dynamic {
            self.error(
                SyntaxErrorKind::DynamicPartial { tag: quote.clone() },
                name_span,
                None,
            );
        }
        let context = arguments.params.into_iter().next();
        let close = if let PartialName::Static(name) = &name {
            name.clone()
        } else {
            String::new()
        };
        let partial = Partial {
            name,
            name_span,
            context,
            hash: arguments.hash,
            block: None,
            span,
            close: None,
            strips: [self.strip, Strip::default()],
            indent: None,
        };
        if block {
            return self.open(Frame::new(
                Head::Partial(Box::new(partial)),
                close,
                quote,
                span,
            ));
        }
        self.structure.push(Node::Partial(Box::new(partial)));
        Ok(())
    }

    fn partial_name(&mut self) -> Result<PartialName, Failed> {
        self.cursor.skip_space();
        if self.cursor.starts("(") {
            self.subexpression(1)?;
            return Ok(PartialName::Dynamic);
        }
        let name = self.callee(PARTIAL_NAME)?;
        Ok(PartialName::Static(name.original))
    }

    pub(super) fn inline(&mut self) -> Result<(), Failed> {
        self.cursor.skip_space();
        let start = self.cursor.at();
        let is_inline = self.cursor.take_while(is_symbol) == "inline";
        if !is_inline || !self.cursor.peek().is_some_and(ends_name) {
            self.cursor.jump(start);
            return Err(
                self.unexpected("of the blocks with `*` only `{{#*inline \"name\"}}` exists")
            );
        }
        let mut arguments = Arguments::default();
        let read = self.arguments(&mut arguments, 0, false);
        let name = match arguments.params.first() {
            Some(Expression::Literal(Literal::String(name), span)) => Some(Name {
                text: name.clone(),
                span: *span,
            }),
            _ => None,
        };
        let right = name.is_some() && arguments.params.len() == 1 && arguments.hash.is_empty();
        let read = match read {
            Ok(()) if !right => {
                self.cursor.jump(start);
                Err(self.unexpected("an inline partial is written `{{#*inline \"name\"}}`"))
            }
            read => read,
        };
        let (open, quote) = self.end_head(read);
        let (name, name_span) = name.map_or((String::new(), open), |name| (name.text, name.span));
        let inline = Inline {
            name,
            name_span,
            body: Vec::new(),
            open,
            close: None,
            strips: [self.strip, Strip::default()],
        };
        self.open(Frame::new(
            Head::Inline(inline),
            "inline".to_owned(),
            quote,
            open,
        ))
    }

    /// Reads `{{{{name}}}} .. {{{{/name}}}}`, in which no other tag counts.
    pub(super) fn raw_block(&mut self) -> Result<(), Failed> {
        self.closer = "}}}}";
        self.cursor.eat("{{{{");
        self.refuse_empty()?;
        let name = self.callee("a raw block begins with a name, as in `{{{{raw}}}}`")?;
        let word = name.original.clone();
        let (call, _, read) = self.call(name, 0, false);
        let (open, quote) = self.end_head(read);
        let start = self.cursor.at();
        let close = self.raw_end(&word, &quote, open);
        let end = close
            .as_ref()
            .map_or(self.cursor.len(), |close| close.start);
        let span = Span::new(start, end);
        let first = if span.start < span.end {
            vec![Node::Text(Text { span, shown: span })]
        } else {
            Vec::new()
        };
        let block = Block {
            call,
            block_params: Vec::new(),
            kind: BlockKind::Raw,
            first,
            second: None,
            open,
            close: close.as_ref().ok().copied(),
            strips: [Strip::default(); 3],
        };
        self.structure.push(Node::Block(Box::new(block)));
        close.map(|_| ())
    }

    /// Finds the end of a raw block; raw blocks inside it are text but have to be closed.
    fn raw_end(&mut self, word: &str, quote: &str, open: Span) -> Result<Span, Failed> {
        let mut depth = 1;
        while let Some(at) = self.cursor.find("{{{{") {
            self.cursor.jump(at + 4);
            let rest = self.cursor.rest();
            let Some(closing) = rest.strip_prefix('/') else {
                depth += 1;
                continue;
            };
            let name = &closing[..closing.find(|c| !is_symbol(c)).unwrap_or(closing.len())];
            if name.is_empty() || !closing[name.len()..].starts_with("}}}}") {
                continue;
            }
            self.cursor.jump(at + 4 + 1 + name.len() + 4);
            depth -= 1;
            if depth > 0 {
                continue;
            }
            let span = self.cursor.since(at);
            if name == word {
                return Ok(span);
            }
            self.recovered = true;
            let kind = SyntaxErrorKind::MismatchedBlock {
                close: self.quote(at, span.end),
                open: quote.to_owned(),
            };
            let related = Related {
                span: open,
                what: format!("`{quote}` is opened here"),
            };
            return Err(self.error(kind, span, Some(related)));
        }
        self.cursor.jump(self.cursor.len());
        let kind = SyntaxErrorKind::UnclosedBlock {
            open: quote.to_owned(),
            close: format!("{{{{{{{{/{word}}}}}}}}}"),
        };
        Err(self.error(kind, open, None))
    }
}
