/// The languages of the texts that users see. Danish comes first.
public enum Language: String, CaseIterable, Sendable {
    case da, en
    /// Ukrainian, on the pages that citizens use; elsewhere its readers get English.
    case uk

    /// Those in which every text is.
    public static let complete: [Language] = [.da, .en]
}

/// A text in the languages there are.
public struct Localized: Hashable, Sendable {
    public var da: String
    public var en: String
    /// Nil where nobody has translated it.
    public var uk: String?

    public init(da: String, en: String, uk: String? = nil) {
        self.da = da
        self.en = en
        self.uk = uk
    }

    public subscript(language: Language) -> String {
        switch language {
        case .da: da
        case .en: en
        case .uk: uk ?? en
        }
    }
}
