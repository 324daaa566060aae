//! Random cases: some written after the grammar, some by damaging the recorded ones.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::damage::{damage, glued};
use crate::engine::Case;
use crate::grammar::{PARTIALS, template};
use crate::random::Random;
use crate::values::{context, input, poison};

/// Makes cases, always the same ones for a seed.
pub(crate) struct Generator<'c> {
    random: Random,
    recorded: &'c [Case],
    hostile: bool,
}

impl<'c> Generator<'c> {
    pub(crate) fn new(seed: u64, recorded: &'c [Case], hostile: bool) -> Self {
        Self {
            random: Random::new(seed),
            recorded,
            hostile,
        }
    }

    pub(crate) fn case(&mut self) -> Case {
        let mut case = if self.random.chance(60) {
            self.grammar()
        } else {
            self.recorded()
        };
        if self.hostile {
            poison(&mut self.random, &mut case.input);
        }
        case
    }

    fn grammar(&mut self) -> Case {
        let partials = PARTIALS.iter().enumerate();
        let partials: BTreeMap<String, String> = partials
            .map(|(at, name)| ((*name).to_owned(), template(&mut self.random, 2, at + 1)))
            .collect();
        let mut case = Case {
            template: template(&mut self.random, 4, 0),
            partials,
            input: input(&mut self.random),
            context: context(&mut self.random),
        };
        if self.random.chance(25) {
            damage(&mut self.random, &mut case);
        }
        case
    }

    fn recorded(&mut self) -> Case {
        let mut case = self.random.pick(self.recorded);
        if self.random.chance(30) {
            let other = self.random.pick(self.recorded);
            let together = glued(&mut self.random, &case.template, &other.template);
            if together.len() < 4096 {
                case.template = together;
            }
            for (name, text) in other.partials {
                case.partials.entry(name).or_insert(text);
            }
            if let (Value::Object(input), Value::Object(other)) = (&mut case.input, other.input) {
                input.extend(other);
            }
        }
        if self.random.chance(20) {
            case.input = input(&mut self.random);
        }
        damage(&mut self.random, &mut case);
        case
    }
}
