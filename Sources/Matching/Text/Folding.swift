import Foundation

/// Text as matching compares it: small letters, one spelling for letters that
/// people write in several ways, no accents.
///
/// "Ålborg", "Aalborg" and "aalborg" fold alike, and so do "Café" and "cafe".
/// æ and ø stay, because they tell Danish words apart; the Swedish and German
/// ä and ö become æ and ø, å becomes aa.
public enum Folding {
    /// The folded text. O(n) in the text's length.
    public static func folded(_ text: some StringProtocol) -> String {
        var folded = String.UnicodeScalarView()
        for scalar in composed(text).unicodeScalars { append(scalar, to: &folded) }
        return String(folded)
    }

    /// A letter and its accent as one scalar, so that the table below is met.
    static func composed(_ text: some StringProtocol) -> String {
        text.unicodeScalars.contains { (0x0300...0x036F).contains($0.value) }
            ? text.precomposedStringWithCanonicalMapping : String(text)
    }

    static func append(_ scalar: Unicode.Scalar, to folded: inout String.UnicodeScalarView) {
        switch scalar.value {
        case 0x41...0x5A: folded.append(Unicode.Scalar(UInt8(scalar.value + 0x20)))
        case 0..<0x80: folded.append(scalar)
        case 0xAD, 0x0300...0x036F: break
        default:
            guard let spelling = spellings[scalar] else {
                folded.append(contentsOf: scalar.properties.lowercaseMapping.unicodeScalars)
                return
            }
            folded.append(contentsOf: spelling.unicodeScalars)
        }
    }

    private static let spellings: [Unicode.Scalar: String] = {
        var spellings: [Unicode.Scalar: String] = [:]
        let table = [
            "å": "Åå", "æ": "ÆæÄä", "ø": "ØøÖöŒœ", "a": "ÀÁÂÃàáâãĀāĂăĄą", "c": "ÇçĆćČč",
            "d": "ÐðĎďĐđ", "e": "ÈÉÊËèéêëĒēĖėĘęĚě", "g": "ĞğĢģ", "i": "ÌÍÎÏìíîïĪīĮįİı",
            "k": "Ķķ", "l": "ĹĺĻļĽľŁł", "n": "ÑñŃńŅņŇň", "o": "ÒÓÔÕòóôõŌōŐő", "r": "ŔŕŘř",
            "s": "ŚśŞşŠšȘș", "t": "ŢţŤťȚț", "u": "ÙÚÛÜùúûüŪūŮůŰűŲų", "y": "ÝýŸÿ",
            "z": "ŹźŻżŽž", "ss": "ßẞ", "th": "Þþ",
        ]
        for (spelling, letters) in table {
            for letter in letters.unicodeScalars {
                spellings[letter] = spelling == "å" ? "aa" : spelling
            }
        }
        return spellings
    }()
}
