//! Values in the scripts of the world.

use serde_json::json;

use crate::case::case;

const DOCUMENT: &str = "We read {{title}}.\n";

cases! {
    keeps_chinese_letters:
        case(DOCUMENT)
            .input(json!({"title": "北京的书"}))
            .says("We read 北京的书.\n");

    keeps_japanese_letters:
        case(DOCUMENT)
            .input(json!({"title": "ふるい本の店"}))
            .says("We read ふるい本の店.\n");

    keeps_korean_letters:
        case(DOCUMENT)
            .input(json!({"title": "서울의 책"}))
            .says("We read 서울의 책.\n");

    keeps_arabic_letters:
        case(DOCUMENT)
            .input(json!({"title": "كتاب"}))
            .says("We read كتاب.\n");

    keeps_hebrew_letters:
        case(DOCUMENT)
            .input(json!({"title": "ספר"}))
            .says("We read ספר.\n");

    keeps_cyrillic_letters:
        case(DOCUMENT)
            .input(json!({"title": "Книга"}))
            .says("We read Книга.\n");

    keeps_greek_letters:
        case(DOCUMENT)
            .input(json!({"title": "Βιβλίο"}))
            .says("We read Βιβλίο.\n");

    keeps_thai_letters:
        case(DOCUMENT)
            .input(json!({"title": "หนังสือ"}))
            .says("We read หนังสือ.\n");

    keeps_hindi_letters:
        case(DOCUMENT)
            .input(json!({"title": "पुस्तक"}))
            .says("We read पुस्तक.\n");

    keeps_marathi_letters:
        case(DOCUMENT)
            .input(json!({"title": "ग्रंथालय"}))
            .says("We read ग्रंथालय.\n");

    keeps_sanskrit_letters:
        case(DOCUMENT)
            .input(json!({"title": "ग्रन्थसूची"}))
            .says("We read ग्रन्थसूची.\n");

    keeps_nepali_letters:
        case(DOCUMENT)
            .input(json!({"title": "किताब"}))
            .says("We read किताब.\n");

    keeps_tamil_letters:
        case(DOCUMENT)
            .input(json!({"title": "புத்தகம்"}))
            .says("We read புத்தகம்.\n");

    keeps_telugu_letters:
        case(DOCUMENT)
            .input(json!({"title": "పుస్తకం"}))
            .says("We read పుస్తకం.\n");

    keeps_bengali_letters:
        case(DOCUMENT)
            .input(json!({"title": "বইমেলা"}))
            .says("We read বইমেলা.\n");

    keeps_gujarati_letters:
        case(DOCUMENT)
            .input(json!({"title": "પુસ્તક"}))
            .says("We read પુસ્તક.\n");

    keeps_kannada_letters:
        case(DOCUMENT)
            .input(json!({"title": "ಪುಸ್ತಕ"}))
            .says("We read ಪುಸ್ತಕ.\n");

    keeps_malayalam_letters:
        case(DOCUMENT)
            .input(json!({"title": "പുസ്തകം"}))
            .says("We read പുസ്തകം.\n");

    keeps_punjabi_letters:
        case(DOCUMENT)
            .input(json!({"title": "ਨਵੀਂ ਚੰਗੀ ਕਿਤਾਬ"}))
            .says("We read ਨਵੀਂ ਚੰਗੀ ਕਿਤਾਬ.\n");

    keeps_odia_letters:
        case(DOCUMENT)
            .input(json!({"title": "ବହି"}))
            .says("We read ବହି.\n");
}
