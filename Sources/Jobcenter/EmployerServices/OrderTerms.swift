import Chronology
import Law
import Registry

/// For how long each target group can be at a workplace in one kind of offer on the way to a job
/// (hvem må tage jobbet på hvilke vilkår).
public struct OrderTerms: Hashable, Sendable {
    public struct Line: Hashable, Sendable {
        public var group: TargetGroup
        /// For one of the group who has been on benefits for two years and is in no job.
        public var answer: Answer
    }

    public var offer: OfferKind
    public var lines: [Line]
}

extension OrderCase {
    /// Company internship and wage subsidy in a private company that begin on a day, asked of
    /// the law for every target group. Kinds for which no rule holds are left out.
    public func terms(on day: Day) async throws -> [OrderTerms] {
        let limits = try await house.law.statutes().limits
        return [OfferKind.companyInternshipPrivate, .wageSubsidyPrivate].compactMap { offer in
            let lines = TargetGroup.allCases.compactMap { group -> OrderTerms.Line? in
                let question = OfferQuestion(
                    offer, starts: day, ends: day + 6, group: group,
                    category: group.usualCategory, age: 35, monthsOnBenefits: 24)
                return limits.offer(question).map { OrderTerms.Line(group: group, answer: $0) }
            }
            return lines.isEmpty ? nil : OrderTerms(offer: offer, lines: lines)
        }
    }
}

extension TargetGroup {
    /// The match category that the group has by its definition; nil where it has none.
    var usualCategory: MatchCategory? {
        switch self {
        case .group2: .jobReady
        case .group3, .group5: .activityReady
        case .group4: .educationReady
        default: nil
        }
    }
}
