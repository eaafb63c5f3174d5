import Foundation

/// Every indicator there is, by its id, read from `Resources/catalogue/*.yaml`.
public struct Catalogue: Sendable {
    /// In the order of their ids.
    public let all: [IndicatorDefinition]
    private let byID: [IndicatorID: IndicatorDefinition]
    let spellRule: SpellRule

    /// Reads the catalogue that ships with the program.
    public static func bundled() throws(IndicatorError) -> Catalogue {
        guard let folder = Bundle.module.url(forResource: "Resources/catalogue", withExtension: nil)
        else { throw .malformedCatalogue(file: "Resources/catalogue", line: 0, "not found") }
        return try Catalogue(folder: folder)
    }

    /// Reads every `.yaml` file in `folder`. Throws `malformedCatalogue` for the
    /// first entry that cannot be understood.
    public init(folder: URL) throws(IndicatorError) {
        let found = try? FileManager.default.contentsOfDirectory(
            at: folder, includingPropertiesForKeys: nil)
        guard let found else {
            throw .malformedCatalogue(file: folder.lastPathComponent, line: 0, "not found")
        }
        var files: [(name: String, text: String)] = []
        for url in found.sorted(by: { $0.path < $1.path }) where url.pathExtension == "yaml" {
            guard let text = try? String(contentsOf: url, encoding: .utf8) else {
                throw .malformedCatalogue(file: url.lastPathComponent, line: 0, "no UTF-8 text")
            }
            files.append((url.lastPathComponent, text))
        }
        try self.init(files: files)
    }

    /// Reads files given as text.
    public init(files: [(name: String, text: String)]) throws(IndicatorError) {
        var reader = CatalogueReader()
        for file in files { try reader.readRules(file.name, file.text) }
        for file in files { try reader.readIndicators(file.name, file.text) }
        all = reader.definitions.sorted { $0.id < $1.id }
        byID = Dictionary(all.map { ($0.id, $0) }) { first, _ in first }
        spellRule = reader.spellRule
    }

    /// Nil when there is no such indicator.
    public func definition(_ id: IndicatorID) -> IndicatorDefinition? { byID[id] }
}
