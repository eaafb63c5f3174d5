import Chronology
import Foundation
import Parameters
import Registry

/// The cap on spending on guidance and mentors (loft over udgifter til øvrig vejledning og
/// mentor), LAB § 203 a: a rate for each full-time person in target groups 1 to 10, for all
/// municipalities together. Read from `Resources/cap`.
public struct SpendingCap: Sendable {
    /// Of each year that has one, in their order.
    public var rates: [Rate]
    /// What spending counts.
    public var accounts: [Account]
    /// Every benefit once: whether those on it count.
    public var benefits: [Entry]
    /// Groups that do not count whatever benefit they have.
    public var outside: Set<TargetGroup>
    public var announcements: [Announcement]

    /// What the ceiling is worked out with (sats).
    public struct Rate: Hashable, Sendable, LegallyBased {
        public var basis: LegalBasis
        /// The year whose prices it is in.
        public var level: Int
        /// Kroner per full-time person and year.
        public var kroner: Int
    }

    /// A paragraph of LAB whose spending counts, less the state's refund.
    public struct Account: Hashable, Sendable {
        public var id: String
        /// `172`
        public var paragraph: String
        /// `3`; nil where the whole paragraph counts.
        public var subsection: String?
        public var name: Localized
        /// Other names it goes by.
        public var also: [String]

        /// `§ 172, stk. 3`
        public var citation: Localized {
            guard let subsection else {
                return Localized(da: "§ \(paragraph)", en: "§ \(paragraph)")
            }
            return Localized(
                da: "§ \(paragraph), stk. \(subsection)", en: "§ \(paragraph)(\(subsection))")
        }
    }

    /// Whether those on a benefit count, and how sure that is.
    public struct Entry: Hashable, Sendable {
        public var benefit: Benefit
        public var counts: Bool
        /// The numbers of LAB § 6 that have it; empty for none.
        public var groups: String
        public var confidence: RuleConfidence
        /// Why it is not sure.
        public var reason: Localized?

        /// Sure to count.
        public var isCertain: Bool { counts && confidence == .sourced }
        /// May count and may not.
        public var isUncertain: Bool { confidence != .sourced }
    }

    /// By when the ceiling of the next year is published.
    public struct Announcement: Hashable, Sendable {
        public enum Stage: String, CaseIterable, Sendable {
            /// Foreløbigt loft
            case provisional
            /// Endeligt loft
            case final
        }

        public var stage: Stage
        public var month: Int
        public var day: Int
    }

    /// The rule's first day.
    public var begins: Day { rates.first?.basis.validFrom ?? .openEnd }

    /// The rate on a day; nil before the rule and for a year whose rate is not known.
    public func rate(on day: Day) -> Rate? { rates.inForce(on: day) }

    public var certain: [Benefit] { benefits.filter(\.isCertain).map(\.benefit) }
    public var uncertain: [Entry] { benefits.filter(\.isUncertain) }

    /// The days from one to another, both included, by which a ceiling is published, and for
    /// which year. None before the rule began.
    public func announcements(
        from start: Day, through end: Day
    ) -> [(stage: Announcement.Stage, day: Day, year: Int)] {
        guard start <= end else { return [] }
        return (start.year...end.year).flatMap { year in
            announcements.compactMap { announcement in
                Day(year: year, month: announcement.month, day: announcement.day).map {
                    (announcement.stage, $0, year + 1)
                }
            }
        }.filter { max(start, begins) <= $0.1 && $0.1 <= end }.sorted { $0.1 < $1.1 }
    }

    /// The cap that ships with the program.
    public static func bundled() throws(FileProblems) -> SpendingCap {
        let url = Bundle.module.url(
            forResource: "Resources/cap/spending-cap", withExtension: "yaml")
        let text = url.flatMap { try? String(contentsOf: $0, encoding: .utf8) } ?? ""
        return try SpendingCap(text, file: "spending-cap.yaml")
    }
}

extension SpendingCap {
    /// What a name in a file of accounts means to the cap.
    public enum Meaning: Hashable, Sendable {
        case account(Account)
        /// A paragraph whose spending does not count, or a part of one of which another does.
        case otherParagraph
        /// An account of the municipality's own.
        case own
    }

    /// Reads `§ 167`, `LAB § 172, stk. 3`, `172(3)`, `91` or one of the names.
    public func meaning(of text: String) -> Meaning {
        let plain = text.lowercased()
        let named = accounts.first { account in
            ([account.id, account.name.da, account.name.en] + account.also).contains {
                $0.lowercased() == plain
            }
        }
        if let named { return .account(named) }
        var words = plain.split { !$0.isLetter && !$0.isNumber }.map(String.init)
        let isAct = words.first == "lab"
        if isAct { words.removeFirst() }
        let subsection = words.firstIndex(of: "stk")
        if let subsection { words.remove(at: subsection) }
        let isCited =
            isAct || subsection != nil || plain.contains("§") || plain.allSatisfy(\.isNumber)
            || (plain.first?.isNumber == true && plain.hasSuffix(")"))
        guard isCited else { return .own }
        let found = accounts.first { account in
            guard words.first == account.paragraph else { return false }
            let rest = Array(words.dropFirst())
            // § 15 a is another paragraph than § 15; § 15, stk. 2 is a part of it.
            if let part = account.subsection { return rest == [part] }
            return rest.isEmpty || (rest.count == 1 && rest[0].allSatisfy(\.isNumber))
        }
        return found.map { .account($0) } ?? .otherParagraph
    }
}
