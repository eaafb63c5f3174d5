import Yams

/// A node and where it stands. What is missing or of the wrong form reads as an empty
/// value: the check against the rules has already made it a problem, so an empty value
/// never reaches what is read from the document.
public struct DocumentPlace {
    public let node: Node?
    public let path: String

    public init(_ node: Node?, _ path: String) {
        self.node = node
        self.path = path
    }

    public var exists: Bool { node != nil }
    public var string: String { node?.scalar?.string ?? "" }
    public var integer: Int? { ScalarForms.integer(string) }
    public var localized: Localized {
        let uk = self["uk"]
        return Localized(
            da: self["da"].string, en: self["en"].string, uk: uk.exists ? uk.string : nil)
    }
    public var items: [DocumentPlace] {
        (node?.sequence.map(Array.init) ?? []).enumerated().map {
            DocumentPlace($1, "\(path)[\($0)]")
        }
    }

    /// The keys of a mapping, each where it is written.
    public var keys: [DocumentPlace] {
        (node?.mapping.map { $0.map { DocumentPlace($0.key, path) } }) ?? []
    }

    public func words<Word: RawRepresentable>(_: Word.Type) -> [Word]
    where Word.RawValue == String {
        items.compactMap { Word(rawValue: $0.string) }
    }

    public subscript(key: String) -> DocumentPlace {
        DocumentPlace(node?.mapping?[key], path.isEmpty ? key : "\(path).\(key)")
    }
}
