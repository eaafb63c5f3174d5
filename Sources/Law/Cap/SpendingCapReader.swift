import Chronology
import Parameters
import Registry

extension SpendingCap {
    /// Reads a file. Throws every problem at once.
    public init(_ yaml: String, file: String) throws(FileProblems) {
        var problems = FileProblemList(file: file)
        let root = problems.document(yaml, SpendingCap.grammar)
        rates = (root?["rates"].items ?? []).map { Rate($0) }
        accounts = (root?["accounts"].items ?? []).map { Account($0) }
        benefits = (root?["benefits"].items ?? []).compactMap { Entry($0) }
        outside = Set(root?["outside"].words(TargetGroup.self) ?? [])
        announcements = (root?["announcements"].items ?? []).compactMap { Announcement($0) }
        if let root { check(root, &problems) }
        guard problems.all.isEmpty else { throw problems.thrown() }
    }

    private static let grammar = ValueRule.object([
        .needs("format", .integer(1...1)),
        .needs(
            "rates",
            .list(
                .object(
                    LegalBasis.fields + [
                        .needs("level", .integer(2000...2100)),
                        .needs("kroner", .integer(1...1_000_000)),
                    ]))),
        .needs(
            "accounts",
            .list(
                .object([
                    .needs("id", .identifier), .needs("paragraph", .text),
                    .may("subsection", .text), .needs("name", .localized),
                    .may("also", .list(.text)),
                ]))),
        .needs(
            "benefits",
            .list(
                .object([
                    .needs("benefit", .words(Benefit.self)),
                    .needs("counts", .word(["true", "false"])), .may("groups", .text),
                    .needs("confidence", .words(RuleConfidence.self)), .may("reason", .localized),
                ]))),
        .needs("outside", .list(.words(TargetGroup.self))),
        .needs(
            "announcements",
            .list(
                .object([
                    .needs("stage", .words(Announcement.Stage.self)),
                    .needs("month", .integer(1...12)), .needs("day", .integer(1...31)),
                ]))),
    ])

    /// What only the whole file can tell: what stands twice or nowhere, years with two rates,
    /// and doubt without a word about it.
    private func check(_ root: DocumentPlace, _ problems: inout FileProblemList) {
        let places = root["rates"].items
        for index in rates.indices {
            let basis = rates[index].basis
            if let end = basis.validTo, end < basis.validFrom {
                problems.add(.endsBeforeItBegins, at: places[index]["to"])
            }
            if index > 0 {
                let before = rates[index - 1].basis
                problems.check(
                    basis, follows: before, before.id("rates"), at: places[index]["from"])
            }
        }
        let accountPlaces = root["accounts"].items
        for index in accounts.indices
        where accounts[..<index].contains(where: { $0.id == accounts[index].id }) {
            problems.add(.duplicateId, at: accountPlaces[index]["id"])
        }
        let entryPlaces = root["benefits"].items
        let named = entryPlaces.map { $0["benefit"].string }
        for (index, place) in entryPlaces.enumerated() {
            if named[..<index].contains(named[index]) {
                problems.add(.duplicateId, at: place["benefit"])
            }
            let isSure = place["confidence"].string == RuleConfidence.sourced.rawValue
            if !isSure, !place["reason"].exists {
                problems.add(.missingKey, at: place, ["key": "reason"])
            }
        }
        for benefit in Benefit.allCases where !named.contains(benefit.rawValue) {
            problems.add(.missingKey, at: root["benefits"], ["key": benefit.rawValue])
        }
    }
}

extension SpendingCap.Rate {
    fileprivate init(_ place: DocumentPlace) {
        self.init(
            basis: LegalBasis(place), level: place["level"].integer ?? 0,
            kroner: place["kroner"].integer ?? 0)
    }
}

extension SpendingCap.Account {
    fileprivate init(_ place: DocumentPlace) {
        self.init(
            id: place["id"].string, paragraph: place["paragraph"].string,
            subsection: place["subsection"].exists ? place["subsection"].string : nil,
            name: place["name"].localized, also: place["also"].items.map(\.string))
    }
}

extension SpendingCap.Entry {
    fileprivate init?(_ place: DocumentPlace) {
        guard let benefit = Benefit(rawValue: place["benefit"].string) else { return nil }
        self.init(
            benefit: benefit, counts: place["counts"].string == "true",
            groups: place["groups"].string,
            confidence: RuleConfidence(rawValue: place["confidence"].string) ?? .uncertain,
            reason: place["reason"].exists ? place["reason"].localized : nil)
    }
}

extension SpendingCap.Announcement {
    fileprivate init?(_ place: DocumentPlace) {
        guard let stage = Stage(rawValue: place["stage"].string) else { return nil }
        self.init(
            stage: stage, month: place["month"].integer ?? 0, day: place["day"].integer ?? 0)
    }
}
