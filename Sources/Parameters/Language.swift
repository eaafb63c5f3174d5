/// The languages of every text a user sees. Danish comes first.
public enum Language: String, CaseIterable, Sendable { case da, en }

/// A text in both languages.
public struct Localized: Hashable, Sendable {
    public var da: String
    public var en: String

    public init(da: String, en: String) {
        self.da = da
        self.en = en
    }

    public subscript(language: Language) -> String {
        switch language {
        case .da: da
        case .en: en
        }
    }
}
