import Chronology
import Foundation
import Registry

/// Every indicator there is, by its id, read from `Resources/catalogue/*.yaml`.
public struct Catalogue: Sendable {
    /// In the order of their ids.
    public let all: [IndicatorDefinition]
    private let byID: [IndicatorID: IndicatorDefinition]
    let spellRule: SpellRule
    private let ladder: LadderRule?
    private let rates: [DatedRate]

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
        ladder = reader.ladder
        rates = reader.rates
    }

    /// Nil when there is no such indicator.
    public func definition(_ id: IndicatorID) -> IndicatorDefinition? { byID[id] }
}

/// A step of the ladder of state reimbursement (trin på refusionstrappen).
public struct LadderStep: Hashable, Sendable {
    /// 1 is the first.
    public var number: Int
    public var firstWeek: Int
    /// Nil for the last step.
    public var lastWeek: Int?
    /// The state's part.
    public var percent: Int
}

extension Catalogue {
    /// The steps of the ladder, by Lov om kommunernes finansiering § 5; empty where the
    /// catalogue has none.
    public var ladderSteps: [LadderStep] {
        guard let ladder else { return [] }
        return ladder.percents.enumerated().map { index, percent in
            LadderStep(
                number: index + 1, firstWeek: index == 0 ? 1 : ladder.lastWeeks[index - 1] + 1,
                lastWeek: index < ladder.lastWeeks.count ? ladder.lastWeeks[index] : nil,
                percent: percent)
        }
    }

    /// The benefits with a price on a day, in the order of the code list.
    public func pricedBenefits(on day: Day) -> [Benefit] {
        Benefit.allCases.filter { monthlyPrice(of: $0, on: day) != nil }
    }

    /// Kroner a month for a full-time person before reimbursement, an estimate; nil where the
    /// catalogue has none.
    public func monthlyPrice(of benefit: Benefit, on day: Day) -> Int? {
        rates.filter { $0.benefit == benefit && $0.from <= day }.max { $0.from < $1.from }?.kroner
    }

    /// What one full-time person costs the municipality in a week on a step, in kroner.
    public func weeklyCost(of benefit: Benefit, on step: LadderStep, day: Day) -> Double? {
        monthlyPrice(of: benefit, on: day).map {
            Double($0) * 12 * 7 / 365 * Double(100 - step.percent) / 100
        }
    }
}
