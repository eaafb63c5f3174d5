import Chronology
import Registry

extension Run {
    /// Orders by the day they were created.
    func orders<S: Sink>(_ count: OrderCount, into sink: inout S) {
        let orders = register.businesses.orders
        for position in 0..<orders.count {
            let order = orders[position]
            guard grid.holds(order.created), holds(place: order.municipality) else { continue }
            var numerator: Int64 = 1
            var denominator: Int64 = 1
            switch count {
            case .orders: denominator = 0
            case .positions:
                numerator = order.positions
                denominator = 0
            case .referral: numerator = order.referred <= asOf ? 1 : 0
            case .fill:
                if order.referred > asOf { continue }
                numerator = order.filled <= asOf ? 1 : 0
            case .match: numerator = order.matched <= asOf ? 1 : 0
            }
            let group = group(place: order.municipality)
            grid.eachPeriod(of: order.created) { period in
                sink.add(
                    group &* grid.count &+ period, position, numerator, denominator,
                    Origin(.jobOrder, order.id))
            }
        }
    }

    func contacts<S: Sink>(into sink: inout S) {
        for (position, contact) in register.businesses.contacts.enumerated()
        where contact.day <= asOf && holds(place: contact.municipality) {
            let group = group(place: contact.municipality)
            grid.eachPeriod(of: contact.day) { period in
                sink.add(
                    group * grid.count + period, position, 1, 0,
                    Origin(.companyContact, contact.id))
            }
        }
    }

    /// Companies that cooperate, in percent of those with enough employees on
    /// average (samarbejdsgrad). A company counts once in each municipality.
    func cooperation<S: Sink>(_ rule: CooperationRule, into sink: inout S) {
        let businesses = register.businesses
        let kinds =
            rule.offers.reduce(UInt64(0)) { $0 | 1 << UInt64(Codes.position($1)) }
            | rule.employments.reduce(0) {
                $0 | 1 << UInt64(Businesses.employmentBase + Codes.position($1))
            }
        var employeeDays = [Int64](repeating: 0, count: grid.count)
        var cooperates = [Bool](repeating: false, count: grid.count)
        for (position, presence) in businesses.presences.enumerated() {
            guard holds(place: presence.municipality) else { continue }
            let most = presence.units.reduce(Int64(0)) { $0 + businesses.units[$1].employees }
            if most < Int64(rule.employees) { continue }
            for period in employeeDays.indices {
                employeeDays[period] = 0
                cooperates[period] = false
            }
            for index in presence.units {
                let unit = businesses.units[index]
                if unit.start > asOf { continue }
                grid.overlaps(unit.start, unit.end) { period, days in
                    employeeDays[period] &+= days &* unit.employees
                }
            }
            for index in businesses.cooperations(of: position) {
                let event = businesses.cooperations[index]
                // In the order of their starts.
                if event.start > grid.high { break }
                guard kinds & (1 << UInt64(event.kind)) != 0 else { continue }
                grid.overlaps(event.start, event.end) { period, _ in cooperates[period] = true }
            }
            let group = group(place: presence.municipality) &* grid.count
            for period in 0..<grid.count {
                let needed = Int64(rule.employees) &* grid.days[period]
                guard needed > 0, employeeDays[period] >= needed else { continue }
                sink.add(
                    group &+ period, position, cooperates[period] ? 1 : 0, 1,
                    Origin(.company, presence.company))
            }
        }
    }
}
