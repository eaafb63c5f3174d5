import Chronology
import Parameters
import Registry

extension Limits {
    /// Reads a file of limits. Throws every problem at once.
    public init(_ yaml: String, file: String) throws(FileProblems) {
        var problems = FileProblemList(file: file)
        let root = problems.document(yaml, Limits.grammar)
        ratios = (root?["ratio"].items ?? []).map { RatioLimit($0) }
        netEmployments = (root?["netEmployment"].items ?? []).map { NetEmploymentLimit($0) }
        offers = (root?["offers"].items ?? []).map { OfferLimit($0) }
        dayRates = (root?["dayRates"].items ?? []).map { DayRates($0) }
        refunds = (root?["refund"].items ?? []).map { RefundLadder($0) }
        cashRates = (root?["cashBenefit"].items ?? []).map { CashRates($0) }
        workDuties = (root?["workDuty"].items ?? []).map { WorkDutyLimit($0) }
        sixWeeks = (root?["sixWeeks"].items ?? []).map { SixWeeksLimit($0) }
        for (key, entries) in lists { check(entries, root?[key].items ?? [], key, &problems) }
        guard problems.all.isEmpty else { throw problems.thrown() }
    }

    /// Entries about the same follow one another without overlap or gap.
    private func check(
        _ entries: [any LegallyBased], _ places: [DocumentPlace], _ key: String,
        _ problems: inout FileProblemList
    ) {
        for index in entries.indices {
            let basis = entries[index].basis
            if let end = basis.validTo, end < basis.validFrom {
                problems.add(.endsBeforeItBegins, at: places[index]["to"])
            }
            let before = entries[..<index].lastIndex {
                ($0 as? OfferLimit)?.kinds == (entries[index] as? OfferLimit)?.kinds
            }
            if let before {
                problems.check(
                    basis, follows: entries[before].basis, entries[before].basis.id(key),
                    at: places[index]["from"])
            }
        }
    }

    private static let basis = LegalBasis.fields
    private static let positive = ValueRule.integer(1...100_000)

    static let grammar = ValueRule.object([
        .needs("format", .integer(1...1)),
        .needs(
            "ratio",
            .list(
                .object(
                    basis
                        + ["months", "oneFor", "upTo", "thenOneFor", "atLeast"].map {
                            .needs($0, positive)
                        } + [.needs("counts", .list(.words(OfferKind.self)))]))),
        .needs(
            "netEmployment",
            .list(
                .object(
                    basis + [
                        .needs("months", positive),
                        .needs("kinds", .list(.words(OfferKind.self))),
                    ]))),
        .needs(
            "offers",
            .list(
                .object(
                    basis + [
                        .needs("kinds", .list(.words(OfferKind.self))),
                        .may("notAtLastEmployer", .word(["true", "false"])),
                        .may("notCategories", .list(.words(MatchCategory.self))),
                        .may("onlyAsTest", .list(.words(TargetGroup.self))),
                        .may("notWhenEmployed", .list(.words(TargetGroup.self))),
                        .may("keptWhenEmployed", .list(.words(TargetGroup.self))),
                        .needs("limits", .list(entry)),
                    ]))),
        .needs(
            "dayRates",
            .list(
                .object(
                    basis + [
                        .needs(
                            "brackets",
                            .list(
                                .object([
                                    .may("below", positive), .needs("kroner", positive),
                                ])))
                    ]))),
        .needs(
            "refund",
            .list(
                .object(
                    basis + [
                        .needs(
                            "steps",
                            .list(
                                .object([.may("weeks", positive), .needs("percent", positive)]))),
                        .needs("restartsAfterWeeks", positive), .needs("withinYears", positive),
                    ]))),
        .needs(
            "cashBenefit", numbers(CashRates.fields, and: [.needs("workFromEntry", .day)])),
        .needs("workDuty", numbers(WorkDutyLimit.fields)),
        .needs("sixWeeks", numbers(SixWeeksLimit.fields)),
    ])

    /// Dated rows of whole numbers.
    private static func numbers(_ fields: [String], and others: [FieldRule] = []) -> ValueRule {
        .list(.object(basis + fields.map { .needs($0, positive) } + others))
    }

    private static let entry = ValueRule.object(
        [
            .needs("groups", .list(.words(TargetGroup.self))),
            .may("categories", .list(.words(MatchCategory.self))),
        ]
            + [
                "weeks", "months", "extendedTo", "extendedToMonths", "furtherBy",
                "furtherByMonths", "monthsBefore",
            ].map { .may($0, positive) })
}

extension RatioLimit {
    fileprivate init(_ place: DocumentPlace) {
        self.init(
            basis: LegalBasis(place), months: place["months"].integer ?? 1,
            oneFor: place["oneFor"].integer ?? 1, upTo: place["upTo"].integer ?? 1,
            thenOneFor: place["thenOneFor"].integer ?? 1, atLeast: place["atLeast"].integer ?? 1,
            counts: Set(place["counts"].words(OfferKind.self)))
    }
}

extension NetEmploymentLimit {
    fileprivate init(_ place: DocumentPlace) {
        self.init(
            basis: LegalBasis(place), months: place["months"].integer ?? 1,
            kinds: Set(place["kinds"].words(OfferKind.self)))
    }
}

extension OfferLimit {
    fileprivate init(_ place: DocumentPlace) {
        self.init(
            basis: LegalBasis(place), kinds: Set(place["kinds"].words(OfferKind.self)),
            notAtLastEmployer: place["notAtLastEmployer"].string == "true",
            notCategories: Set(place["notCategories"].words(MatchCategory.self)),
            notWhenEmployed: Set(place["notWhenEmployed"].words(TargetGroup.self)),
            onlyAsTest: Set(place["onlyAsTest"].words(TargetGroup.self)),
            keptWhenEmployed: Set(place["keptWhenEmployed"].words(TargetGroup.self)),
            entries: place["limits"].items.map { Entry($0) })
    }
}

extension OfferLimit.Entry {
    fileprivate init(_ place: DocumentPlace) {
        let categories = place["categories"]
        self.init(
            groups: Set(place["groups"].words(TargetGroup.self)),
            categories: categories.exists ? Set(categories.words(MatchCategory.self)) : nil,
            longest: OfferLimit.Length(place["weeks"], place["months"]),
            extended: OfferLimit.Length(place["extendedTo"], place["extendedToMonths"]),
            further: OfferLimit.Length(place["furtherBy"], place["furtherByMonths"]),
            monthsBefore: place["monthsBefore"].integer ?? 0)
    }
}

extension OfferLimit.Length {
    fileprivate init?(_ weeks: DocumentPlace, _ months: DocumentPlace) {
        guard let count = weeks.integer ?? months.integer else { return nil }
        self.init(count: count, isMonths: months.exists)
    }
}

extension DayRates {
    fileprivate init(_ place: DocumentPlace) {
        self.init(
            basis: LegalBasis(place),
            brackets: place["brackets"].items.map {
                Bracket(below: $0["below"].integer, kroner: $0["kroner"].integer ?? 0)
            })
    }
}

extension RefundLadder {
    fileprivate init(_ place: DocumentPlace) {
        self.init(
            basis: LegalBasis(place),
            steps: place["steps"].items.map {
                Step(weeks: $0["weeks"].integer, percent: $0["percent"].integer ?? 0)
            },
            restartsAfterWeeks: place["restartsAfterWeeks"].integer ?? 1,
            withinYears: place["withinYears"].integer ?? 1)
    }
}

extension CashRates {
    fileprivate static let fields = [
        "least", "base", "raised", "atHome", "residenceMonths", "workMonths", "withinMonths",
    ]

    fileprivate init(_ place: DocumentPlace) {
        func number(_ field: String) -> Int { place[field].integer ?? 0 }
        self.init(
            basis: LegalBasis(place), least: number("least"), base: number("base"),
            raised: number("raised"), atHome: number("atHome"),
            residenceMonths: number("residenceMonths"), workMonths: number("workMonths"),
            withinMonths: number("withinMonths"),
            workFromEntry: place["workFromEntry"].day ?? .openEnd)
    }
}

extension WorkDutyLimit {
    fileprivate static let fields = ["hours", "preparationHours"]

    fileprivate init(_ place: DocumentPlace) {
        self.init(
            basis: LegalBasis(place), hours: place["hours"].integer ?? 0,
            preparationHours: place["preparationHours"].integer ?? 0)
    }
}

extension SixWeeksLimit {
    fileprivate static let fields = [
        "weeks", "afterWeeks", "youngUnder", "youngMonths", "months",
    ]

    fileprivate init(_ place: DocumentPlace) {
        func number(_ field: String) -> Int { place[field].integer ?? 0 }
        self.init(
            basis: LegalBasis(place), weeks: number("weeks"), afterWeeks: number("afterWeeks"),
            youngUnder: number("youngUnder"), youngMonths: number("youngMonths"),
            months: number("months"))
    }
}
