/// The words that ``Words`` finds, as bytes and without a string for each.
///
/// Nearly all text here is plain letters with the Danish ones among them; that is
/// scanned directly. A text with anything else goes the long way through
/// ``Words``, so that both give the same words always.
struct WordScanner {
    private var word: [UInt8] = []

    /// Gives each word of the text in its order to `found`. O(n).
    mutating func scan(_ text: String, _ found: (UnsafeBufferPointer<UInt8>) -> Void) {
        var text = text
        let isPlain = text.withUTF8 { bytes in
            guard WordScanner.isPlain(bytes) else { return false }
            scanPlain(bytes, found)
            return true
        }
        guard !isPlain else { return }
        for word in Words.of(text) { WordScanner.scan(word: word.text, found) }
    }

    /// Gives one folded word to `found`.
    static func scan(word: String, _ found: (UnsafeBufferPointer<UInt8>) -> Void) {
        var word = word
        word.withUTF8(found)
    }

    /// True when there is nothing but ASCII without the signs that may belong to
    /// a word, and the letters æ, ø and å.
    private static func isPlain(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        var index = 0
        while index < bytes.count {
            let kind = kinds[Int(bytes[index])]
            if kind == .other { return false }
            if kind == .danish {
                // In sound UTF-8 another byte always follows.
                index += 1
                if danish(bytes[index]) == 0 { return false }
            }
            index += 1
        }
        return true
    }

    private mutating func scanPlain(
        _ bytes: UnsafeBufferPointer<UInt8>, _ found: (UnsafeBufferPointer<UInt8>) -> Void
    ) {
        word.removeAll(keepingCapacity: true)
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            switch WordScanner.kinds[Int(byte)] {
            case .small: word.append(byte)
            case .capital: word.append(byte | 0x20)
            case .danish:
                index += 1
                let letter = WordScanner.danish(bytes[index])
                if letter == 0x61 {
                    word.append(0x61)
                    word.append(0x61)
                } else {
                    word.append(0xC3)
                    word.append(letter)
                }
            case .gap, .other:
                if !word.isEmpty {
                    word.withUnsafeBufferPointer(found)
                    word.removeAll(keepingCapacity: true)
                }
            }
            index += 1
        }
        if !word.isEmpty { word.withUnsafeBufferPointer(found) }
    }

    private enum Kind: UInt8 { case gap, small, capital, danish, other }

    /// The second byte of the folded letter after 0xC3, an a for å, and nothing
    /// for other letters.
    private static func danish(_ second: UInt8) -> UInt8 {
        switch second {
        case 0x86, 0xA6: 0xA6
        case 0x98, 0xB8: 0xB8
        case 0x85, 0xA5: 0x61
        default: 0
        }
    }

    private static let kinds: [Kind] = (0..<256).map { byte in
        switch byte {
        case 0x30...0x39, 0x61...0x7A: .small
        case 0x41...0x5A: .capital
        case 0x23, 0x2B: .other
        case 0..<0x80: .gap
        case 0xC3: .danish
        default: .other
        }
    }
}
