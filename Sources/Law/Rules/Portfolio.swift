import Chronology
import Parameters
import Registry

/// A duty towards a whole group (porteføljekrav): a share of them must get what some
/// duties ask for, and the rest may be exempted one by one, by decision.
public struct Portfolio: Hashable, Sendable, Dated {
    public var id: String
    public var name: Localized
    public var basis: LegalBasis
    /// The duties whose citizens are counted together.
    public var duties: [String]
    /// The state of those who were exempted by a decision.
    public var exempt: LawState
    /// The least share, in percent, who must not be exempt.
    public var percent: Int
}

extension Portfolio {
    public var validFrom: Day { basis.validFrom }
    public var validTo: Day? { basis.validTo }
    public func isInForce(on day: Day) -> Bool { basis.isInForce(on: day) }
}

/// How a portfolio duty stands on a day.
public struct PortfolioStatus: Hashable, Sendable {
    /// Positions in the caseload of those who are counted.
    public var population: [Int]
    /// Those of them who are exempt, with the decision's fact.
    public var exempt: [Exempt]
    /// The least share in percent.
    public var percent: Int

    public struct Exempt: Hashable, Sendable {
        public var person: Int
        public var decision: Caseload.Reference
    }

    /// Who must be served for the share to be kept: the share of the population,
    /// rounded up.
    public var required: Int { (population.count * percent + 99) / 100 }
    public var served: Int { population.count - exempt.count }
    public var isKept: Bool { served >= required }
    /// How many more must be served, when the share is not kept.
    public var needed: Int { max(0, required - served) }
    /// How many more can be exempted.
    public var room: Int { max(0, served - required) }
}

extension LawEngine {
    /// Who a portfolio duty counts on a day: those in the time in which its duties run,
    /// exempted or not. With `rules`, as if those rules had been in force all along.
    public func status(
        of portfolio: Portfolio, in cases: Caseload, on day: Day, under rules: RuleSet? = nil
    ) -> PortfolioStatus {
        // The same duties without the exemption say who is in the population.
        let duties = book.duties.filter { portfolio.duties.contains($0.id) }.map { duty in
            var duty = duty
            for version in duty.versions.indices {
                for index in duty.versions[version].appliesTo.indices {
                    duty.versions[version].appliesTo[index].withoutStates.remove(portfolio.exempt)
                }
            }
            return duty
        }
        let wide = LawEngine(RuleBook(duties: duties, continuations: book.continuations))
        let bit = LawCodes.bits([portfolio.exempt])
        var status = PortfolioStatus(population: [], exempt: [], percent: portfolio.percent)
        for person in 0..<cases.count {
            let owed = wide.obligations(of: person, in: cases, on: day, under: rules)
            let isCounted = owed.contains {
                $0.due >= day && $0.status != .lapsed
                    && (rules != nil || $0.trigger >= portfolio.validFrom)
            }
            guard isCounted else { continue }
            status.population.append(person)
            let states = cases.columns.states
            let decision = states.rows(of: person).last {
                bit & (1 << UInt64(states.code[$0])) != 0
                    && states.start[$0] <= day.number && states.end[$0] >= day.number
            }
            if let decision {
                status.exempt.append(
                    PortfolioStatus.Exempt(
                        person: person,
                        decision: Caseload.Reference(table: .states, row: Int32(decision))))
            }
        }
        return status
    }
}
