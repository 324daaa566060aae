//! Sentences, emoji and signs, in values and in documents.

use serde_json::json;

use crate::case::case;

const SENTENCE: &str = "{{line}}\n";

const EMOJI: &str = "{{first}} {{second}} {{sign}}\n";

const CHINESE: &str = "请坐, {{guest}}! 茶已经准备好了。\n";

cases! {
    keeps_a_sentence_in_hindi:
        case(SENTENCE)
            .input(json!({"line": "मुझे चाय पसंद है। आप क्या पिएँगे?"}))
            .says("मुझे चाय पसंद है। आप क्या पिएँगे?\n");

    keeps_a_sentence_in_hindi_and_english:
        case(SENTENCE)
            .input(json!({"line": "आज की meeting शाम को है, don't forget।"}))
            .says("आज की meeting शाम को है, don't forget।\n");

    keeps_a_sentence_in_tamil:
        case(SENTENCE)
            .input(json!({"line": "எனக்கு தேநீர் பிடிக்கும். நீங்கள் என்ன குடிப்பீர்கள்?"}))
            .says("எனக்கு தேநீர் பிடிக்கும். நீங்கள் என்ன குடிப்பீர்கள்?\n");

    keeps_a_sentence_in_bengali:
        case(SENTENCE)
            .input(json!({"line": "আমি চা খেতে ভালোবাসি। আপনি কী খাবেন?"}))
            .says("আমি চা খেতে ভালোবাসি। আপনি কী খাবেন?\n");

    keeps_an_emoji:
        case(EMOJI)
            .input(json!({"first": "Good", "second": "night", "sign": "🌙"}))
            .says("Good night 🌙\n");

    keeps_a_family_of_emoji_joined_by_invisible_characters:
        case(EMOJI)
            .input(json!({"first": "Our", "second": "house", "sign": "👩\u{200d}👩\u{200d}👦\u{200d}👧"}))
            .says("Our house 👩\u{200d}👩\u{200d}👦\u{200d}👧\n");

    keeps_an_emoji_with_a_skin_tone:
        case(EMOJI)
            .input(json!({"first": "Clap", "second": "now", "sign": "👏🏾"}))
            .says("Clap now 👏🏾\n");

    keeps_a_flag_of_two_characters:
        case(EMOJI)
            .input(json!({"first": "Made in", "second": "Norway", "sign": "🇳🇴"}))
            .says("Made in Norway 🇳🇴\n");

    keeps_many_emoji:
        case(EMOJI)
            .input(json!({"first": "🍵", "second": "Tea", "sign": "🍰🍪🫖"}))
            .says("🍵 Tea 🍰🍪🫖\n");

    keeps_chinese_letters_of_the_document:
        case(CHINESE)
            .input(json!({"guest": "Grace"}))
            .says("请坐, Grace! 茶已经准备好了。\n");

    keeps_chinese_letters_of_document_and_value:
        case(CHINESE)
            .input(json!({"guest": "李雷"}))
            .says("请坐, 李雷! 茶已经准备好了。\n");

    keeps_four_scripts_on_one_line:
        case("{{one}} + {{two}} + {{three}} + {{four}}\n")
            .input(json!({"one": "Tea", "two": "茶叶", "three": "おちゃ", "four": "녹차"}))
            .says("Tea + 茶叶 + おちゃ + 녹차\n");

    keeps_characters_of_no_width:
        case(SENTENCE)
            .input(json!({"line": "x\u{200b}y\u{200c}z"}))
            .says("x\u{200b}y\u{200c}z\n");

    keeps_accents_joined_or_apart:
        case(SENTENCE)
            .input(json!({"line": "Crème brûlée, e\u{301} as one letter"}))
            .says("Crème brûlée, e\u{301} as one letter\n");

    keeps_signs_of_mathematics:
        case(SENTENCE)
            .input(json!({"line": "∀ ∃ ∈ ∂ ≈ ± ÷ ≡"}))
            .says("∀ ∃ ∈ ∂ ≈ ± ÷ ≡\n");

    keeps_signs_of_currencies:
        case(SENTENCE)
            .input(json!({"line": "₩ ₪ ₫ ₱ ₴ ฿ ¢"}))
            .says("₩ ₪ ₫ ₱ ₴ ฿ ¢\n");

    keeps_arrows:
        case(SENTENCE)
            .input(json!({"line": "↗ ↘ ⇐ ⇑ ⇓ ⟶ ↦"}))
            .says("↗ ↘ ⇐ ⇑ ⇓ ⟶ ↦\n");

    keeps_letters_of_nested_values:
        case("{{guest.name}} orders \"{{guest.dish}}\" from {{guest.town}}\n")
            .input(json!({"guest": {"name": "鈴木花子", "dish": "うどん", "town": "京都"}}))
            .says("鈴木花子 orders \"うどん\" from 京都\n");

    keeps_letters_of_lists:
        case("{{#each words}}{{this}}{{#unless @last}}; {{/unless}}{{/each}}\n")
            .input(json!({"words": ["Tea", "茶叶", "おちゃ", "녹차", "شاي"]}))
            .says("Tea; 茶叶; おちゃ; 녹차; شاي\n");
}
