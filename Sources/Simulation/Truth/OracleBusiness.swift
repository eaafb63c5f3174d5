import Chronology
import Identifiers
import Registry

extension Oracle {
    /// Job orders by the day they were created, companies and contacts.
    func business(_ id: String, _ days: [Day]) -> Expected? {
        let orders = truth.orders.filter { days.contains($0.created) }
        let all = Double(orders.count)
        switch id {
        case "job-orders":
            return .count(all)
        case "job-order-positions":
            return .count(Double(orders.reduce(0) { $0 + $1.positions }))
        case "referral-rate":
            return .share(Double(orders.count { !candidates($0).isEmpty }), of: all)
        case "fill-rate":
            let referred = orders.filter { !candidates($0).isEmpty }
            let filled = referred.count { order in
                let sent = candidates(order)
                return truth.placements.contains {
                    $0.order == order.id && sent.contains($0.citizen)
                }
            }
            return .share(Double(filled), of: Double(referred.count))
        case "local-match-rate":
            let matched = orders.count { order in
                truth.placements.contains {
                    $0.order == order.id && ($0.terms == .ordinary || $0.terms == .flexJob)
                }
            }
            return .share(Double(matched), of: all)
        case "company-contacts":
            return .count(
                Double(truth.contacts.count { $0.status == .held && days.contains($0.day) }))
        case "cooperating-companies":
            return cooperation(days)
        default:
            return nil
        }
    }

    private func candidates(_ order: JobOrder) -> Set<CitizenID> {
        Set(truth.referrals.filter { $0.order == order.id }.map(\.citizen))
    }

    /// Companies with at least one employee on average that take part in an offer
    /// or employ somebody on special terms.
    private func cooperation(_ days: [Day]) -> Expected {
        let first = days[0]
        let last = days[days.count - 1]
        func meets(_ period: some CitizenPeriod) -> Bool {
            period.start <= last && (period.end ?? .openEnd) >= first
        }
        let offers = truth.offers.filter {
            readings.cooperationOffers.contains($0.kind) && meets($0)
        }
        .compactMap(\.unit)
        let jobs = truth.employments.filter { readings.cooperation.contains($0.kind) && meets($0) }
            .compactMap(\.unit)
        let active = Set(offers + jobs)
        var size: [CVR: Int] = [:]
        var cooperating: Set<CVR> = []
        for unit in truth.units {
            let from = max(first, unit.start)
            let to = min(last, unit.end ?? .openEnd)
            size[unit.company, default: 0] += max(0, to - from + 1) * unit.employees
            if active.contains(unit.number) { cooperating.insert(unit.company) }
        }
        let companies = truth.companies.filter { size[$0.cvr, default: 0] >= days.count }
        return .share(
            Double(companies.count { cooperating.contains($0.cvr) }), of: Double(companies.count))
    }
}
