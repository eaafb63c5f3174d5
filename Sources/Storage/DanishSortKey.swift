/// A text that sorts the Danish way when its bytes are compared: æ, ø and å come
/// last, aa counts as å, accents and capitals only break ties. Stored beside each
/// name, so that both engines order names alike without a collation of their own.
public enum DanishSortKey {
    /// Keeps "Ann" before "Anna" whatever follows.
    static let divider: Character = "\u{1}"

    public static func key(for text: String) -> String {
        weights(of: text) + String(divider) + text
    }

    /// The key without the text that breaks ties, to look for a part of a name.
    public static func weights(of text: String) -> String {
        var key = ""
        var doubled = false
        for scalar in text.lowercased().unicodeScalars {
            if scalar == "a", key.last == "a", !doubled {
                key.removeLast()
                key.append("}")
                doubled = true
                continue
            }
            doubled = false
            key.append(weight(scalar))
        }
        return key
    }

    private static func weight(_ scalar: Unicode.Scalar) -> String {
        switch scalar {
        case "æ", "ä": "{"
        case "ø", "ö", "ő": "|"
        case "å": "}"
        case "á", "à", "â", "ã", "ā", "ą": "a"
        case "ç", "č", "ć": "c"
        case "ð", "đ": "d"
        case "é", "è", "ê", "ë", "ę", "ė": "e"
        case "ğ": "g"
        case "í", "ì", "î", "ï", "ı": "i"
        case "ł": "l"
        case "ñ", "ń": "n"
        case "ó", "ò", "ô", "õ": "o"
        case "š", "ś", "ş": "s"
        case "ß": "ss"
        case "þ": "th"
        case "ú", "ù", "û": "u"
        case "ü", "ű", "ý", "ÿ": "y"
        case "ž", "ź", "ż": "z"
        case "-", "'", "’", ".": " "
        default: String(Character(scalar))
        }
    }
}
